import { folded } from '../ui/folded';
import type { NamedEmoji } from './emoji-names';

/** As many as a person looks through. */
const mostFound = 120;

interface Searchable {
  readonly named: NamedEmoji;
  readonly name: string;
  readonly words: string;
}

/** Finds emoji by what they are called. */
export class EmojiSearch {
  private readonly all: readonly Searchable[];

  constructor(all: readonly NamedEmoji[]) {
    this.all = all.map((named) => ({
      named,
      name: folded(named.name),
      words: ` ${folded(`${named.name} ${named.words}`)}`,
    }));
  }

  /** Those that are called so first, then those with words that begin so, then those that have it within. */
  find(search: string): readonly NamedEmoji[] {
    const wanted = folded(search)
      .split(/\s+/u)
      .filter((word) => word !== '');
    if (wanted.length === 0) return [];
    const name = wanted.join(' ');
    const ranks: NamedEmoji[][] = [[], [], []];
    for (const one of this.all) {
      if (!wanted.every((word) => one.words.includes(word))) continue;
      const isBegun = wanted.every((word) => one.words.includes(` ${word}`));
      ranks[one.name.startsWith(name) ? 0 : isBegun ? 1 : 2]?.push(one.named);
    }
    return ranks.flat().slice(0, mostFound);
  }
}
