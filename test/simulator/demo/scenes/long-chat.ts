import { createDice } from '../dice.ts';
import type { Dice } from '../dice.ts';
import { pdf, photo, place, text, voice } from '../past.ts';
import type { PastChat, PastContent, PastLine } from '../past.ts';
import type { Scene } from '../scene.ts';
import { sentence } from '../small-talk.ts';

export const messageCount = 100_000;
const secondMs = 1_000;
const dayMs = 86_400 * secondMs;
/** Over so long a time a day has about a hundred. */
const daysBack = 1_000;

export const longChat: Scene = {
  about: 'one chat of 100,000 messages, and a few small ones',
  past: (now) => {
    const dice = createDice(100_000);
    return [marathon(dice, now), ...neighbours(dice, now)];
  },
};

function marathon(dice: Dice, now: number): PastChat {
  const lines: PastLine[] = [];
  const perDay = messageCount / daysBack;
  for (let day = daysBack; day > 0; day -= 1) {
    const times = Array.from({ length: perDay }, () => timeOfDay(dice)).sort((a, b) => a - b);
    for (const time of times) lines.push(lineOf(dice, lines, now - day * dayMs + time));
  }
  return {
    person: { phoneNumber: '447700900271', name: 'Harbour Street Interiors 🛋️', answersAs: 'en' },
    unread: 12,
    lines: [...lines.slice(0, -12), ...lastWords(now)],
  };
}

/** Spread over the day, and never in the future of the last one. */
function timeOfDay(dice: Dice): number {
  return Math.floor((dice.roll() + dice.roll()) * 0.49 * dayMs);
}

const fromFor = { stays: 0.55, customer: 0.52 };

function lineOf(dice: Dice, before: readonly PastLine[], at: number): PastLine {
  const last = before.at(-1);
  const goesOn = last !== undefined && dice.happens(fromFor.stays);
  const from = goesOn ? last.from : dice.happens(fromFor.customer) ? 'customer' : 'business';
  const content = contentFor(dice, from, before);
  const isQuote = content.type === 'TEXT' && before.length > 10 && dice.happens(0.05);
  return {
    from,
    at,
    content,
    ...(isQuote ? { quotes: before.length - dice.between(1, 10) } : {}),
  };
}

function contentFor(dice: Dice, from: PastLine['from'], before: readonly PastLine[]): PastContent {
  const kind = dice.roll();
  const target = before.at(-1);
  if (kind < 0.015 && target !== undefined && target.content.type !== 'REACTION')
    return { type: 'REACTION', emoji: dice.pick(['❤️', '👍', '😂', '🙏']), to: before.length - 1 };
  if (kind < 0.03) return photo(dice.happens(0.4) ? words(dice, from) : null);
  if (kind < 0.04) return voice();
  if (kind < 0.047) return pdf(`purchase-order-${dice.between(1_000, 9_999)}.pdf`);
  if (kind < 0.05) return place('Harbour Street 12', '12 Harbour Street, Whitstable');
  if (kind < 0.07) return text(letter(dice, from));
  return text(words(dice, from));
}

function words(dice: Dice, from: PastLine['from']): string {
  // Some of their staff write in their own languages.
  const language = dice.happens(0.93) ? 'en' : dice.pick(['ar', 'hi', 'de', 'pt']);
  if (from === 'business') return sentence(dice, language, 'answer');
  return sentence(
    dice,
    language,
    dice.pick(['opening', 'question', 'remark', 'remark', 'closing']),
  );
}

/** Several paragraphs, as somebody writes who has the whole week on their mind. */
function letter(dice: Dice, from: PastLine['from']): string {
  return Array.from({ length: dice.between(3, 14) }, () => words(dice, from)).join(
    dice.pick([' ', '\n', '\n\n']),
  );
}

function lastWords(now: number): readonly PastLine[] {
  return [
    'Good morning! Three things today:',
    '1. The *walnut shelves* for the hotel: can we have 24 instead of 18?',
    '2. Order 8812 came without its invoice',
    '3. _When_ is your holiday this year?',
    'Hello?',
    'The hotel rang again, they open on the 12th',
    'They need the shelves a week before that',
    'https://hotel.example.com/rooms/floor-plan?floor=2&version=final-final-3',
    'That is the floor plan',
    '🙏🙏🙏',
    'Sorry to push',
    'Just tell me whether it is possible at all',
  ].map((body, index) => ({
    from: 'customer',
    at: now - (14 - index) * 60 * secondMs,
    content: text(body),
  }));
}

const smallOnes = [
  ['447700900123', 'Tom Aldridge', 'Brilliant, thank you'],
  ['15555550142', 'Amara Okafor', 'It is here and it is beautiful'],
  ['33639981234', 'Léa Fontaine', 'Parfait, à mardi !'],
  ['447700900461', 'يوسف الأمين', 'ممتاز 👍 أريد اثنين من فضلكم'],
  ['15555550167', 'Hanna Vogel', 'Danke! Die Rechnung ist angekommen.'],
] as const;

function neighbours(dice: Dice, now: number): readonly PastChat[] {
  return smallOnes.map(([phoneNumber, name, last], index) => {
    const at = now - (index + 1) * 5 * 3_600 * secondMs;
    return {
      person: { phoneNumber, name, answersAs: 'en' },
      unread: 0,
      lines: [
        { from: 'customer', at: at - 600_000, content: text(sentence(dice, 'en', 'opening')) },
        { from: 'business', at: at - 400_000, content: text(sentence(dice, 'en', 'answer')) },
        { from: 'customer', at, content: text(last) },
      ],
    };
  });
}
