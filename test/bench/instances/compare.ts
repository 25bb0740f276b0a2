import type { Control } from '../../simulator/control.ts';
import type { Differences } from '../soak/compare.ts';
import type { FeedFollower } from '../soak/feed-follower.ts';
import type { Stored } from '../soak/stored.ts';
import type { AnsweredSend } from './either-api.ts';

type Lines = ReadonlyMap<string, readonly AnsweredSend[]>;

/** By our message id: when WhatsApp accepted it first, and how many were accepted before it. */
function acceptances(
  control: Control,
): Map<string, { readonly at: number; readonly rank: number }> {
  const accepted = new Map<string, { at: number; rank: number }>();
  for (const { callbackData, wamid, at } of control.sends()) {
    const id = callbackData?.split('#')[0];
    if (id === undefined || wamid === null || accepted.has(id)) continue;
    accepted.set(id, { at, rank: accepted.size });
  }
  return accepted;
}

/** What was accepted for a recipient came in the order in which it was sent. */
export function compareOrder(control: Control, lines: Lines): Differences {
  const accepted = acceptances(control);
  return [...lines].flatMap(([recipient, line]) => {
    const ranks = line.flatMap(({ id }) => accepted.get(id)?.rank ?? []);
    const isInOrder = ranks.every((rank, index) => rank > (ranks[index - 1] ?? -1));
    return isInOrder ? [] : [`${recipient} got messages in another order than they were sent`];
  });
}

/** The longest that a message waited from the answer to its sender until WhatsApp had accepted it. */
export function longestWaitMs(control: Control, lines: Lines): number {
  const accepted = acceptances(control);
  const waits = [...lines.values()].flat().map(({ id, at }) => (accepted.get(id)?.at ?? at) - at);
  return Math.max(0, ...waits);
}

/** Every subscriber has the same events in the same order, whichever instances told it. */
export function compareSequences(followers: readonly FeedFollower[]): Differences {
  const [first, ...others] = followers;
  return others.flatMap(({ sequence }, index) => {
    const expected = first?.sequence ?? [];
    const at = sequence.findIndex((cursor, place) => cursor !== expected[place]);
    if (at === -1 && sequence.length === expected.length) return [];
    const place = at === -1 ? 'the end' : `event ${at}`;
    return [
      `subscriber ${index + 1} differs from 0 at ${place} (${sequence.length} and ${expected.length} events)`,
    ];
  });
}

/** Of chats that nobody marked read, every real message of the customer is unread. */
export function compareUnread(
  control: Control,
  { conversations }: Stored,
  leftUnread: ReadonlySet<string>,
): Differences {
  const unread = new Map(
    conversations.map(({ contact, unreadCount }) => [contact.displayName, unreadCount]),
  );
  return [...leftUnread].flatMap((id) => {
    const name = control.customer(id)?.name ?? '';
    const written = control
      .chat(id)
      .filter(({ direction, type }) => direction === 'fromCustomer' && type !== 'reaction').length;
    const shown = unread.get(name) ?? 0;
    return shown === written ? [] : [`${name} has ${shown} unread, not ${written}`];
  });
}
