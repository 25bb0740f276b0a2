import type { Document, Timestamp } from 'mongodb';
import { secondMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { LoggedChange } from '../../../events/events.ts';
import { trustedId } from '../../../ids.ts';
import type { ConversationId } from '../../../ids.ts';

/** An event of the change stream, as far as `eventPipeline` lets it through. */
export interface StreamEvent {
  /** Its resume token. */
  readonly _id: unknown;
  readonly operationType: 'insert' | 'update' | 'replace';
  readonly ns: { readonly coll: 'messages' | 'conversations' | 'marks' };
  readonly documentKey: { readonly _id: string };
  readonly clusterTime: Timestamp;
  /** Of servers since 6.0. */
  readonly wallTime?: Date;
  /** As it is when the event is read: may be newer than the event, or gone. */
  readonly fullDocument?: {
    readonly conversationId?: ConversationId;
    readonly isNew?: true;
    readonly count?: number;
  } | null;
  readonly updateDescription?: {
    readonly updatedFields?: Readonly<Record<string, unknown>>;
    readonly removedFields?: readonly string[];
  };
}

/**
 * Every token that we give out is one of an event that passes this filter: a server does not resume after an event
 * that the filter of the new stream leaves out. So a change of the filter makes all cursors of before RESYNC.
 */
export const eventPipeline: Document[] = [
  {
    $match: {
      operationType: { $in: ['insert', 'update', 'replace'] },
      'ns.coll': { $in: ['messages', 'conversations', 'marks'] },
    },
  },
  {
    $project: {
      operationType: 1,
      'ns.coll': 1,
      documentKey: 1,
      clusterTime: 1,
      wallTime: 1,
      updateDescription: 1,
      'fullDocument.conversationId': 1,
      'fullDocument.isNew': 1,
      'fullDocument.count': 1,
    },
  },
];

/** What of a message subscribers see; the rest is bookkeeping. */
const shownFields = ['content', 'delivery', 'wamid', 'reactions'];

/** Which change the event is (docs/decisions/0005); null when it is none that anybody sees. */
export function changeOf(event: StreamEvent, cursor: string): LoggedChange | null {
  const { coll } = event.ns;
  if (coll === 'marks') return null;
  const at = timeOf(event);
  if (coll === 'conversations') {
    const isTold = event.operationType !== 'insert' && touches(event, ['told']);
    const conversationId = trustedId('cnv', event.documentKey._id);
    return isTold
      ? { cursor, type: 'CONVERSATION_UPDATED', at, conversationId, messageId: null }
      : null;
  }
  const conversationId = event.fullDocument?.conversationId;
  const type = messageChange(event);
  if (type === null || conversationId === undefined) return null;
  return { cursor, type, at, conversationId, messageId: trustedId('msg', event.documentKey._id) };
}

function messageChange(event: StreamEvent): 'MESSAGE_ADDED' | 'MESSAGE_UPDATED' | null {
  // An insert brings the message as it was inserted; with an update comes what it is by now.
  if (event.operationType === 'insert')
    return event.fullDocument?.isNew === true ? null : 'MESSAGE_ADDED';
  if (event.updateDescription?.removedFields?.includes('isNew') === true) return 'MESSAGE_ADDED';
  if (event.updateDescription?.updatedFields?.['untold'] !== undefined) return null;
  return touches(event, shownFields) ? 'MESSAGE_UPDATED' : null;
}

function touches(
  { operationType, updateDescription }: StreamEvent,
  fields: readonly string[],
): boolean {
  if (operationType === 'replace') return true;
  const paths = [
    ...Object.keys(updateDescription?.updatedFields ?? {}),
    ...(updateDescription?.removedFields ?? []),
  ];
  return paths.some((path) => fields.includes(path.split('.', 1)[0] ?? path));
}

function timeOf({ wallTime, clusterTime }: StreamEvent): Instant {
  return wallTime?.getTime() ?? clusterTime.t * secondMs;
}

/** What a write to `marks` says. */
export function markOf(event: StreamEvent): { readonly id: string; readonly count: number } | null {
  if (event.ns.coll !== 'marks') return null;
  const written = event.updateDescription?.updatedFields?.['count'] ?? event.fullDocument?.count;
  return typeof written === 'number' ? { id: event.documentKey._id, count: written } : null;
}
