import type { LiveSource } from '../connection/live-updates';
import { newId } from '../ui/new-id';
import { LockLeadership } from './leadership';
import { LiveRelay } from './live-relay';
import { notesOn } from './notes';

/** The events of this browser, and whether this page is the one that has the connection. */
export interface SharedLive {
  readonly source: LiveSource;
  readonly isLeader: () => boolean;
}

export interface ShareLiveOptions {
  /** The connection of this page alone. */
  readonly own: LiveSource;
  /** Pages whose events have other fields have a connection of their own. */
  readonly shape: string;
  readonly wake: () => void;
}

/** One connection for all pages, where the browser can tell them apart; else one for each. */
export function shareLive({ own, shape, wake }: ShareLiveOptions): SharedLive {
  const locks = locksOf(navigator);
  if (locks === undefined || !('BroadcastChannel' in globalThis)) {
    return { source: own, isLeader: () => true };
  }
  const name = `inbox.live.${shape}`;
  const leadership = new LockLeadership(name, locks);
  const source = new LiveRelay({
    direct: own,
    notes: notesOn(new BroadcastChannel(name)),
    leadership,
    id: newId(),
    isVisible: () => document.visibilityState === 'visible',
    wake,
  });
  document.addEventListener('visibilitychange', () => {
    source.look();
  });
  return { source, isLeader: () => leadership.isOurs() };
}

/** Missing where the page did not come by HTTPS. */
function locksOf({ locks }: { readonly locks?: LockManager }): LockManager | undefined {
  return locks;
}
