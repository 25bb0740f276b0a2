/** What one request may ask for. Every refusal names the limit that it met, and its value. */
export interface Limits {
  /** Bytes of a request's body or WebSocket message. Variables with a text of 4096 characters fit. */
  readonly bodyBytes: number;
  /** Tokens of the document. GraphiQL's introspection has about 400. */
  readonly tokens: number;
  /** How deep fields are nested. The chat app uses 6; introspection is not counted. */
  readonly depth: number;
  /** Aliases in the document. */
  readonly aliases: number;
  /** Fields that the answer may hold, by page sizes; an object counts as three. */
  readonly cost: number;
  /** Subscriptions of one WebSocket. */
  readonly subscriptionsPerSocket: number;
}

export const limits: Limits = {
  bodyBytes: 256 * 1024,
  tokens: 2_000,
  depth: 10,
  aliases: 30,
  cost: 50_000,
  subscriptionsPerSocket: 50,
};
