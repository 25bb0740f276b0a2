import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';
import { InvalidInputError } from '../errors.ts';
import { pluginPath } from '../http/paths.ts';
import { HttpProblem } from '../http/problem.ts';
import { parseId } from '../ids.ts';
import type { DeliveryId } from '../ids.ts';
import type { Store } from '../storage/store.ts';
import type { Ingest } from './ingest.ts';
import { longestJournalDays } from './journal-days.ts';
import { entryJson, rejectionJson, entryWithBodyJson } from './journal-json.ts';

export interface JournalRoutesOptions {
  readonly store: Pick<Store, 'journal'>;
  readonly ingest: Pick<Ingest, 'replay'>;
}

export const journalPath = `${pluginPath}/journal`;

const limit = z.coerce
  .number('has to be a number from 1 to 200')
  .int('has to be a whole number')
  .min(1, 'has to be at least 1')
  .max(200, 'has to be at most 200')
  .default(50);

const listQuery = z.object({
  state: z
    .enum(['PENDING', 'DONE', 'SET_ASIDE'], 'has to be PENDING, DONE or SET_ASIDE')
    .optional(),
  limit,
  before: z.string().transform(toDeliveryId).optional(),
});

/** What arrived and what became of it. Bodies are personal data: these routes are behind the key. */
export function journalRoutes({ store, ingest }: JournalRoutesOptions): FastifyPluginCallback {
  return (server, _options, done) => {
    server.get(journalPath, async (request) => {
      const { before, state, limit: size } = parseQuery(listQuery, request.query);
      const entries = await store.journal.list({
        limit: size,
        ...(state !== undefined && { state }),
        ...(before !== undefined && { before }),
      });
      const next = entries.length === size ? entries.at(-1)?.id : undefined;
      return { deliveries: entries.map(entryJson), next: next ?? null };
    });

    server.get(`${journalPath}/rejections`, async (request) => {
      const { limit: size } = parseQuery(z.object({ limit }), request.query);
      return { rejections: (await store.journal.rejections(size)).map(rejectionJson) };
    });

    server.get<{ Params: { id: string } }>(`${journalPath}/:id`, async ({ params }) => {
      const entry = await store.journal.get(requireId(params.id));
      if (entry === null) throw notFound(params.id);
      return entryWithBodyJson(entry);
    });

    server.post<{ Params: { id: string } }>(`${journalPath}/:id/replay`, async ({ params }) => {
      const entry = await ingest.replay(requireId(params.id));
      if (entry === null) throw notFound(params.id);
      return entryJson(entry);
    });
    done();
  };
}

function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  );
}

function toDeliveryId(value: string, context: z.RefinementCtx): DeliveryId {
  const id = parseId('dlv', value);
  if (id !== null) return id;
  context.addIssue('has to be the id of a delivery, like dlv_01…');
  return z.NEVER;
}

function requireId(value: string): DeliveryId {
  const id = parseId('dlv', value);
  if (id === null) throw notFound(value);
  return id;
}

function notFound(id: string): HttpProblem {
  return new HttpProblem({
    status: 404,
    detail: `There is no delivery ${id.slice(0, 40)} in the journal; old ones are removed after WEBHOOK_JOURNAL_DAYS, those set aside after ${longestJournalDays} days.`,
  });
}
