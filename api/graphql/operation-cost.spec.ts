import { getOperationAST, parse } from 'graphql';
import { operationCost } from './operation-cost.ts';
import { createSchema } from './schema.ts';

const schema = createSchema();

function cost(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('No operation');
  return operationCost(schema, { document, operation, variables });
}

describe('the cost of an operation', () => {
  it('is one for a field and three more for an object', () => {
    expect(cost('{ __typename }')).toBe(1);
    expect(cost('{ health { version } }')).toBe(3 + 1);
    expect(cost('{ health { version store { ok } } }')).toBe(3 + 1 + 3 + 1);
  });

  it('grows with the size of a page, in nodes and edges alike', () => {
    expect(cost('{ messages(last: 10) { nodes { id } } }')).toBe(3 + 10 * (3 + 1));
    expect(cost('{ messages(first: 10) { edges { cursor } } }')).toBe(3 + 10 * (3 + 1));
    expect(cost('{ messages { nodes { id } pageInfo { endCursor } } }')).toBe(3 + 50 * 4 + 4);
  });

  it('multiplies through nested pages', () => {
    const nested = '{ conversations(first: 20) { nodes { messages(last: 10) { nodes { id } } } } }';
    expect(cost(nested)).toBe(3 + 20 * (3 + 3 + 10 * 4));
  });

  it('takes page sizes from variables, from their defaults, and never above the largest page', () => {
    const text = 'query($size: Int = 5) { messages(last: $size) { nodes { id } } }';
    expect(cost(text)).toBe(3 + 5 * 4);
    expect(cost(text, { size: 7 })).toBe(3 + 7 * 4);
    expect(cost(text, { size: 1_000_000 })).toBe(3 + 200 * 4);
    expect(cost(text, { size: -5 })).toBe(3 + 4);
    // No default takes the place of a null that was given.
    expect(cost(text, { size: null })).toBe(3 + 50 * 4);
    expect(
      cost('query($size: Int) { messages(last: $size) { nodes { id } } }', { size: null }),
    ).toBe(3 + 50 * 4);
    expect(cost(text, { size: null })).toBe(3 + 50 * 4);
  });

  it('counts a fragment wherever it is used, at the page size of that place', () => {
    const text = `{ small: messages(last: 1) { ...Page } large: messages(last: 100) { ...Page } }
      fragment Page on MessageConnection { nodes { id } }`;
    expect(cost(text)).toBe(3 + 4 + 3 + 400);
  });

  it('counts the dearest of the kinds that an answer can be', () => {
    const content = (parts: string) =>
      cost(`{ message(id: "x") { content { __typename ${parts} } } }`) - (3 + 3 + 1);
    expect(content('... on TextContent { body }')).toBe(1);
    expect(content('... on TextContent { body } ... on LocationContent { name address }')).toBe(2);
    expect(content('... on ContactsContent { cards { name } }')).toBe(5 * (3 + 1));
    const interfaceFields = cost(
      '{ node(id: "x") { id ... on Node { id } ... on Message { id } } }',
    );
    expect(interfaceFields).toBe(3 + 1 + 1 + 1);
  });

  it('is measured quickly for fragments that multiply, and ends for those that hold themselves', () => {
    const levels = 25;
    const fragments = Array.from({ length: levels }, (_, level) => {
      const next = `...F${String(level + 1)}`;
      return `fragment F${String(level)} on Message { a: replyTo { ${next} } b: replyTo { ${next} } }`;
    });
    const text = `{ messages { nodes { ...F0 } } } ${fragments.join(' ')} fragment F${String(levels)} on Message { id }`;
    const startedAt = performance.now();
    expect(cost(text)).toBeGreaterThan(2 ** levels);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(cost('{ messages { nodes { ...A } } } fragment A on Message { replyTo { ...A } }')).toBe(
      3 + 50 * (3 + 3),
    );
  });

  it('is nothing for what validation refuses', () => {
    expect(cost('{ nothing { at { all } } ...Unknown ... on Nowhere { id } }')).toBeLessThan(10);
  });
});
