import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeliveryId } from '../../../ids.ts';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { JournalEntry, NewDelivery, Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { isDatabaseFailure, isRefusal } from '../database-failure.ts';
import type { Operations } from '../operations.ts';
import { createApplier } from './applier.ts';
import type { Applier } from './applier.ts';
import { entryById, writeDown, writeFirstVerdicts, writeVerdicts } from './deliveries.ts';

/** No more of a large delivery is begun in the last part of the time that there is, so that it ends in time. */
const beginFor = 0.8;
/** Nobody waits for what is applied again. */
const beginAgainForMs = 4_000;

export interface Accepting extends Pick<Operations, 'keep'> {
  readonly applier: Applier;
  /** Meta waits: whatever the database does by then, the delivery is written down, and applied later. */
  readonly acknowledgeWithinMs: number;
}

/** Writes the delivery down, then applies it. */
export async function accept(
  core: Core,
  delivery: NewDelivery,
  { acknowledgeWithinMs, applier, keep }: Accepting,
): Promise<JournalEntry> {
  const startedAt = performance.now();
  const { elements } = delivery;
  const entry = await writeDown(core, delivery);
  const begun = { applier, entry, elements, endsAt: startedAt + beginFor * acknowledgeWithinMs };
  const applying = keep(apply(core, begun, (verdicts) => writeFirstVerdicts(core, verdicts)));
  const timer = new AbortController();
  const answerInMs = Math.max(acknowledgeWithinMs - (performance.now() - startedAt), 0);
  const late = wait(answerInMs, entry, { signal: timer.signal }).catch(() => entry);
  try {
    return await Promise.race([applying, late]);
  } finally {
    timer.abort();
  }
}

/** Applies a delivery once more; one that was not finished goes on where it ended. */
export async function reapply(
  core: Core,
  id: DeliveryId,
  elements: readonly DeliveryElement[],
): Promise<JournalEntry | null> {
  const before = await entryById(core, id);
  if (before === null) return null;
  const verdicts = goesOn(before, elements) ? before.verdicts : [];
  const entry = { ...before, state: 'PENDING', verdicts } as const;
  // By itself, so that one that cannot be applied harms no other.
  const applier = createApplier(core);
  const begun = { applier, entry, elements, endsAt: performance.now() + beginAgainForMs };
  return apply(core, begun, (given) => writeVerdicts(core, given));
}

interface Begun {
  readonly applier: Applier;
  readonly entry: JournalEntry;
  readonly elements: readonly DeliveryElement[];
  readonly endsAt: number;
}

/** What fails as a whole stays as it is, to be applied later. */
async function apply(
  core: Core,
  { applier, elements, endsAt, entry }: Begun,
  write: (entry: JournalEntry) => Promise<void>,
): Promise<JournalEntry> {
  try {
    const { verdicts } = entry;
    const applied = { ...entry, ...(await applier.apply(elements, { verdicts, endsAt })) };
    await write(applied);
    return applied;
  } catch (err) {
    // An outage concerns hundreds: the applier tells it once. One that came after it, at the last write, leaves the
    // delivery PENDING, and the sweep finds all of it there.
    const level = isDatabaseFailure(err) && !isRefusal(err) ? 'debug' : 'error';
    core.log[level]({ err, id: entry.id }, 'delivery could not be applied');
    return entry;
  }
}

function goesOn({ state, verdicts }: JournalEntry, elements: readonly DeliveryElement[]): boolean {
  const isSame = (verdict: Verdict, index: number) => verdict.path === elements[index]?.path;
  return state === 'PENDING' && verdicts.every(isSame);
}
