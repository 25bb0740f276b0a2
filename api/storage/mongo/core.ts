import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Collections } from './collections.ts';
import { createRefreshTurns } from './conversations/refresh-turns.ts';
import type { RefreshTurns } from './conversations/refresh-turns.ts';
import { createDeliveryWrites } from './journal/delivery-writes.ts';
import type { DeliveryWrites } from './journal/delivery-writes.ts';
import { createLookups } from './lookups.ts';
import type { Lookups } from './lookups.ts';

/** What every step of the store works with. */
export interface Core {
  readonly collections: Collections;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Words that are known to be stored, so that they are not written for each message. */
  readonly storedWords: Set<string>;
  readonly refreshTurns: RefreshTurns;
  readonly lookups: Lookups;
  readonly deliveryWrites: DeliveryWrites;
}

export function createCore(ports: Pick<Core, 'collections' | 'clock' | 'ids' | 'log'>): Core {
  return {
    ...ports,
    storedWords: new Set(),
    refreshTurns: createRefreshTurns(),
    lookups: createLookups(ports.collections),
    deliveryWrites: createDeliveryWrites(ports.collections),
  };
}
