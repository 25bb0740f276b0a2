import type { Instant } from '../../../clock.ts';
import { gcra } from '../../../outbox/pacing.ts';
import { longestDelayMs } from '../../../outbox/retry.ts';
import { horizon } from '../../../outbox/set-back.ts';
import { contactByKey } from '../contacts/contact-rows.ts';
import type { ClaimedSend, ClaimRequest } from '../../store.ts';
import { conversationByKey } from '../conversations/conversation-rows.ts';
import type { Core } from '../core.ts';
import type { Database } from '../database.ts';
import { messageByOrd, saveDelivery, toDelivery, toMessage } from '../messages/message-rows.ts';
import { beginAttempt } from './attempts.ts';
import { waitingNumbers } from './lines.ts';
import type { LineRow } from './lines.ts';

/** Heads are read in portions, so that a long queue costs no more than what is taken of it. */
const portion = 100;

/** Every business number gets its share of the limit first, so that a long queue starves no other. */
export function claim(core: Core, request: ClaimRequest): readonly ClaimedSend[] {
  const numbers = core.database.all<{ phone_number_id: string }>(
    `${waitingNumbers} SELECT phone_number_id FROM waiting WHERE phone_number_id IS NOT NULL`,
  );
  const share = Math.ceil(request.limit / Math.max(numbers.length, 1));
  const claimed: ClaimedSend[] = [];
  for (const most of [share, request.limit]) {
    for (const { phone_number_id: phoneNumberId } of numbers) {
      const limit = Math.min(most, request.limit - claimed.length);
      if (limit > 0) claimed.push(...claimOf(core, phoneNumberId, { ...request, limit }));
    }
  }
  return claimed;
}

function claimOf(core: Core, phoneNumberId: string, request: ClaimRequest): ClaimedSend[] {
  const claimed: ClaimedSend[] = [];
  callUp(core.database, phoneNumberId, request.now);
  let until = numberPace(core.database, phoneNumberId);
  for (;;) {
    const heads = dueHeads(core.database, phoneNumberId, request.now);
    if (heads.length === 0) return claimed;
    for (const head of heads) {
      const number = gcra(until, request.now, request.pacing.perNumber);
      if (!number.isAllowed) {
        // The heads stay as they are; `next_send_at` holds back the whole number.
        saveNumberPace(core.database, phoneNumberId, { until, nextSendAt: number.at });
        return claimed;
      }
      if (!takesPair(core.database, head, request)) continue;
      until = number.until;
      saveNumberPace(core.database, phoneNumberId, { until, nextSendAt: 0 });
      claimed.push(take(core, head, request));
      if (claimed.length >= request.limit) return claimed;
    }
  }
}

/**
 * What was queued or put off by a clock that was set back since is due. Nobody but WhatsApp puts anything off for longer
 * than our own delays, so that those are few to look at.
 */
function callUp(database: Database, phoneNumberId: string, now: Instant): void {
  database.run(
    `UPDATE outbox SET due_at = ? WHERE phone_number_id = ? AND is_head = 1 AND lease_until IS NULL
       AND due_at > ? AND max(queued_at, coalesce(
         (SELECT max(a.ended_at) FROM attempts a WHERE a.message = outbox.message), 0)) > ?`,
    now,
    phoneNumberId,
    horizon(now, longestDelayMs),
    horizon(now, 0),
  );
}

function dueHeads(database: Database, phoneNumberId: string, now: Instant): LineRow[] {
  return database.all<LineRow>(
    `SELECT * FROM outbox WHERE phone_number_id = ? AND due_at <= ?
       AND is_head = 1 AND lease_until IS NULL ORDER BY due_at, position LIMIT ?`,
    phoneNumberId,
    now,
    portion,
  );
}

/** Counts the send against the pair, or puts the head off until the pair may send again. */
function takesPair(database: Database, head: LineRow, request: ClaimRequest): boolean {
  const { pace_until: until } = conversationByKey(database, head.conversation);
  const pair = gcra(until, request.now, request.pacing.perPair);
  if (pair.isAllowed) {
    database.run(
      'UPDATE conversations SET pace_until = ? WHERE key = ?',
      pair.until,
      head.conversation,
    );
  } else {
    database.run('UPDATE outbox SET due_at = ? WHERE position = ?', pair.at, head.position);
  }
  return pair.isAllowed;
}

function take(core: Core, head: LineRow, { now, leaseMs }: ClaimRequest): ClaimedSend {
  const { database } = core;
  const before = messageByOrd(database, head.message);
  const attempt = before.attempt + 1;
  database.run(
    'UPDATE outbox SET lease_until = ? WHERE position = ?',
    now + leaseMs,
    head.position,
  );
  saveDelivery(database, head.message, { ...toDelivery(before), stage: 'SENDING', attempt });
  const message = { ord: head.message, phoneNumberId: head.phone_number_id };
  beginAttempt(database, message, { attempt, at: now });
  core.changes.messageUpdated(before.conversation_id, before.id);
  const conversation = conversationByKey(database, head.conversation);
  const person = contactByKey(database, conversation.contact);
  if (person === null) throw new Error(`Conversation ${conversation.id} has no contact`);
  return {
    message: toMessage(messageByOrd(database, head.message)),
    recipient: person.contact,
    window: { lastInboundAt: conversation.last_inbound_at, refusedAt: conversation.refused_at },
    attempt,
    giveUpAt: head.give_up_at,
    refusals: head.refusals,
  };
}

function numberPace(database: Database, phoneNumberId: string): Instant | null {
  return (
    database.get<{ pace_until: number | null }>(
      'SELECT pace_until FROM business_numbers WHERE phone_number_id = ?',
      phoneNumberId,
    )?.pace_until ?? null
  );
}

function saveNumberPace(
  database: Database,
  phoneNumberId: string,
  pace: { readonly until: Instant | null; readonly nextSendAt: Instant },
): void {
  database.run(
    `INSERT INTO business_numbers (phone_number_id, pace_until, next_send_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET pace_until = excluded.pace_until, next_send_at = excluded.next_send_at`,
    phoneNumberId,
    pace.until,
    pace.nextSendAt,
  );
}
