import type { Identity } from '../../../contacts/contact.ts';
import { keysOf } from './identifiers.ts';

interface Group {
  readonly keys: readonly string[];
  readonly indices: readonly number[];
}

/** The indices of those that name the same people, in their order: what one group does concerns no other. */
export function inGroups(named: readonly (readonly Identity[])[]): readonly (readonly number[])[] {
  const groups = new Set<Group>();
  const byKey = new Map<string, Group>();
  for (const [index, identities] of named.entries()) {
    const own = { keys: identities.flatMap(keysOf), indices: [index] };
    const met = new Set(
      own.keys.map((key) => byKey.get(key)).filter((group) => group !== undefined),
    );
    const together = [...met, own];
    const group = {
      keys: together.flatMap(({ keys }) => keys),
      indices: together.flatMap(({ indices }) => indices),
    };
    for (const former of met) groups.delete(former);
    groups.add(group);
    for (const key of group.keys) byKey.set(key, group);
  }
  return Array.from(groups, ({ indices }) => [...indices].sort((a, b) => a - b));
}
