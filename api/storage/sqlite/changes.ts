import type { Clock, Instant } from '../../clock.ts';
import type { ChangeType, LoggedChange } from '../../events/events.ts';
import { trustedId } from '../../ids.ts';
import type { ConversationId, MessageId } from '../../ids.ts';
import type { ChangeLog } from '../store.ts';
import type { Core } from './core.ts';
import type { Database } from './database.ts';
import type { Operations } from './operations.ts';

/** Writes to the log of changes, inside the transaction of the change. */
export interface Changes {
  messageAdded(conversationId: string, messageId: string): void;
  messageUpdated(conversationId: string, messageId: string): void;
  conversationUpdated(conversationId: string): void;
}

export interface ChangeRecorder extends Changes {
  /** Whether anything was written since the last call. */
  takeAny(): boolean;
}

export function createChangeRecorder(database: Database, clock: Clock): ChangeRecorder {
  let hasAny = false;
  function record(type: ChangeType, conversationId: string, messageId: string | null): void {
    hasAny = true;
    database.run(
      'INSERT INTO changes (type, at, conversation_id, message_id) VALUES (?, ?, ?, ?)',
      type,
      clock.now(),
      conversationId,
      messageId,
    );
  }
  return {
    messageAdded: (conversationId, messageId) => {
      record('MESSAGE_ADDED', conversationId, messageId);
    },
    messageUpdated: (conversationId, messageId) => {
      record('MESSAGE_UPDATED', conversationId, messageId);
    },
    conversationUpdated: (conversationId) => {
      record('CONVERSATION_UPDATED', conversationId, null);
    },
    takeAny() {
      const had = hasAny;
      hasAny = false;
      return had;
    },
  };
}

interface ChangeRow {
  readonly seq: number;
  readonly type: ChangeType;
  readonly at: Instant;
  readonly conversation_id: string;
  readonly message_id: string | null;
}

/** How many rows one write removes: some milliseconds of work. */
const pruneBatch = 5_000;

export interface SqliteChangeLog extends ChangeLog {
  announce(): void;
}

/** A cursor is the log's own name and a place in it: `<feed>.<seq>`, not to be read by others. */
export function createChangeLog(
  { clock, database, log }: Pick<Core, 'clock' | 'database' | 'log'>,
  operations: Operations,
): SqliteChangeLog {
  const listeners = new Set<() => void>();
  const feed =
    database.get<{ value: string }>("SELECT value FROM settings WHERE name = 'feed'")?.value ?? '';

  const cursorOf = (seq: number): string =>
    Buffer.from(`${feed}.${String(seq)}`).toString('base64url');

  function seqOf(cursor: string): number | null {
    const [name, digits, ...rest] = Buffer.from(cursor, 'base64url').toString().split('.');
    if (name !== feed || digits === undefined || rest.length > 0) return null;
    // One spelling only, so that two cursors of one place are equal.
    return /^\d{1,15}$/.test(digits) && cursorOf(Number(digits)) === cursor ? Number(digits) : null;
  }

  const headSeq = (): number =>
    database.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")?.seq ??
    0;

  const prunedThrough = (): number =>
    Number(
      database.get<{ value: string }>("SELECT value FROM settings WHERE name = 'changes_pruned'")
        ?.value ?? 0,
    );

  function readAfter(after: string, limit: number): readonly LoggedChange[] | null {
    const seq = seqOf(after);
    if (seq === null || seq < prunedThrough() || seq > headSeq()) return null;
    return database
      .all<ChangeRow>('SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)
      .map((row) => toChange(row, cursorOf(row.seq)));
  }

  function pruneSome(before: Instant): number {
    // Oldest first up to the first one to keep, also when the clock was once set back. What a clock wrote that was ahead
    // keeps nothing: it goes with what came after it.
    const rows = database.all<Pick<ChangeRow, 'seq' | 'at'>>(
      'SELECT seq, at FROM changes WHERE at <= ? ORDER BY seq LIMIT ?',
      clock.now(),
      pruneBatch,
    );
    const keepFrom = rows.findIndex((row) => row.at >= before);
    const last = (keepFrom === -1 ? rows : rows.slice(0, keepFrom)).at(-1);
    if (last === undefined) return 0;
    database.run(
      "INSERT INTO settings (name, value) VALUES ('changes_pruned', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      String(last.seq),
    );
    return database.run('DELETE FROM changes WHERE seq <= ?', last.seq).changes;
  }

  return {
    head: () => operations.read('changes.head', () => cursorOf(headSeq())),
    read: (after, limit) => operations.read('changes.read', () => readAfter(after, limit)),
    onAppended(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    prune: (before) => operations.writeInBatches('changes.prune', () => pruneSome(before)),
    announce() {
      for (const listener of listeners) {
        try {
          listener();
        } catch (err) {
          // It hurts neither the commit, which is done, nor the next listener.
          log.error({ err }, 'listener of the change log failed');
        }
      }
    },
  };
}

function toChange(row: ChangeRow, cursor: string): LoggedChange {
  const messageId: MessageId | null =
    row.message_id === null ? null : trustedId('msg', row.message_id);
  const conversationId: ConversationId = trustedId('cnv', row.conversation_id);
  return { cursor, type: row.type, at: row.at, conversationId, messageId };
}
