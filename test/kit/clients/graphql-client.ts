/** A GraphQL answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface AskOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks by POST, as clients do. */
export async function ask(url: string, query: string, options: AskOptions = {}): Promise<Answer> {
  const { headers, ...rest } = options;
  return answerIn(
    await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...headers,
      },
      body: JSON.stringify({ query, ...rest }),
    }),
  );
}

export async function answerIn(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  const errors = valueAt(body, 'errors');
  return {
    status: response.status,
    headers: response.headers,
    data: valueAt(body, 'data'),
    errors: Array.isArray(errors) ? (errors as AnswerError[]) : [],
  };
}

/** What is at a path like `messages.nodes.0.id`; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined,
      value,
    );
}

/** The text at a path; fails when there is none. */
export function textAt(value: unknown, path: string): string {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found;
  throw new Error(`No text at ${path} of ${JSON.stringify(value)}`);
}
