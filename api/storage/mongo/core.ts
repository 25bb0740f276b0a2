import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Collections } from './collections.ts';

/** What every step of the store works with. */
export interface Core {
  readonly collections: Collections;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}
