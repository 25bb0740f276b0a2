import type { MessageDirection, MessageStatus } from '../graphql/graphql';
import type { IconName } from './icon-paths';

/** The mark that tells how far a message of ours has come. */
export interface Tick {
  readonly icon: IconName;
  readonly tone: 'quiet' | 'read' | 'failed' | 'doubtful';
  readonly label: string;
}

const clock: Tick = { icon: 'clock', tone: 'quiet', label: 'Sending' };
const failed: Tick = { icon: 'failed', tone: 'failed', label: 'Not sent' };

/** Shown for what waits in this browser, before the server has it. */
export const waitingTick: Tick = { ...clock, label: 'Waiting to be sent' };
export const refusedTick: Tick = failed;

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
      return clock;
    case 'SCHEDULED':
      return { ...clock, label: 'Scheduled' };
    case 'SENT':
      return { icon: 'check', tone: 'quiet', label: 'Sent' };
    case 'DELIVERED':
      return { icon: 'double-check', tone: 'quiet', label: 'Delivered' };
    case 'READ':
      return { icon: 'double-check', tone: 'read', label: 'Read' };
    case 'FAILED':
      return failed;
    case 'CANCELLED':
      return { ...failed, label: 'Cancelled' };
    case 'UNKNOWN':
      return { icon: 'question', tone: 'doubtful', label: 'Not known whether it was sent' };
    case 'RECEIVED':
      return null;
  }
}
