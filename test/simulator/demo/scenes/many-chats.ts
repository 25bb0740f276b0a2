import type { Person } from '../../customer.ts';
import { memberOf } from '../crowd.ts';
import type { Member } from '../crowd.ts';
import { createDice } from '../dice.ts';
import type { Dice } from '../dice.ts';
import { pdf, photo, place, text, voice } from '../past.ts';
import type { PastChat, PastContent, PastLine } from '../past.ts';
import type { Scene } from '../scene.ts';
import { sentence } from '../small-talk.ts';

export const chatCount = 10_000;
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const oldestMs = 700 * dayMs;

export const manyChats: Scene = {
  about: '10,000 conversations',
  past: (now) => {
    const dice = createDice(10_000);
    return Array.from({ length: chatCount }, (_, index) =>
      chatOf(dice, memberOf(dice, index), { now, ageMs: ageOf(dice, index) }),
    );
  },
};

/** How a phone is set, and how far what was sent to it last has come. */
interface Phone {
  readonly settings: Pick<Person, 'sendsReadReceipts' | 'isOnline'>;
  readonly fate: Pick<PastLine, 'fared'>;
}

const usual: Phone = { settings: {}, fate: {} };
const discreet: Phone = {
  settings: { sendsReadReceipts: false },
  fate: { fared: { as: 'delivered' } },
};
const switchedOff: Phone = { settings: { isOnline: false }, fate: { fared: { as: 'sent' } } };
const hourMs = 60 * minuteMs;

/** One with news would answer when the demo starts, which is for those who have just been written to. */
function phoneOf(dice: Dice, ageMs: number): Phone {
  const kind = dice.roll();
  if (kind < 0.1) return switchedOff;
  return kind < 0.2 && ageMs > hourMs ? discreet : usual;
}

/** How long ago the last message was: a few today, more each week, down to two years. */
function ageOf(dice: Dice, index: number): number {
  const share = (index + dice.roll()) / chatCount;
  return minuteMs + (oldestMs - minuteMs) * share ** 3;
}

function chatOf(
  dice: Dice,
  { language, person }: Member,
  { ageMs, now }: { readonly ageMs: number; readonly now: number },
): PastChat {
  const lines: PastLine[] = [];
  const phone = phoneOf(dice, ageMs);
  const length = dice.happens(0.1) ? dice.between(8, 20) : dice.between(1, 4);
  let at = now - ageMs;
  for (let left = length; left > 0; left -= 1) {
    const index = left - 1;
    const from = index === 0 || !dice.happens(0.55) ? 'customer' : 'business';
    const content = contentFor(dice, () =>
      sentence(dice, language, turnOf({ from, index, length })),
    );
    const isUnanswered = lines.every((later) => later.from === 'business');
    const fate = from === 'business' && isUnanswered ? phone.fate : {};
    lines.unshift({ from, at, content, ...fate });
    at -= dice.between(10, 240) * (dice.happens(0.2) ? 60_000 : 1_000);
  }
  return { person: { ...person, ...phone.settings }, lines, unread: unreadOf(dice, lines) };
}

function turnOf({ from, index, length }: { from: string; index: number; length: number }) {
  if (from === 'business') return 'answer';
  if (index === 0) return 'opening';
  return index === length - 1 && index > 1 ? 'closing' : 'remark';
}

function contentFor(dice: Dice, write: () => string): PastContent {
  const kind = dice.roll();
  if (kind < 0.03) return photo(dice.happens(0.5) ? write() : null);
  if (kind < 0.05) return voice();
  if (kind < 0.06) return pdf(`invoice-${dice.between(1_000, 9_999)}.pdf`);
  if (kind < 0.065) return place('Regent Yard', '8 Regent Yard, London N1');
  return text(write());
}

/** One in nine waits for an answer, as far as the customer had the last word. */
function unreadOf(dice: Dice, lines: readonly PastLine[]): number {
  const lastAnswer = lines.findLastIndex(({ from }) => from === 'business');
  return dice.happens(0.11) ? lines.length - 1 - lastAnswer : 0;
}
