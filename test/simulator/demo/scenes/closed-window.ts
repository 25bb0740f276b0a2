import { ownFailure } from '../../../../api/messages/own-failure.ts';
import { text } from '../past.ts';
import type { PastChat, PastLine } from '../past.ts';
import type { Scene } from '../scene.ts';

const minuteMs = 60_000;
const dayMinutes = 1_440;

/** Somebody, when they last wrote, and what was said. */
interface Case {
  readonly person: PastChat['person'];
  /** Null: they never have; the business wrote first. */
  readonly wroteMinutesAgo: number | null;
  readonly wrote: string;
  readonly answer: string | null;
}

const cases: readonly Case[] = [
  {
    person: { phoneNumber: '447700900123', name: 'Tom Aldridge', answersAs: 'en' },
    wroteMinutesAgo: dayMinutes - 4,
    wrote: 'Could you still deliver on Thursday?',
    answer: null,
  },
  {
    person: { phoneNumber: '33639981234', name: 'Léa Fontaine', answersAs: 'fr' },
    wroteMinutesAgo: dayMinutes - 50,
    wrote: 'Est-ce que mardi vous convient ?',
    answer: 'Je vérifie avec l’atelier.',
  },
  {
    person: { phoneNumber: '447700900461', name: 'يوسف الأمين', answersAs: 'ar' },
    wroteMinutesAgo: dayMinutes - 175,
    wrote: 'هل وصل اللون الأسود؟',
    answer: null,
  },
  {
    person: { phoneNumber: '15555550142', name: 'Amara Okafor', answersAs: 'en' },
    wroteMinutesAgo: 12,
    wrote: 'It is here and it is beautiful!',
    answer: null,
  },
  {
    person: { phoneNumber: '15555550119', name: 'Marcus Bell', answersAs: 'en' },
    wroteMinutesAgo: dayMinutes + 6,
    wrote: 'Is the top oak or just veneer?',
    answer: null,
  },
  {
    person: { phoneNumber: '61491570110', name: 'Noor Rahman' },
    wroteMinutesAgo: 5 * dayMinutes,
    wrote: 'Will try another bulb, thanks',
    answer: 'Let us know how it went!',
  },
  {
    person: { phoneNumber: '447700900655', name: 'Ελένη Παπαδάκη', answersAs: 'el' },
    wroteMinutesAgo: 40 * dayMinutes,
    wrote: 'Θα το σκεφτώ, ευχαριστώ',
    answer: null,
  },
  {
    person: { phoneNumber: '15555550167', name: 'Hanna Vogel' },
    wroteMinutesAgo: null,
    wrote: '',
    answer: 'Guten Tag Frau Vogel, Ihre Leuchte ist abholbereit.',
  },
];

/** Wrote today, and yet WhatsApp says that the window is closed: it may know better. */
const refused = { phoneNumber: '447700900318', name: 'Beatriz Campos' };

export const closedWindow: Scene = {
  about: 'windows of 24 hours: closing soon, closed, refused, never opened',
  past: (now) => [...cases.map((one) => chatOf(one, now)), refusedChat(now)],
  isLaidAnew: true,
  hint: 'The windows are closing while you look, so that this scene begins anew at each start.',
};

function chatOf({ answer, person, wrote, wroteMinutesAgo }: Case, now: number): PastChat {
  const at = now - (wroteMinutesAgo ?? 30) * minuteMs;
  const wroteLines: readonly PastLine[] =
    wroteMinutesAgo === null
      ? []
      : [
          { from: 'customer', at: at - 90 * minuteMs, content: text('👋') },
          { from: 'customer', at, content: text(wrote) },
        ];
  const answerLines: readonly PastLine[] =
    answer === null
      ? []
      : [
          {
            from: 'business',
            at: at + minuteMs,
            content: text(answer),
            fared: { as: 'delivered' },
          },
        ];
  const lines = [...wroteLines, ...answerLines];
  return { person, unread: answer === null ? 1 : 0, lines };
}

function refusedChat(now: number): PastChat {
  const failure = { ...ownFailure('window-closed'), code: 131_047 };
  return {
    person: refused,
    unread: 0,
    refusedAt: now - 19 * minuteMs,
    lines: [
      { from: 'customer', at: now - 300 * minuteMs, content: text('1,80 m × 90 cm 🙂') },
      {
        from: 'business',
        at: now - 20 * minuteMs,
        content: text('Então a pendente de 60 cm fica ótima.'),
        fared: { as: 'failed', failure, accepted: true },
      },
    ],
  };
}
