import { defaultPageSize, maxPageSize } from '../paging.ts';

// What the operations of the OpenAPI document are put together from.

export const open: readonly never[] = [];

export const json = (name: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});
export const answer = (description: string, name: string) => ({ description, content: json(name) });
export const text = (description: string) => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
});
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
export const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
});

export const limit = query('limit', 'Size of the page.', {
  type: 'integer',
  minimum: 1,
  maximum: maxPageSize,
  default: defaultPageSize,
});
export const closed = {
  '401': problem('The key or the session is missing, wrong or over.'),
  '421': problem('Asked under a name that is not answered without API_KEY.'),
  '429': problem('Too many wrong keys came from this address; see `Retry-After`.'),
  '503': problem('The store cannot be reached or written; try again.'),
};
