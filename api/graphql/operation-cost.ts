import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
} from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLSchema,
  InlineFragmentNode,
  FragmentDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { pageSizeOf } from './page-size.ts';
import type { OperationInDocument } from './page-size.ts';

// An object is looked up and filled: more work than a field that is there already.
const objectCost = 3;
// Lists without pages are short: reactions, cards, items.
const listSize = 5;

/** About how many fields the answer can hold, an object counting as three. */
export function operationCost(schema: GraphQLSchema, question: OperationInDocument): number {
  const { document, operation } = question;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  // Each selection is measured once, so that fragments within fragments cannot multiply the work.
  const knownBySize = new Map<number, Map<SelectionSetNode, number>>();

  /** `pageSize` is set directly below a connection's field: its lists have as many entries. */
  function costOf(set: SelectionSetNode, parent: GraphQLCompositeType, pageSize?: number): number {
    const known = knownBySize.get(pageSize ?? 0) ?? new Map<SelectionSetNode, number>();
    knownBySize.set(pageSize ?? 0, known);
    const found = known.get(set);
    if (found !== undefined) return found;
    // A fragment that holds itself is refused by validation; here it only has to end.
    known.set(set, 0);
    const byType = new Map<GraphQLCompositeType, number>([[parent, 0]]);
    const add = (type: GraphQLCompositeType, cost: number) =>
      byType.set(type, (byType.get(type) ?? 0) + cost);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) add(parent, fieldCost(selection, parent, pageSize));
      else {
        const part =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const type = part === undefined ? null : (conditionOf(part) ?? parent);
        if (part !== undefined && type !== null)
          add(type, costOf(part.selectionSet, type, pageSize));
      }
    }
    const cost = sumOf(byType);
    known.set(set, cost);
    return cost;
  }

  function conditionOf(part: InlineFragmentNode | FragmentDefinitionNode) {
    const name = part.typeCondition?.name.value;
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : null;
  }

  function fieldCost(node: FieldNode, parent: GraphQLCompositeType, pageSize?: number): number {
    const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
    const type = field === undefined ? undefined : getNamedType(field.type);
    if (field === undefined || !isCompositeType(type) || node.selectionSet === undefined) return 1;
    const size = isConnection(field) ? pageSizeOf(node, question) : undefined;
    const one = objectCost + costOf(node.selectionSet, type, size);
    return isListType(getNullableType(field.type)) ? one * (pageSize ?? listSize) : one;
  }

  const root = schema.getRootType(operation.operation);
  return root == null ? 0 : costOf(operation.selectionSet, root);
}

/** An object is of one type only: of the parts for single types, the dearest counts. */
function sumOf(byType: ReadonlyMap<GraphQLCompositeType, number>): number {
  let common = 0;
  let dearest = 0;
  let isParent = true;
  for (const [type, cost] of byType) {
    if (isParent || !isObjectType(type)) common += cost;
    else dearest = Math.max(dearest, cost);
    isParent = false;
  }
  return common + dearest;
}

function isConnection(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(({ name }) => name === 'first');
}
