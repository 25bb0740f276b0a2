import { pino } from 'pino';
import type { Clock } from '../../../api/clock.ts';
import { createIds } from '../../../api/ids.ts';
import type { Ids } from '../../../api/ids.ts';
import type { Collections } from '../../../api/storage/mongo/collections.ts';
import { createConversationStore } from '../../../api/storage/mongo/conversations/conversations.ts';
import { createCore } from '../../../api/storage/mongo/core.ts';
import { createJournal } from '../../../api/storage/mongo/journal/journal.ts';
import { createMessageStore } from '../../../api/storage/mongo/messages/messages.ts';
import { createOperations } from '../../../api/storage/mongo/operations.ts';
import { createOutboxStore } from '../../../api/storage/mongo/outbox/outbox.ts';
import type {
  ConversationStore,
  JournalStore,
  MessageStore,
  OutboxStore,
} from '../../../api/storage/store.ts';
import { dyingCollections } from './dying-collections.ts';
import type { Death } from './dying-collections.ts';

/** What one process has of the store; it may die. */
export interface SendingProcess {
  readonly ids: Ids;
  readonly journal: JournalStore;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly outbox: OutboxStore;
  /** True: it died at one of its writes. */
  hasDied(): boolean;
}

/** Nobody waits for these processes. */
const acknowledgeWithinMs = 60_000;

const immortal: Death = { afterWrites: Infinity, isAnswerLost: false };

export function startProcess(
  collections: Collections,
  clock: Clock,
  death: Death = immortal,
): SendingProcess {
  const dying = dyingCollections(collections, death);
  const log = pino({ level: 'silent' });
  const ids = createIds(clock);
  const core = createCore({ collections: dying.collections, clock, ids, log });
  const operations = createOperations(undefined);
  return {
    ids,
    journal: createJournal(core, operations, acknowledgeWithinMs),
    conversations: createConversationStore(core, operations),
    messages: createMessageStore(core, operations),
    outbox: createOutboxStore(core, operations),
    hasDied: () => dying.writes() > death.afterWrites,
  };
}
