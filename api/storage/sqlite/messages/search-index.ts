import { searchTextOf } from '../../../messages/message-content.ts';
import type { MessageContent } from '../../../messages/message-content.ts';
import { continuationsOf, createWordList } from './search-words.ts';
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

interface Entry {
  readonly ord: number;
  readonly conversation: number;
  readonly tokens: readonly string[];
}

/**
 * FTS5 writes a segment to the disk at every savepoint that follows an insert; one insert after
 * another at the end of the transaction makes a single segment of them.
 */
export function createSearchIndexer(database: Database): SearchIndexer {
  const pending: Entry[] = [];
  const words = createWordList(database);
  return {
    add(message, searchText) {
      const tokens = tokensOf(searchText);
      if (tokens.length === 0) return;
      pending.push({ ...message, tokens });
    },
    mark: () => pending.length,
    rollBackTo(mark) {
      pending.length = mark;
      words.forget();
    },
    flush() {
      for (const { ord, conversation, tokens } of pending.splice(0)) {
        const chat = chatPrefix(conversation);
        const both = [...tokens, ...tokens.map((token) => chat + token)];
        database.run('INSERT INTO search (rowid, tokens) VALUES (?, ?)', ord, both.join(' '));
        words.add(tokens);
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
export function searchQuery(
  database: Database,
  terms: SearchTerms,
  chats: readonly number[] | null,
): string {
  const ends = chats === null ? continuationsOf(database, terms.prefix) : null;
  const prefixes = chats === null ? [''] : chats.map(chatPrefix);
  return prefixes.map((before) => `(${allOf(terms, before, ends)})`).join(' OR ');
}

// Tokens hold letters, digits and marks only, so that nothing in them can end the quotes.
function allOf(terms: SearchTerms, before: string, ends: readonly string[] | null): string {
  const words = terms.wholeWords.map((word) => `"${before}${word}"`);
  const end =
    ends === null
      ? `"${before}${terms.prefix}" *`
      : `(${ends.map((word) => `"${word}"`).join(' OR ')})`;
  return [...words, end].join(' AND ');
}

function chatPrefix(conversation: number): string {
  return chatMark + conversation.toString(36).padStart(keyDigits, '0');
}
