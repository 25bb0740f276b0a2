/** Shows in the tab, and on the icon of an installed app, that something is unread. */
export function showTabBadge(document: Document, unread: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = unread > 0 ? 'favicon-unread.svg' : 'favicon.svg';
  if (icon !== null && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
  // Only where the app can be installed; elsewhere there is no icon to put it on.
  const navigator: Partial<Navigator> = document.defaultView?.navigator ?? {};
  navigator.setAppBadge?.(unread).catch(() => undefined);
}
