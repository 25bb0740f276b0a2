import {
  failureCodeOf,
  contentCounts,
  contentOpensWindow,
  reportTimeOf,
  timeOf,
  toldOf,
} from './history.ts';
import type { History, MessageSpec, Step } from './history.ts';
import { nine } from './deliveries.ts';

/** How everything looks after a history, in words that do not depend on the store. */
export interface Outcome {
  readonly chats: readonly ChatOutcome[];
  readonly messages: Readonly<Record<string, MessageOutcome>>;
}

export interface ChatOutcome {
  readonly business: number;
  /** In the order of the chat. */
  readonly labels: readonly string[];
  readonly unread: number;
  readonly last: string;
  readonly lastActivityAt: number;
  readonly lastInboundAt: number | null;
  readonly refusedAt: number | null;
  readonly hasNumber: boolean;
  readonly hasUserId: boolean;
}

export interface MessageOutcome {
  readonly status: string;
  readonly sentAt: number | null;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly isSeen: boolean;
  /** As `customer:❤` or `us:❤`, sorted. */
  readonly reactions: readonly string[];
}

interface Filed {
  readonly label: string;
  readonly index: number;
  readonly business: number;
  readonly identifier: string;
  readonly second: number;
  readonly arrival: number;
  /** Null: our send. */
  readonly spec: MessageSpec | null;
  isSeen: boolean;
}

export const sendLabel = 'send';
export const labelOf = (index: number): string => `m${String(index)}`;
export const emojiOf = (index: number): string => `e${String(index)}`;

/**
 * What section 4 of the design says, computed the slow way from everything that has happened so far.
 * It shares no rule with the stores.
 */
export function outcomeOf(history: History): Outcome {
  const world = play(history);
  const groups = new Map<string, Filed[]>();
  for (const filed of [...world.filed].sort(inChatOrder)) {
    const key = `${String(filed.business)} ${world.rootOf(filed.identifier)}`;
    groups.set(key, [...(groups.get(key) ?? []), filed]);
  }
  const chats = [...groups.values()].map((chat) => chatOutcome(world, chat));
  const messages = world.filed.map((filed) => [filed.label, messageOutcome(history, world, filed)]);
  return {
    chats: chats.sort((a, b) => (a.labels.join() < b.labels.join() ? -1 : 1)),
    messages: Object.fromEntries(messages) as Record<string, MessageOutcome>,
  };
}

interface World {
  readonly filed: readonly Filed[];
  /** Which reports have come, as `<target> <report>`. */
  readonly reports: ReadonlySet<string>;
  readonly isSendNamed: boolean;
  readonly isSettled: boolean;
  rootOf(identifier: string): string;
  readonly identifiers: ReadonlySet<string>;
}

function play(history: History): World {
  const filed: Filed[] = [];
  const reports = new Set<string>();
  const parents = new Map<string, string>();
  let isSendNamed = false;
  let isSettled = false;

  function rootOf(identifier: string): string {
    const parent = parents.get(identifier) ?? identifier;
    return parent === identifier ? identifier : rootOf(parent);
  }

  /** Somebody is told by these identifiers: they are one person's from now on. */
  function tell(person: number, told: readonly string[]): string {
    const [first = '', second = first] = told.map((kind) => `${kind} ${String(person)}`);
    for (const identifier of [first, second]) {
      if (!parents.has(identifier)) parents.set(identifier, identifier);
    }
    parents.set(rootOf(second), rootOf(first));
    return first;
  }

  function file(index: number): void {
    const spec = history.messages[index];
    if (spec === undefined || filed.some(({ label }) => label === labelOf(index))) return;
    const kind = history.people[spec.person] ?? 'number';
    filed.push({
      label: labelOf(index),
      index,
      business: spec.business,
      identifier: tell(spec.person, toldOf(kind, spec.tells)),
      second: spec.second,
      arrival: filed.length,
      spec,
      isSeen: false,
    });
  }

  function report(index: number): void {
    const spec = history.statuses[index];
    if (spec === undefined) return;
    const { target, isSend, person } = statusTarget(history, spec.target);
    if (spec.namesRecipient && history.people[person] === 'both')
      tell(person, ['number', 'user id']);
    reports.add(`${String(target)} ${spec.report}`);
    if (isSend && spec.echoesAttempt) isSendNamed = true;
  }

  function read(index: number): void {
    const spec = history.reads[index % history.reads.length];
    const target = filed.find(
      ({ label }) => label === labelOf((spec?.target ?? 0) % history.messages.length),
    );
    if (spec === undefined || target === undefined) return;
    for (const other of filed) {
      const isThere =
        other.business === target.business &&
        rootOf(other.identifier) === rootOf(target.identifier);
      const isBefore = !spec.isUpTo || inChatOrder(other, target) <= 0;
      if (isThere && isBefore && other.spec?.direction === 'INBOUND') other.isSeen = true;
    }
  }

  function take(step: Step): void {
    switch (step.kind) {
      case 'message':
        file(step.index % history.messages.length);
        break;
      case 'status':
        report(step.index % history.statuses.length);
        break;
      case 'read':
        read(step.index);
        break;
      case 'settle':
        isSettled = true;
        if (history.send?.outcome === 'ACCEPTED') isSendNamed = true;
    }
  }

  if (history.send !== null) {
    const { business, person } = history.send;
    const identifier = tell(person, ['number']);
    filed.push({
      label: sendLabel,
      index: history.messages.length,
      business,
      identifier,
      second: 0,
      arrival: -1,
      spec: null,
      isSeen: false,
    });
  }
  for (const step of history.steps) take(step);
  return { filed, reports, isSendNamed, isSettled, rootOf, identifiers: new Set(parents.keys()) };
}

