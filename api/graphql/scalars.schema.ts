import { GraphQLError, Kind } from 'graphql';
import type { Instant } from '../clock.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'An instant: ISO 8601, UTC, milliseconds.',
  serialize: (at) => new Date(at).toISOString(),
  parseValue: parseDateTime,
});

// Numbers that come in are judged by the use cases, which say what to do about a wrong one.
builder.scalarType('PhoneNumber', {
  description:
    'A phone number as WhatsApp writes it (wa_id): country code first, digits only, no +; 7 to 15 digits.',
  serialize: (value) => value,
  parseValue: parsePhoneNumber,
  parseLiteral: (node) => parsePhoneNumber(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDateTime(value: unknown): Instant {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at))
    throw new GraphQLError('A DateTime is written as 2026-11-23T09:00:00.000Z.');
  return at;
}

function parsePhoneNumber(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A PhoneNumber is written as a string of digits: "447700900123".');
}
