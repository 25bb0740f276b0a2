import type { ConversationPartsFragment } from '../graphql/graphql';
import { durationName, momentName, timeOfDay } from '../ui/times';

/** What is told above the composer about WhatsApp's 24 hours. */
export interface WindowNotice {
  readonly tone: 'closing' | 'closed';
  readonly title: string;
  readonly advice: string;
}

const soonMs = 2 * 60 * 60_000;

export function windowNotice(
  window: ConversationPartsFragment['serviceWindow'],
  now: number,
): WindowNotice | null {
  if (window.state === 'UNKNOWN') return null;
  if (window.state === 'CLOSED') return closedNotice(window, now);
  // The server's word ends it, not this computer's clock, which may be wrong.
  const leftMs = leftOf(window, now);
  if (leftMs > soonMs) return null;
  return {
    tone: 'closing',
    title:
      leftMs < 60_000
        ? $localize`This chat closes in less than a minute`
        : $localize`This chat closes at ${timeOfDay(now + leftMs)}:time:, in ${durationName(leftMs)}:duration:`,
    advice: $localize`WhatsApp takes messages until 24 hours after the customer’s last one.`,
  };
}

/** Past its end while the server still had it open: time to ask again. */
export function hasRunOut(
  window: ConversationPartsFragment['serviceWindow'],
  now: number,
): boolean {
  return window.state === 'OPEN' && leftOf(window, now) <= 0;
}

function leftOf({ expiresAt }: ConversationPartsFragment['serviceWindow'], now: number): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - now;
}

function closedNotice(
  window: ConversationPartsFragment['serviceWindow'],
  now: number,
): WindowNotice {
  const endMs = now + leftOf(window, now);
  return {
    tone: 'closed',
    // WhatsApp may have closed it sooner than the clock.
    title:
      endMs < now
        ? $localize`Closed for free messages since ${momentName(endMs, now)}:time:`
        : $localize`This chat is closed for free messages`,
    advice: $localize`The customer’s last message is more than 24 hours old. As soon as they write again, you can answer; until then WhatsApp takes templates only.`,
  };
}