/** The message that a status is about, and to whom it went. */
export function statusTarget(history: History, index: number) {
  const { messages, send } = history;
  const target = index % (messages.length + (send === null ? 0 : 1));
  const isSend = target === messages.length;
  const person = isSend ? (send?.person ?? 0) : (messages[target]?.person ?? 0);
  const business = isSend ? (send?.business ?? 0) : (messages[target]?.business ?? 0);
  return { target, isSend, person, business };
}

function inChatOrder(a: Filed, b: Filed): number {
  return a.second - b.second || a.arrival - b.arrival;
}

function chatOutcome(world: World, chat: readonly Filed[]): ChatOutcome {
  const last = chat.at(-1);
  const first = chat[0];
  if (last === undefined || first === undefined) throw new Error('A chat without messages');
  const inboundTimes = chat.flatMap(({ spec }) =>
    spec !== null && contentOpensWindow(spec) ? [timeOf(spec)] : [],
  );
  const refusals = chat.flatMap((filed) =>
    reportsOf(world, filed).has('FAILED') && failureCodeOf(filed.index) === 131_047
      ? [reportTimeOf('FAILED', filed.index)]
      : [],
  );
  const person = world.rootOf(first.identifier);
  const isKnownBy = (kind: string): boolean =>
    [...world.identifiers].some(
      (known) => known.startsWith(kind) && world.rootOf(known) === person,
    );
  return {
    business: first.business,
    labels: chat.map(({ label }) => label),
    unread: chat.filter(({ isSeen, spec }) => spec !== null && contentCounts(spec) && !isSeen)
      .length,
    last: last.label,
    lastActivityAt: nine + last.second * 1_000,
    lastInboundAt: newest(inboundTimes),
    refusedAt: newest(refusals),
    hasNumber: isKnownBy('number'),
    hasUserId: isKnownBy('user id'),
  };
}

/** The reports that count: those of our own messages, once WhatsApp's name for them is known. */
function reportsOf(world: World, { index, spec }: Filed): ReadonlySet<string> {
  const isNamed = spec === null ? world.isSendNamed : spec.direction === 'OUTBOUND';
  const own = [...world.reports].flatMap((entry) => {
    const [target, report = ''] = entry.split(' ');
    return isNamed && target === String(index) ? [report] : [];
  });
  return new Set(own);
}

function messageOutcome(history: History, world: World, filed: Filed): MessageOutcome {
  const { index, isSeen, spec } = filed;
  const reports = reportsOf(world, filed);
  const at = (report: 'SENT' | 'DELIVERED' | 'READ') =>
    reports.has(report) ? reportTimeOf(report, index) : null;
  const isAccepted = spec === null && world.isSettled && history.send?.outcome === 'ACCEPTED';
  const ownTime = spec === null ? (isAccepted ? nine : null) : timeOf(spec);
  return {
    status: statusOf(history, world, filed),
    sentAt: spec?.direction === 'INBOUND' ? null : (ownTime ?? at('SENT')),
    deliveredAt: at('DELIVERED'),
    readAt: at('READ'),
    isSeen,
    reactions: standingReactions(history, world, filed),
  };
}

function statusOf(history: History, world: World, filed: Filed): string {
  if (filed.spec?.direction === 'INBOUND') return 'RECEIVED';
  const reports = reportsOf(world, filed);
  for (const report of ['READ', 'DELIVERED', 'FAILED', 'SENT']) {
    if (reports.has(report)) return report;
  }
  if (filed.spec !== null) return 'SENT';
  if (!world.isSettled) return 'SENDING';
  return history.send?.outcome === 'ACCEPTED' ? 'SENT' : 'UNKNOWN';
}

function standingReactions(history: History, world: World, filed: Filed): string[] {
  const isNamed = filed.spec !== null || world.isSendNamed;
  const toIt = world.filed.filter(({ spec, business }) => {
    if (spec?.content !== 'reaction' && spec?.content !== 'removal') return false;
    return business === filed.business && targetLabel(history, spec) === filed.label;
  });
  return (['INBOUND', 'OUTBOUND'] as const)
    .flatMap((side) => {
      const last = toIt
        .filter(({ spec }) => spec?.direction === side)
        .sort(inChatOrder)
        .at(-1);
      if (!isNamed || last?.spec?.content !== 'reaction') return [];
      return [`${side === 'INBOUND' ? 'customer' : 'us'}:${emojiOf(last.index)}`];
    })
    .sort();
}

/** Which message a reaction is to; the send, when it names one beyond the others. */
export function targetLabel(history: History, spec: MessageSpec): string {
  const { target, isSend } = statusTarget(history, spec.target);
  return isSend ? sendLabel : labelOf(target);
}

function newest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.max(...times);
}
