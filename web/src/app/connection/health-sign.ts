import type { MessageStatus } from '../graphql/graphql';
import type { LiveEvent } from './live-updates';
import type { Health } from './server-health';

const troubled: ReadonlySet<MessageStatus> = new Set(['QUEUED', 'FAILED', 'UNKNOWN']);
const gone: ReadonlySet<MessageStatus> = new Set(['SENT', 'DELIVERED', 'READ']);

/**
 * Whether an event suggests that the server's health has changed: a message of ours was put back or did not go out,
 * as when WhatsApp rejects the token; or one went out while sending was thought to be paused.
 */
export function isHealthSign({ type, message }: LiveEvent, health: Health | null): boolean {
  if (type !== 'MESSAGE_UPDATED' || message?.direction !== 'OUTBOUND') return false;
  if (troubled.has(message.status)) return true;
  return gone.has(message.status) && health !== null && health.outbox.pausedReason !== null;
}
