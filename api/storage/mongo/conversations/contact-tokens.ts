import { tailsOf } from '../../../contacts/phone-number.ts';
import { tokensOf } from '../../../search/tokens.ts';
import type { ContactDocument } from '../documents.ts';

/** Nobody types more to find somebody, and every store bounds its keys. */
const mostWords = 60;

/**
 * The beginnings of the words of the name and the username, and all parts of every number by which somebody is known: a
 * search finds each of its words as a whole here, by an index that is in the order of the list.
 */
export function contactTokensOf({
  numbers,
  profileName,
  username,
}: Pick<ContactDocument, 'numbers' | 'profileName' | 'username'>): string[] {
  const words = [...tokensOf(profileName ?? ''), ...tokensOf(username ?? '')].slice(0, mostWords);
  return [...new Set([...words, ...numbers.flatMap(tailsOf)].flatMap(beginningsOf))];
}

function beginningsOf(word: string): string[] {
  const characters = Array.from(word);
  return characters.map((_, index) => characters.slice(0, index + 1).join(''));
}
