import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseId } from '../../ids.ts';
import type { DeliveryId } from '../../ids.ts';
import type { DeliveryState } from '../../storage/store.ts';

export type JournalRequest =
  | { readonly name: 'help' }
  | { readonly name: 'list'; readonly query: ListQuery }
  | { readonly name: 'show' | 'replay'; readonly id: DeliveryId }
  | { readonly name: 'rejections'; readonly limit: number };

export interface ListQuery {
  readonly limit: number;
  readonly state?: DeliveryState;
  readonly before?: DeliveryId;
}

export type ParsedArguments =
  { readonly request: JournalRequest; readonly asJson: boolean } | { readonly problem: string };

export const usage = `What WhatsApp delivered, and what became of it.

  npm run journal -- list [--state PENDING|DONE|SET_ASIDE] [--limit N] [--before ID]
  npm run journal -- show ID          with the body as it came
  npm run journal -- replay ID        understands it anew and applies it again; what is there stays
  npm run journal -- rejections [--limit N]

--limit is 1 to 200, 50 without it; --json prints JSON.
`;

const limit = z.coerce.number().int().min(1).max(200);
const states: ReadonlySet<string> = new Set<DeliveryState>(['PENDING', 'DONE', 'SET_ASIDE']);

/** What is asked for, or what is wrong with it. */
export function parseArguments(given: readonly string[]): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        limit: { type: 'string', default: '50' },
        before: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { request: { name: 'help' }, asJson: false };
    const request = toRequest(positionals, values);
    return typeof request === 'string' ? { problem: request } : { request, asJson: values.json };
  } catch (error) {
    // An option that does not exist, or lacks its value: Node says which.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

interface Options {
  readonly state?: string | undefined;
  readonly limit: string;
  readonly before?: string | undefined;
}

/** A string says what is wrong. */
function toRequest(
  [name, id, ...rest]: readonly string[],
  options: Options,
): JournalRequest | string {
  const size = limit.safeParse(options.limit);
  if (!size.success) return `--limit ${options.limit} is not a number from 1 to 200.`;
  const takesId = name === 'show' || name === 'replay';
  if (rest.length > 0 || (!takesId && id !== undefined)) return 'There are words too many.';
  switch (name) {
    case 'list':
      return toList(size.data, options);
    case 'show':
    case 'replay': {
      const delivery = parseId('dlv', id ?? '');
      return delivery === null
        ? `${name} needs the ID of a delivery: dlv_…`
        : { name, id: delivery };
    }
    case 'rejections':
      return { name, limit: size.data };
    case 'help':
      return { name };
    case undefined:
    default:
      return name === undefined ? 'What is to be done?' : `There is no command ${name}.`;
  }
}

function toList(size: number, { state, before }: Options): JournalRequest | string {
  if (state !== undefined && !isState(state)) {
    return `--state ${state} is not PENDING, DONE or SET_ASIDE.`;
  }
  const id = before === undefined ? undefined : parseId('dlv', before);
  if (id === null) return '--before needs the ID of a delivery: dlv_…';
  const query = {
    limit: size,
    ...(state !== undefined && { state }),
    ...(id !== undefined && { before: id }),
  };
  return { name: 'list', query };
}

function isState(value: string): value is DeliveryState {
  return states.has(value);
}
