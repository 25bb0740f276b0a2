import { pino } from 'pino';
import type { Clock } from '../../api/clock.ts';
import { createIds } from '../../api/ids.ts';
import type { Collections } from '../../api/storage/mongo/collections.ts';
import { createCore } from '../../api/storage/mongo/core.ts';
import { createMessageStore } from '../../api/storage/mongo/messages/messages.ts';
import { createOperations } from '../../api/storage/mongo/operations.ts';
import { createOutboxStore } from '../../api/storage/mongo/outbox/outbox.ts';
import type { MessageStore, OutboxStore } from '../../api/storage/store.ts';
import { dyingCollections } from './dying-collections.ts';
import type { Death } from './dying-collections.ts';

/** What one process has of the store to send with; it may die. */
export interface SendingProcess {
  readonly messages: MessageStore;
  readonly outbox: OutboxStore;
  /** True: it died at one of its writes. */
  hasDied(): boolean;
}

const immortal: Death = { afterWrites: Infinity, isAnswerLost: false };

export function startProcess(
  collections: Collections,
  clock: Clock,
  death: Death = immortal,
): SendingProcess {
  const dying = dyingCollections(collections, death);
  const log = pino({ level: 'silent' });
  const core = createCore({ collections: dying.collections, clock, ids: createIds(clock), log });
  const operations = createOperations(undefined);
  return {
    messages: createMessageStore(core, operations),
    outbox: createOutboxStore(core, operations),
    hasDied: () => dying.writes() > death.afterWrites,
  };
}
