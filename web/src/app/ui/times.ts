import { once } from './once';
import { shownLocale } from './shown-locale';

const dayMs = 24 * 60 * 60 * 1000;

const clockTime = dateFormat({ timeStyle: 'short' });
const weekday = dateFormat({ weekday: 'long' });
const longDate = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const timeOfWeekday = dateFormat({ weekday: 'long', hour: '2-digit', minute: '2-digit' });
const timeOfDate = dateFormat({
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});
const shortDate = dateFormat({ day: '2-digit', month: '2-digit', year: '2-digit' });
const fullTime = dateFormat({ dateStyle: 'long', timeStyle: 'medium' });
const hourCount = unitFormat('hour');
const minuteCount = unitFormat('minute');
const unitList = once(() => new Intl.ListFormat(shownLocale(), { type: 'unit', style: 'narrow' }));

function dateFormat(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  return once(() => new Intl.DateTimeFormat(shownLocale(), options));
}

function unitFormat(unit: 'hour' | 'minute'): () => Intl.NumberFormat {
  return once(
    () => new Intl.NumberFormat(shownLocale(), { style: 'unit', unit, unitDisplay: 'short' }),
  );
}

/** Midnight of that day where the reader is. */
export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** The day as a date field has it: `2026-05-12`. */
export function dateFieldValue(ms: number): string {
  const day = new Date(ms);
  const numbers = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return numbers
    .map((number, index) => String(number).padStart(index === 0 ? 4 : 2, '0'))
    .join('-');
}

/** Whole days between two instants by the reader's calendar. */
function daysBefore(ms: number, now: number): number {
  // Rounded: a day with a clock change has 23 or 25 hours.
  return Math.round((startOfDay(now) - startOfDay(ms)) / dayMs);
}

/** For a bubble: `14:05`. */
export function timeOfDay(ms: number): string {
  return clockTime().format(ms);
}

/** For a tooltip: date and time in full. */
export function fullTimeOf(ms: number): string {
  return fullTime().format(ms);
}

/** For a line between two days. */
export function dayName(ms: number, now: number): string {
  const days = daysBefore(ms, now);
  if (days === 0) return $localize`Today`;
  if (days === 1) return $localize`Yesterday`;
  if (days > 1 && days < 7) return weekday().format(ms);
  return longDate().format(ms);
}

/** For a row of a list: the time today, else the day, as short as it gets. */
export function shortTime(ms: number, now: number): string {
  const days = daysBefore(ms, now);
  if (days === 0) return clockTime().format(ms);
  if (days === 1) return $localize`Yesterday`;
  return days > 1 && days < 7 ? weekday().format(ms) : shortDate().format(ms);
}

/** Within a sentence: `14:05` today, `Monday 14:05` in the last week, else `12 May at 14:05`. */
export function momentName(ms: number, now: number): string {
  const days = daysBefore(ms, now);
  if (days === 0) return clockTime().format(ms);
  return days > 0 && days < 7 ? timeOfWeekday().format(ms) : timeOfDate().format(ms);
}

/** `2 hr 5 min`, `12 min`: whole minutes. */
export function durationName(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    ...(hours === 0 ? [] : [hourCount().format(hours)]),
    ...(rest === 0 && hours > 0 ? [] : [minuteCount().format(rest)]),
  ];
  return unitList().format(parts);
}
