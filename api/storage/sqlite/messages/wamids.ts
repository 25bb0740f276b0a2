import type { Core } from '../core.ts';
import type { Database } from '../database.ts';
import { applyHeldStatuses } from './held-statuses.ts';
import {
  messageByOrd,
  messageByWamid,
  messageColumns,
  messageRows,
  parseContent,
} from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';
import { indexWaitingReactions } from './search-index.ts';

/** A message by WhatsApp's id for it, or for an earlier attempt to send it. */
export interface FoundByWamid {
  readonly row: MessageRow;
  /** The attempt that WhatsApp calls so; 0 where nothing was attempted by us. */
  readonly attempt: number;
}

export function findByWamid(
  database: Database,
  phoneNumberId: string,
  wamid: string,
): FoundByWamid | undefined {
  const attempted = database.get<MessageRow & { of_attempt: number }>(
    `SELECT ${messageColumns}, a.attempt AS of_attempt
     FROM attempts a JOIN messages m ON m.ord = a.message
     JOIN conversations v ON v.key = m.conversation
     WHERE a.wamid = ? AND a.phone_number_id = ?`,
    wamid,
    phoneNumberId,
  );
  if (attempted !== undefined) return { row: attempted, attempt: attempted.of_attempt };
  const row = messageByWamid(database, phoneNumberId, wamid);
  return row === undefined ? undefined : { row, attempt: row.attempt };
}

export function isWamidKnown(database: Database, phoneNumberId: string, wamid: string): boolean {
  const row = database.get(
    `SELECT 1 FROM messages WHERE wamid = ?1 AND phone_number_id = ?2
     UNION ALL SELECT 1 FROM attempts WHERE wamid = ?1 AND phone_number_id = ?2`,
    wamid,
    phoneNumberId,
  );
  return row !== undefined;
}

/** WhatsApp's id for an attempt became known; what waited for it happens now. False: it was known. */
export function learnWamid(
  core: Core,
  ord: number,
  told: { readonly attempt: number; readonly wamid: string },
): boolean {
  const { database } = core;
  const row = messageByOrd(database, ord);
  const isNew =
    database.run(
      'UPDATE attempts SET wamid = ? WHERE message = ? AND attempt = ? AND wamid IS NULL',
      told.wamid,
      ord,
      told.attempt,
    ).changes > 0;
  if (!isNew) return false;
  const isNewest = told.attempt === row.attempt || row.wamid === null;
  // An echo of our own message may have brought the id first; it keeps it.
  const isTaken = messageByWamid(database, row.phone_number_id, told.wamid) !== undefined;
  if (isNewest && !isTaken) {
    database.run('UPDATE messages SET wamid = ? WHERE ord = ?', told.wamid, ord);
  }
  wamidKnown(core, { ord, phoneNumberId: row.phone_number_id }, told);
  return true;
}

/** What waited for this id: statuses that came first, and reactions to it. */
export function wamidKnown(
  core: Core,
  message: { readonly ord: number; readonly phoneNumberId: string },
  told: { readonly attempt: number; readonly wamid: string },
): void {
  const { ord, phoneNumberId } = message;
  if (!isAwaited(core.database, phoneNumberId, told.wamid)) return;
  indexWaitingReactions(core, { phoneNumberId, wamid: told.wamid }, () =>
    parseContent(messageByOrd(core.database, ord).content),
  );
  applyHeldStatuses(core, message, told);
}

function isAwaited(database: Database, phoneNumberId: string, wamid: string): boolean {
  const row = database.get(
    `SELECT 1 FROM held_statuses WHERE wamid = ?1 AND phone_number_id = ?2
     UNION ALL SELECT 1 FROM messages WHERE target_wamid = ?1 AND phone_number_id = ?2`,
    wamid,
    phoneNumberId,
  );
  return row !== undefined;
}

export function messagesByWamids(
  database: Database,
  phoneNumberId: string,
  wamids: readonly string[],
): Map<string, MessageRow> {
  const found = new Map<string, MessageRow>();
  for (const row of database.all<MessageRow>(
    `${messageRows} WHERE m.phone_number_id = ? AND m.wamid IN (SELECT value FROM json_each(?))`,
    phoneNumberId,
    JSON.stringify(wamids),
  )) {
    if (row.wamid !== null) found.set(row.wamid, row);
  }
  for (const wamid of wamids) {
    if (found.has(wamid)) continue;
    const earlier = findByWamid(database, phoneNumberId, wamid);
    if (earlier !== undefined) found.set(wamid, earlier.row);
  }
  return found;
}
