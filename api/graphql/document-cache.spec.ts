import { parse } from 'graphql';
import { createDocumentCache } from './document-cache.ts';

const documents = ['{ a }', '{ b }', '{ c }'].map((text) => [text, parse(text)] as const);

it('keeps the documents that were used last', () => {
  const cache = createDocumentCache(2);
  const [a, b, c] = documents;
  if (a === undefined || b === undefined || c === undefined) throw new Error('There are three');
  cache.set(...a);
  cache.set(...b);
  expect(cache.get(a[0])).toBe(a[1]);
  cache.set(...c);
  expect([a, b, c].map(([text]) => cache.get(text))).toEqual([a[1], undefined, c[1]]);
  cache.set(...c);
  expect(cache.get(a[0])).toBe(a[1]);
});
