// The first number and the first time that a browser writes take it long: it reads how each language does so. It does that
// once for all threads, so a worker does it beside the page, which has not come to its list by then.
const now = Date.now();
new Intl.NumberFormat().format(0);
new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }).format(now);
new Intl.RelativeTimeFormat().format(0, 'day');
close();
