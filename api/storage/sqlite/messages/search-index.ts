import type { MessageContent } from '../../../messages/message-content.ts';
import { searchTextOf } from '../../../messages/message-content.ts';
import { tokensOf } from '../../../search/tokens.ts';
import type { SearchTerms } from '../../../search/tokens.ts';
import type { Core } from '../core.ts';
import type { Database } from '../database.ts';

/**
 * Every token is indexed twice: as it is, for a search over all chats, and behind its chat's key,
 * so that a search in one chat reads nothing of the others. No token begins with this private-use
 * character, which keeps the two kinds apart.
 */
const chatMark = '\u{E000}';
const keyDigits = 6;

/** Collects what is to be found, and writes it at the end of the transaction. */
export interface SearchIndexer {
  add(message: { readonly ord: number; readonly conversation: number }, searchText: string): void;
  /** A mark to go back to, for work that is undone. */
  mark(): number;
  rollBackTo(mark: number): void;
  /** Writes what was collected: last of all in a transaction. */
  flush(): void;
}

/**
 * FTS5 writes a segment to the disk at every savepoint that follows an insert; one insert after
 * another at the end of the transaction makes a single segment of them.
 */
export function createSearchIndexer(database: Database): SearchIndexer {
  const pending: { readonly ord: number; readonly tokens: string }[] = [];
  return {
    add(message, searchText) {
      const tokens = tokensOf(searchText);
      if (tokens.length === 0) return;
      const chat = chatPrefix(message.conversation);
      const inChat = tokens.map((token) => chat + token);
      pending.push({ ord: message.ord, tokens: [...tokens, ...inChat].join(' ') });
    },
    mark: () => pending.length,
    rollBackTo(mark) {
      pending.length = mark;
    },
    flush() {
      for (const { ord, tokens } of pending.splice(0)) {
        database.run('INSERT INTO search (rowid, tokens) VALUES (?, ?)', ord, tokens);
      }
    },
  };
}

/** Reactions that came before their target are found from now on. */
export function indexWaitingReactions(
  core: Pick<Core, 'database' | 'search'>,
  target: { readonly phoneNumberId: string; readonly wamid: string },
  contentOf: () => MessageContent,
): void {
  const reactions = core.database.all<{ ord: number; conversation: number }>(
    'SELECT ord, conversation FROM messages WHERE target_wamid = ? AND phone_number_id = ?',
    target.wamid,
    target.phoneNumberId,
  );
  for (const reaction of reactions) core.search.add(reaction, searchTextOf(contentOf()));
}

/** The FTS5 query for these terms, in the chats with these keys or in all. */
export function searchQuery(terms: SearchTerms, chats: readonly number[] | null): string {
  if (chats === null) return allOf(terms, '');
  return chats.map((chat) => `(${allOf(terms, chatPrefix(chat))})`).join(' OR ');
}

// Tokens hold letters, digits and marks only, so that nothing in them can end the quotes.
function allOf(terms: SearchTerms, before: string): string {
  const words = terms.wholeWords.map((word) => `"${before}${word}"`);
  return [...words, `"${before}${terms.prefix}" *`].join(' AND ');
}

function chatPrefix(conversation: number): string {
  return chatMark + conversation.toString(36).padStart(keyDigits, '0');
}
