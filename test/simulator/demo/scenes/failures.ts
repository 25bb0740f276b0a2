import type { Failure } from '../../../../api/messages/delivery-status.ts';
import { ownFailure } from '../../../../api/messages/own-failure.ts';
import { graphError } from '../../graph-error.ts';
import { text } from '../past.ts';
import type { Fared, PastChat, PastLine } from '../past.ts';
import type { Scene, Stage } from '../scene.ts';

/** What went wrong in the chat of somebody, and what was to be said. */
interface Case {
  readonly person: PastChat['person'];
  readonly asked: string;
  readonly answer: string;
  readonly fared: Fared;
  /** @default 20 minutes */
  readonly askedMinutesAgo?: number;
}

const lateRefusal = (code: number, details = ''): Fared => ({
  as: 'failed',
  failure: metas(code, details),
  accepted: true,
});
const refusal = (code: number, details = ''): Fared => ({
  as: 'failed',
  failure: metas(code, details),
});

function metas(code: number, details: string): Failure {
  const { title } = graphError(code);
  return { code, title, details: details === '' ? null : details };
}

const cases: readonly Case[] = [
  {
    person: { phoneNumber: '447700900208', name: 'Olivia Hartmann' },
    asked: 'Is the brass lamp back in stock?',
    answer: 'It is! Shall I put one aside for you?',
    fared: { as: 'unknown', failure: ownFailure('outcome-unknown', 'The connection broke.') },
  },
  {
    person: { phoneNumber: '61491570110', name: 'Noor Rahman' },
    asked: 'Will try another bulb, thanks',
    answer: 'Let us know how it went!',
    fared: lateRefusal(131047, 'More than 24 hours have passed since the customer last replied.'),
    askedMinutesAgo: 3 * 1_440,
  },
  {
    person: { phoneNumber: '15555550000', name: 'Marek Duda', isOnWhatsApp: false },
    asked: 'Please write to my new number from now on',
    answer: 'Hello Marek, will do. Your order leaves tomorrow.',
    fared: lateRefusal(131026, 'Message undeliverable.'),
  },
  {
    person: { phoneNumber: '15555550119', name: 'Marcus Bell' },
    asked: 'Is the top oak or just veneer?',
    answer: 'Solid oak, 27 mm.',
    fared: refusal(131042, 'Message failed to send because of a problem with the payment method.'),
  },
  {
    person: { phoneNumber: '447700900318', name: 'Beatriz Campos' },
    asked: 'Posso pagar em duas vezes?',
    answer: 'Claro, Beatriz!',
    fared: refusal(368, 'The account has been restricted from sending messages.'),
  },
  {
    person: { phoneNumber: '33639981234', name: 'Léa Fontaine' },
    asked: 'Vous pouvez répondre ici ?',
    answer: 'Bonjour Léa, bien sûr.',
    fared: refusal(131031, 'The business account is locked.'),
  },
  {
    person: { phoneNumber: '447700900655', name: 'Ελένη Παπαδάκη' },
    asked: 'Έφτασε;',
    answer: 'Ναι, σήμερα το πρωί.',
    fared: { as: 'failed', failure: ownFailure('not-sent-in-time') },
    askedMinutesAgo: 1_500,
  },
  {
    person: { phoneNumber: '447700900461', name: 'يوسف الأمين' },
    asked: 'هل يمكن تغيير اللون؟',
    answer: 'نعم، بكل سرور.',
    fared: lateRefusal(
      131049,
      'This message was not delivered to maintain healthy ecosystem engagement.',
    ),
  },
  {
    person: { phoneNumber: '15555550142', name: 'Amara Okafor' },
    asked: 'Could you send me all ten pictures?',
    answer: 'This is the tenth and last one.',
    fared: lateRefusal(131056),
  },
  {
    person: { phoneNumber: '15555550167', name: 'Hanna Vogel' },
    asked: 'Haben Sie meine Frage gesehen?',
    answer: 'Ja, Frau Vogel, ich schaue gleich nach.',
    fared: lateRefusal(139_999, 'A reason that is in no list yet.'),
  },
];

const waiting = { phoneNumber: '447700900123', name: 'Tom Aldridge' };

export const failures: Scene = {
  about: 'messages that failed, one whose fate is unknown, and a rejected token',
  past: (now) => [
    ...cases.map((one, index) => chatOf(one, now - index * 7 * 60_000)),
    {
      person: waiting,
      unread: 0,
      lines: [{ from: 'customer', at: now - 90_000, content: text('Are the stools ready?') }],
    },
  ],
  faults: [{ kind: 'send-error', code: 190 }],
  play: answerOne,
  hint: `WhatsApp rejects the token, so that sending is paused and a message waits. End the fault on the page of the
  customers, and within half a minute everything that waits goes out.`,
};

function chatOf(
  { answer, asked, askedMinutesAgo = 20, fared, person }: Case,
  now: number,
): PastChat {
  const askedAt = now - askedMinutesAgo * 60_000;
  const lines: PastLine[] = [
    { from: 'customer', at: askedAt - 120_000, content: text('Hello!') },
    { from: 'business', at: askedAt - 60_000, content: text('Hello, how can we help?') },
    { from: 'customer', at: askedAt, content: text(asked) },
    { from: 'business', at: now - 5 * 60_000, content: text(answer), fared },
  ];
  return { person, unread: 0, lines };
}

/** It meets the fault, and waits from then on. */
async function answerOne({ inbox }: Stage): Promise<void> {
  await inbox.send(waiting.phoneNumber, 'They are, Tom: come any time before six.');
}
