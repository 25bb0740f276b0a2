import type { MessageDirection, MessageStatus } from '../graphql/graphql';
import type { IconName } from './icon-paths';

/** The mark that tells how far a message of ours has come. */
export interface Tick {
  readonly icon: IconName;
  readonly tone: 'quiet' | 'read' | 'failed' | 'doubtful';
  readonly label: string;
}

/** Shown for what waits in this browser, before the server has it. */
export function waitingTick(): Tick {
  return clock($localize`Waiting to be sent`);
}

/** Of what this browser alone has: it waits, unless the server has refused it. */
export function tickOfUnsent({ refusal }: { readonly refusal: object | null }): Tick {
  return refusal === null ? waitingTick() : refusedTick();
}

function refusedTick(): Tick {
  return failed($localize`Not sent`);
}

function clock(label: string): Tick {
  return { icon: 'clock', tone: 'quiet', label };
}

function failed(label: string): Tick {
  return { icon: 'failed', tone: 'failed', label };
}

export function tickOf(message: {
  readonly direction: MessageDirection;
  readonly status: MessageStatus;
}): Tick | null {
  return message.direction === 'INBOUND' ? null : tickOfStatus(message.status);
}

function tickOfStatus(status: MessageStatus): Tick | null {
  switch (status) {
    case 'QUEUED':
    case 'SENDING':
      return clock($localize`Sending`);
    case 'SCHEDULED':
      return clock($localize`Scheduled`);
    case 'SENT':
      return { icon: 'check', tone: 'quiet', label: $localize`Sent` };
    case 'DELIVERED':
      return { icon: 'double-check', tone: 'quiet', label: $localize`Delivered` };
    case 'READ':
      return { icon: 'double-check', tone: 'read', label: $localize`:message|:Read` };
    case 'FAILED':
      return refusedTick();
    case 'CANCELLED':
      return failed($localize`Cancelled`);
    case 'UNKNOWN':
      return {
        icon: 'question',
        tone: 'doubtful',
        label: $localize`Not known whether it was sent`,
      };
    case 'RECEIVED':
      return null;
  }
}
