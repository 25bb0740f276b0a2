/** Chance that falls the same each time, so that a scene looks the same on every machine. */
export interface Dice {
  /** In [0, 1). */
  roll(): number;
  /** Both ends included. */
  between(least: number, most: number): number;
  pick<const Item>(from: readonly [Item, ...Item[]]): Item;
  happens(chance: number): boolean;
}

/** Mulberry32: 32 bits of state are plenty for names and small talk. */
export function createDice(seed: number): Dice {
  let state = seed;

  function roll(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    pick: (from) => from[Math.floor(roll() * from.length)] ?? from[0],
    happens: (chance) => roll() < chance,
  };
}
