import type { Conversation } from '../../../conversations/conversation.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Page } from '../../../paging.ts';
import type { ConversationFilter, ConversationQuery } from '../../store.ts';
import type { Database, SqlValue } from '../database.ts';
import { pageOf, sliceOf } from '../paging.ts';
import type { Slice } from '../paging.ts';
import { contactFilter } from './contact-search.ts';
import { shownConversations, toConversation } from './conversation-rows.ts';
import type { ShownConversationRow } from './conversation-rows.ts';

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The list descends: what is `after` in it is older. */
export function conversationPage(database: Database, query: ConversationQuery): Page<Conversation> {
  const slice = sliceOf(query.page);
  const filter = filterConditions(database, query.filter);
  const read = (conditions: readonly Condition[], order: 'ASC' | 'DESC', limit: number) =>
    database.all<ShownConversationRow>(
      `${shownConversations} ${whereOf([...filter, ...conditions])}
       ORDER BY v.activity_second ${order}, v.id ${order} LIMIT ?`,
      ...[...filter, ...conditions].flatMap(({ values }) => values),
      limit,
    );
  const rows = read(placeConditions(slice), slice.isForward ? 'DESC' : 'ASC', slice.size + 1);
  const page = pageOf(slice, rows, {
    upToAfter: () => read(placed('>=', slice.after), 'ASC', 1).length > 0,
    fromBefore: () => read(placed('<=', slice.before), 'DESC', 1).length > 0,
  });
  return { ...page, items: page.items.map(toConversation) };
}

export function totalUnread(database: Database, filter: ConversationFilter): number {
  const conditions = filterConditions(database, { ...filter, unreadOnly: true });
  const row = database.get<{ n: number | null }>(
    `SELECT sum(v.unread) AS n FROM conversations v ${whereOf(conditions)}`,
    ...conditions.flatMap(({ values }) => values),
  );
  return row?.n ?? 0;
}

function filterConditions(database: Database, filter: ConversationFilter): Condition[] {
  const unread = filter.unreadOnly === true ? [{ sql: 'v.unread > 0', values: [] }] : [];
  const words = filter.search ?? [];
  return words.length === 0 ? unread : [...unread, contactFilter(database, words)];
}

function placeConditions({ after, before }: Slice): Condition[] {
  return [...placed('<', after), ...placed('>', before)];
}

function placed(comparison: '<' | '<=' | '>' | '>=', place: Place | undefined): Condition[] {
  if (place === undefined) return [];
  const sql = `(v.activity_second, v.id) ${comparison} (?, ?)`;
  return [{ sql, values: [place.second, place.id] }];
}

function whereOf(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return '';
  return `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}
