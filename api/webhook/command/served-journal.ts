import { z } from 'zod';
import { secondMs } from '../../clock.ts';
import type { HttpConfig } from '../../config.ts';
import { StartError } from '../../errors.ts';
import {
  entriesSchema,
  entrySchema,
  entryWithBodySchema,
  rejectionsSchema,
} from '../journal-json.ts';
import type { JournalAccess } from './journal-access.ts';

// A replay of a large delivery takes about a second.
const timeoutMs = 30 * secondMs;

/** Asks the server that has the store open, at HOST:PORT with API_KEY. */
export function createServedJournal(http: HttpConfig): JournalAccess {
  const origin = originOf(http);

  /** Null: the server has no such delivery. */
  async function ask(path: string, method: 'GET' | 'POST' = 'GET'): Promise<unknown> {
    const response = await fetch(`${origin}/plugins/whatsapp/journal${path}`, {
      method,
      headers: http.apiKey === null ? {} : { authorization: `Bearer ${http.apiKey}` },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new StartError(
        `Another process has the store open, and no server answers at ${origin}. Set HOST and PORT to those of the server.`,
        { cause },
      );
    });
    if (response.status === 404 && path.startsWith('/dlv_')) return null;
    if (!response.ok) throw await refusalOf(response, origin);
    return response.json();
  }

  return {
    async list({ limit, state, before }) {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(state !== undefined && { state }),
        ...(before !== undefined && { before }),
      });
      return entriesSchema.parse(await ask(`?${query.toString()}`)).deliveries;
    },
    show: async (id) => entryWithBodySchema.nullable().parse(await ask(`/${id}`)),
    replay: async (id) => entrySchema.nullable().parse(await ask(`/${id}/replay`, 'POST')),
    rejections: async (limit) =>
      rejectionsSchema.parse(await ask(`/rejections?limit=${String(limit)}`)).rejections,
    stop: () => Promise.resolve(),
  };
}

/** A server that listens on every address is reached on this machine. */
function originOf({ host, port }: HttpConfig): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${String(port)}`;
}

async function refusalOf(response: Response, origin: string): Promise<StartError> {
  if (response.status === 401) {
    return new StartError(
      `The server at ${origin} wants its key. Set API_KEY to the one that it was started with.`,
    );
  }
  const problem = z
    .object({ detail: z.string() })
    .safeParse(await response.json().catch(() => null));
  const detail = problem.data?.detail ?? 'it does not look like this program';
  return new StartError(`The server at ${origin} answered ${String(response.status)}: ${detail}`);
}
