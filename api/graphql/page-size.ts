import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, OperationDefinitionNode, ValueNode } from 'graphql';
import { defaultPageSize, maxPageSize } from '../paging.ts';

export interface OperationInDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How many items a connection's field asks for; one that is too large is refused elsewhere. */
export function pageSizeOf(field: FieldNode, question: OperationInDocument): number {
  for (const { name, value } of field.arguments ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue;
    const size = numberIn(value, question);
    if (size !== null) return Math.min(Math.max(size, 1), maxPageSize);
  }
  return defaultPageSize;
}

function numberIn(value: ValueNode, { operation, variables }: OperationInDocument): number | null {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return null;
  const name = value.name.value;
  // A default is for a variable that is left out: null stays null, and asks for the default page.
  if (Object.hasOwn(variables, name)) {
    const given = variables[name];
    return typeof given === 'number' ? given : null;
  }
  const definition = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  );
  return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : null;
}
