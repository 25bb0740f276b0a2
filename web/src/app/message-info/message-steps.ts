import type { MessageInfoQuery } from '../graphql/graphql';
import { tickOf, waitingTick } from '../ui/tick-of';
import type { Tick } from '../ui/tick-of';

export type MessageDetails = NonNullable<MessageInfoQuery['message']>;

/** One state on the way of a message. */
export interface Step {
  readonly name: string;
  readonly tick: Pick<Tick, 'icon' | 'tone'>;
  /** Null: not yet, or nobody knows when. */
  readonly atMs: number | null;
  /** It has come this far. */
  readonly isReached: boolean;
}

/** The way of a message, in the order of its states. Those to come are told as well, unless it has failed. */
export function stepsOf(message: MessageDetails): readonly Step[] {
  return message.direction === 'INBOUND' ? stepsIn(message) : stepsOut(message);
}

function stepsIn({ timestamp, receivedAt }: MessageDetails): readonly Step[] {
  return [
    step($localize`Sent by the customer`, timestamp, { icon: 'check', tone: 'quiet' }),
    step($localize`Received here`, receivedAt, { icon: 'double-check', tone: 'quiet' }),
  ];
}

function stepsOut(message: MessageDetails): readonly Step[] {
  const { timestamp, sentAt, deliveredAt, readAt, failedAt } = message;
  const sent = wasSentElsewhere(message) ? (sentAt ?? timestamp) : sentAt;
  const way = [
    statusStep('SENT', sent),
    statusStep('DELIVERED', deliveredAt),
    statusStep('READ', readAt),
  ];
  const queued = wasSentElsewhere(message)
    ? []
    : [step($localize`Queued`, timestamp, waitingTick())];
  if (message.status === 'FAILED')
    return [...queued, ...way.filter(isReached), ended('FAILED', $localize`Failed`, failedAt)];
  if (message.status === 'UNKNOWN')
    return [...queued, ended('UNKNOWN', $localize`Not known whether it was sent`, null)];
  return [...queued, ...way];
}

/** From the phone of the business: it never waited here. */
function wasSentElsewhere({ attempts, status }: MessageDetails): boolean {
  return attempts === 0 && (status === 'SENT' || status === 'DELIVERED' || status === 'READ');
}

function statusStep(status: 'SENT' | 'DELIVERED' | 'READ', at: string | null): Step {
  const tick = tickOf({ direction: 'OUTBOUND', status }) ?? waitingTick();
  return step(tick.label, at, tick);
}

function ended(status: 'FAILED' | 'UNKNOWN', name: string, at: string | null): Step {
  const tick = tickOf({ direction: 'OUTBOUND', status }) ?? waitingTick();
  return { ...step(name, at, tick), isReached: true };
}

function step(name: string, at: string | null, { icon, tone }: Step['tick']): Step {
  return {
    name,
    tick: { icon, tone },
    atMs: at === null ? null : Date.parse(at),
    isReached: at !== null,
  };
}

function isReached(step: Step): boolean {
  return step.isReached;
}
