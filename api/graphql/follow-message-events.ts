import { phoneNumberProblem } from '../contacts/phone-number.ts';
import type { FeedEvent } from '../events/events.ts';
import { parseId } from '../ids.ts';
import { badUserInput } from './bad-user-input.ts';
import type { GraphQLContext } from './context.ts';

export interface EventFilter {
  readonly after?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  readonly phoneNumber?: string | null | undefined;
}

/** The events that a subscriber wants, from the shared feed. */
export function followMessageEvents(
  filter: EventFilter,
  { feed, resumeAfter, onPassed }: GraphQLContext,
): AsyncIterableIterator<FeedEvent> {
  const after = resumeAfter ?? filter.after ?? null;
  return feed.subscribe({ after, wants: wantedBy(filter), ...(onPassed && { onPassed }) });
}

function wantedBy({ conversationId, phoneNumber }: EventFilter): (event: FeedEvent) => boolean {
  const id = conversationId ?? null;
  if (id !== null && parseId('cnv', id) === null) {
    throw badUserInput('conversationId', '`conversationId` is not the id of a conversation.');
  }
  const number = phoneNumber ?? null;
  const problem = number === null ? null : phoneNumberProblem(number);
  if (problem !== null) throw badUserInput('phoneNumber', problem);
  return ({ conversation }) => {
    if (conversation === null) return id === null && number === null;
    const ids: readonly string[] = [conversation.id, ...conversation.formerIds];
    if (id !== null && !ids.includes(id)) return false;
    return number === null || conversation.contact.phoneNumber === number;
  };
}
