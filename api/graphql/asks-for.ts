import { Kind } from 'graphql';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Whether an operation selects a field of what is being resolved; one that it may leave out counts as well. */
export function asksFor(
  field: string,
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
): boolean {
  const isIn = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return selection.name.value === field;
        case Kind.INLINE_FRAGMENT:
          return isIn(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return isIn(fragments[selection.name.value]?.selectionSet);
      }
    }) === true;
  return fieldNodes.some(({ selectionSet }) => isIn(selectionSet));
}
