import { Kind } from 'graphql';
import type { FieldNode, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';
import type { Limits } from './limits.ts';
import { limitRefusal } from './limit-refusal.ts';

/** The validation rules that hold documents to their limits, whatever their variables. */
export function documentLimitRules({ depth, aliases }: Limits): ValidationRule[] {
  return [(context) => depthRule(context, depth), (context) => aliasRule(context, aliases)];
}

function depthRule(context: ValidationContext, value: number): ReturnType<ValidationRule> {
  const depths = new Map<SelectionSetNode, number>();

  /** How many fields deep a selection goes. Each fragment is measured once, however often it is used. */
  function depthOf(selectionSet: SelectionSetNode): number {
    const known = depths.get(selectionSet);
    if (known !== undefined) return known;
    // Fragments that hold themselves are refused by another rule; here they only have to end.
    depths.set(selectionSet, 0);
    let deepest = 0;
    for (const selection of selectionSet.selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          deepest = Math.max(deepest, fieldDepth(selection));
          break;
        case Kind.INLINE_FRAGMENT:
          deepest = Math.max(deepest, depthOf(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = context.getFragment(selection.name.value);
          if (fragment != null) deepest = Math.max(deepest, depthOf(fragment.selectionSet));
        }
      }
    }
    depths.set(selectionSet, deepest);
    return deepest;
  }

  function fieldDepth({ name, selectionSet }: FieldNode): number {
    // Introspection has a depth rule of its own.
    if (name.value.startsWith('__')) return 0;
    return 1 + (selectionSet === undefined ? 0 : depthOf(selectionSet));
  }

  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet);
      if (depth <= value) return;
      const message = `The operation is ${depth} fields deep; the depth limit is ${value}.`;
      context.reportError(limitRefusal({ limit: 'depth', value, message, nodes: [operation] }));
    },
  };
}

function aliasRule(context: ValidationContext, value: number): ReturnType<ValidationRule> {
  let count = 0;
  return {
    Field({ alias }) {
      if (alias !== undefined) count += 1;
    },
    Document: {
      leave() {
        if (count <= value) return;
        const message = `The document has ${count} aliases; the alias limit is ${value}.`;
        context.reportError(limitRefusal({ limit: 'aliases', value, message }));
      },
    },
  };
}
