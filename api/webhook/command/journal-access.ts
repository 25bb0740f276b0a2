import type { DeliveryId } from '../../ids.ts';
import type { EntryJson, EntryWithBodyJson, RejectionJson } from '../journal-json.ts';
import type { ListQuery } from './arguments.ts';

/** The journal as the command reads it: from the store itself, or from the server that has it open. */
export interface JournalAccess {
  list(query: ListQuery): Promise<readonly EntryJson[]>;
  /** Null when it is not there. */
  show(id: DeliveryId): Promise<EntryWithBodyJson | null>;
  /** Null when it is not there. */
  replay(id: DeliveryId): Promise<EntryJson | null>;
  rejections(limit: number): Promise<readonly RejectionJson[]>;
  stop(): Promise<void>;
}
