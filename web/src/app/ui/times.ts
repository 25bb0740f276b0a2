const dayMs = 24 * 60 * 60 * 1000;

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const longDate = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortDate = new Intl.DateTimeFormat(undefined, {
  day: '2-digit',
  month: '2-digit',
  year: '2-digit',
});
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' });

/** Midnight of that day where the reader is. */
export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Whole days between two instants by the reader's calendar. */
function daysBefore(ms: number, now: number): number {
  // Rounded: a day with a clock change has 23 or 25 hours.
  return Math.round((startOfDay(now) - startOfDay(ms)) / dayMs);
}

/** For a bubble: `14:05`. */
export function timeOfDay(ms: number): string {
  return clockTime.format(ms);
}

/** For a tooltip: date and time in full. */
export function fullTimeOf(ms: number): string {
  return fullTime.format(ms);
}

/** For a line between two days. */
export function dayName(ms: number, now: number): string {
  const days = daysBefore(ms, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return weekday.format(ms);
  return longDate.format(ms);
}

/** For a row of a list: the time today, else the day, as short as it gets. */
export function shortTime(ms: number, now: number): string {
  const days = daysBefore(ms, now);
  if (days === 0) return clockTime.format(ms);
  if (days === 1) return 'Yesterday';
  return days > 1 && days < 7 ? weekday.format(ms) : shortDate.format(ms);
}

/** `2 h 5 min`, `12 min`, `less than a minute`. */
export function durationName(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${String(rest)} min`;
  return rest === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(rest)} min`;
}
