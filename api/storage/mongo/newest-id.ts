import type { Core } from './core.ts';

const keptName = 'newest_id';

/** The largest id ever given, of whatever kind; what was pruned is remembered. */
export async function newestId({ collections }: Pick<Core, 'collections'>): Promise<string | null> {
  const { contacts, conversations, deliveries, messages, settings } = collections;
  const newest = { sort: { _id: -1 }, projection: { _id: 1 } } as const;
  const [kept, ...found] = await Promise.all([
    settings.findOne({ _id: keptName }),
    messages.findOne({}, newest),
    conversations.findOne({}, newest),
    contacts.findOne({}, newest),
    deliveries.findOne({}, newest),
  ]);
  const ids = found.flatMap((document) => (document === null ? [] : [String(document._id)]));
  if (typeof kept?.value === 'string') ids.push(kept.value);
  return ids.reduce<string | null>(
    (largest, id) => (largest === null || partOf(id) > partOf(largest) ? id : largest),
    null,
  );
}

/** To be called before documents with ids are removed. */
export async function keepNewestId(core: Pick<Core, 'collections'>): Promise<void> {
  const id = await newestId(core);
  if (id !== null) await rememberNewestId(core, id);
}

export async function rememberNewestId(core: Pick<Core, 'collections'>, id: string): Promise<void> {
  // All kinds share one order, so the kept one says no kind of its own.
  const value = `dlv_${partOf(id)}`;
  const { settings } = core.collections;
  await settings.updateOne({ _id: keptName }, { $max: { value } }, { upsert: true });
}

function partOf(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}
