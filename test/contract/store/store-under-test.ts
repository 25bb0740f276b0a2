import type { Store } from '../../../api/storage/store.ts';
import type { FakeClock } from '../../kit/clock.ts';

/** What an adapter's spec opens for the contract. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly clock: FakeClock;
  /** Stops the store and opens what it kept; `store` is the new one. */
  reopen(): Promise<void>;
  /** Stops it and removes what it kept. Safe twice. */
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** What a store may lack by design; everything else is the same for all. */
export interface Capabilities {
  /** It keeps the log of changes itself rather than leaving it to its database. */
  readonly hasChangeLog: boolean;
}
