import type { ConversationId } from '../../../ids.ts';
import type { ConversationDocument } from '../documents.ts';
import { mergeRaises } from './raise.ts';
import type { Raise } from './raise.ts';

type Refresh = (raise: Raise) => Promise<ConversationDocument>;

/**
 * In one process a conversation is refreshed by one at a time, and once for all who wait: it begins after
 * whatever they wrote before. Otherwise many messages to one person would go on disturbing each other.
 */
export interface RefreshTurns {
  share(id: ConversationId, raise: Raise, refresh: Refresh): Promise<ConversationDocument>;
}

interface Waiting {
  raise: Raise;
  readonly done: Promise<ConversationDocument>;
}

export function createRefreshTurns(): RefreshTurns {
  const running = new Map<ConversationId, Promise<ConversationDocument>>();
  const waiting = new Map<ConversationId, Waiting>();

  async function begin(id: ConversationId, refresh: Refresh): Promise<ConversationDocument> {
    await running.get(id)?.catch(() => undefined);
    const raise = waiting.get(id)?.raise ?? {};
    waiting.delete(id);
    const run = refresh(raise);
    running.set(id, run);
    try {
      return await run;
    } finally {
      if (running.get(id) === run) running.delete(id);
    }
  }

  return {
    share(id, raise, refresh) {
      const present = waiting.get(id);
      if (present !== undefined) {
        present.raise = mergeRaises(present.raise, raise);
        return present.done;
      }
      const done = begin(id, refresh);
      waiting.set(id, { raise, done });
      return done;
    },
  };
}
