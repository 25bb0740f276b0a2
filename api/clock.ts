/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Where the time comes from. Tests bring their own. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** WhatsApp's times are whole seconds; chats are ordered by them. */
export function wholeSecond(at: Instant): number {
  return Math.floor(at / secondMs);
}
