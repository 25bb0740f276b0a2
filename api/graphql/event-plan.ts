import { getOperationAST, print, visit } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';

export interface EventOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Names what the answer to an event depends on, besides the event and the rights of the client:
 * the document, the operation, and the variables in its selection. The arguments of the
 * subscription itself only choose events, so clients that differ in `after` or in the chat they
 * follow share their answers.
 */
export function eventPlanOf({ document, operationName, variableValues }: EventOperation): string {
  const operation = getOperationAST(document, operationName);
  const variables = variablesWithin(document).map((name) => [name, variableValues?.[name]]);
  const text = document.loc?.source.body ?? print(document);
  return JSON.stringify([operation?.name?.value, variables, text]);
}

/** The variables that are used anywhere but in the arguments of the subscription's own field. */
function variablesWithin(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Field: (field) => (isOwn(field) ? { ...field, arguments: [] } : undefined),
    Variable({ name }) {
      names.add(name.value);
    },
  });
  return [...names].sort();
}

function isOwn({ name }: FieldNode): boolean {
  return name.value === 'messageEvents';
}
