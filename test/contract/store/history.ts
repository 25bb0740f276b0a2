import fc from 'fast-check';
import { nine } from './deliveries.ts';

/** Short stories of what can happen around one or two people: what the property tests run through. */
export interface History {
  readonly people: readonly PersonKind[];
  readonly messages: readonly MessageSpec[];
  readonly statuses: readonly StatusSpec[];
  /** A message of ours that is being sent when the story begins; to somebody with a number. */
  readonly send: SendSpec | null;
  readonly reads: readonly ReadSpec[];
  /** What happens, in this order: things of the lists above, some never, some repeatedly. */
  readonly steps: readonly Step[];
}

/** By what WhatsApp knows somebody. */
export type PersonKind = 'number' | 'user id' | 'both';

export interface MessageSpec {
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly person: number;
  /** What the payload tells of a person known by both. */
  readonly tells: PersonKind;
  readonly business: 0 | 1;
  readonly second: number;
  readonly content: 'text' | 'reaction' | 'removal' | 'notice' | 'welcome';
  /** Of a reaction: which message. */
  readonly target: number;
}

export interface StatusSpec {
  /** Which message; beyond the last one: the send. */
  readonly target: number;
  readonly report: 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';
  readonly echoesAttempt: boolean;
  readonly namesRecipient: boolean;
}

export interface SendSpec {
  readonly person: number;
  readonly business: 0 | 1;
  readonly outcome: 'ACCEPTED' | 'UNKNOWN';
}

export interface ReadSpec {
  readonly target: number;
  readonly isUpTo: boolean;
}

export type Step = { readonly joinsPrevious: boolean } & (
  | { readonly kind: 'message' | 'status' | 'read'; readonly index: number }
  | { readonly kind: 'settle' }
);

const personKind = fc.constantFrom<PersonKind>('number', 'user id', 'both', 'both');
const business = fc.constantFrom<0 | 1>(0, 0, 0, 1);

const message: fc.Arbitrary<MessageSpec> = fc.record({
  direction: fc.constantFrom('INBOUND', 'INBOUND', 'INBOUND', 'OUTBOUND'),
  person: fc.nat(1),
  tells: fc.constantFrom<PersonKind>('number', 'user id', 'both'),
  business,
  second: fc.nat(3),
  content: fc.constantFrom(
    'text',
    'text',
    'text',
    'text',
    'reaction',
    'removal',
    'notice',
    'welcome',
  ),
  target: fc.nat(4),
});

const status: fc.Arbitrary<StatusSpec> = fc.record({
  target: fc.nat(5),
  report: fc.constantFrom('SENT', 'DELIVERED', 'READ', 'FAILED'),
  echoesAttempt: fc.boolean(),
  namesRecipient: fc.boolean(),
});

const send: fc.Arbitrary<SendSpec> = fc.record({
  person: fc.nat(1),
  business,
  outcome: fc.constantFrom('ACCEPTED', 'UNKNOWN'),
});

const step = fc.record({
  joinsPrevious: fc.boolean(),
  kind: fc.constantFrom('message', 'message', 'message', 'status', 'status', 'read', 'settle'),
  index: fc.nat(5),
});

export const history: fc.Arbitrary<History> = fc
  .record({
    people: fc.array(personKind, { minLength: 2, maxLength: 2 }),
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    statuses: fc.array(status, { minLength: 1, maxLength: 4 }),
    send: fc.option(send, { nil: null, freq: 1 }),
    reads: fc.array(fc.record({ target: fc.nat(4), isUpTo: fc.boolean() }), {
      minLength: 1,
      maxLength: 2,
    }),
    steps: fc.array(step, { minLength: 2, maxLength: 8 }),
  })
  .map((drawn): History => ({
    ...drawn,
    send: drawn.send !== null && drawn.people[drawn.send.person] === 'user id' ? null : drawn.send,
  }));

/** The time of a message: a whole second, as WhatsApp writes it. */
export function timeOf({ second }: Pick<MessageSpec, 'second'>): number {
  return nine + second * 1_000;
}

const ranks = { SENT: 1, DELIVERED: 2, READ: 3, FAILED: 4 };

/** The time of a report; the same report of the same message always has the same. */
export function reportTimeOf(report: StatusSpec['report'], target: number): number {
  return nine + ranks[report] * 60_000 + target * 1_000;
}

/** Some fail because the window is closed, which says something of the conversation too. */
export function failureCodeOf(target: number): number {
  return target % 2 === 0 ? 131_026 : 131_047;
}

export function contentCounts({ content, direction }: MessageSpec): boolean {
  return direction === 'INBOUND' && content === 'text';
}

export function contentOpensWindow({ content, direction }: MessageSpec): boolean {
  return direction === 'INBOUND' && (content === 'text' || content === 'welcome');
}

/** What a payload tells of somebody: a number, a user id or both. */
export function toldOf(kind: PersonKind, tells: PersonKind): readonly ('number' | 'user id')[] {
  const shown = kind === 'both' ? tells : kind;
  return shown === 'both' ? ['number', 'user id'] : [shown];
}
