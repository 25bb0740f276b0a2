import type { StatusElement } from '../../../webhook/delivery-element.ts';
import { identifyAmong } from '../contacts/identify.ts';
import { inGroups } from '../contacts/in-groups.ts';
import { createPeople } from '../contacts/people.ts';
import { tellOfContact } from '../conversations/tell-of-contact.ts';
import type { Core } from '../core.ts';
import { holdStatuses } from '../messages/held-statuses.ts';
import { applyStatusReport } from '../messages/status-reports.ts';
import { wamidKeyOf } from '../messages/unique-keys.ts';
import { findByWamids, learnWamid } from '../messages/wamids.ts';
import type { FoundByWamid } from '../messages/wamids.ts';
import { learnBusinessNumbers } from './business-numbers.ts';
import { applied, held, repeated, setAside } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';

/**
 * A status finds its message by WhatsApp's id or, before we know that, by the attempt that it echoes
 * (which settles a send of unknown outcome). Otherwise it is held until its message turns up.
 */
export async function applyStatuses(
  core: Core,
  elements: readonly StatusElement[],
): Promise<readonly ElementVerdict[]> {
  if (elements.length === 0) return [];
  const keys = elements.map(({ business, wamid }) => wamidKeyOf(business.phoneNumberId, wamid));
  const businesses = elements.map(({ business }) => business);
  const [found] = await Promise.all([
    findByWamids(core, keys),
    learnBusinessNumbers(core, businesses),
  ]);
  const joining = await joinIdentities(core, elements);
  const byKey = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) byKey.set(key, [...(byKey.get(key) ?? []), index]);
  const verdicts = elements.map(() => held);
  await Promise.all(
    Array.from(byKey, async ([key, indices]) => {
      // Of one message one after another, as they came.
      for (const index of indices) {
        const element = elements[index];
        if (element === undefined) continue;
        const hasJoined = joining.has(index);
        verdicts[index] = await applyOne(core, element, { found, key, hasJoined });
      }
    }),
  );
  await holdStatuses(
    core,
    elements.filter((_, index) => verdicts[index] === held),
  );
  return verdicts;
}

interface Looking {
  /** What is known by these keys; grows where a status tells of which attempt it is. */
  readonly found: Map<string, FoundByWamid>;
  readonly key: string;
  readonly hasJoined: boolean;
}

async function applyOne(
  core: Core,
  element: StatusElement,
  { found, hasJoined, key }: Looking,
): Promise<ElementVerdict> {
  try {
    if (!Number.isFinite(element.report.at)) throw new Error('Its time is no time');
    const one = found.get(key) ?? (await byAttempt(core, element));
    if (one === undefined) return held;
    const { attempt, message } = one;
    if (message.direction === 'INBOUND') {
      return { result: 'KEPT', detail: 'A status of a message that the customer sent' };
    }
    found.set(key, one);
    const { report, wamid } = element;
    const hasLearned = attempt > 0 && (await learnWamid(core, message._id, { attempt, wamid }));
    const hasChanged = await applyStatusReport(core, message, { report, attempt });
    return hasChanged || hasLearned || hasJoined ? applied : repeated;
  } catch (error) {
    return setAside(core, element.path, error);
  }
}

async function byAttempt(
  core: Core,
  { attemptOf, business }: StatusElement,
): Promise<FoundByWamid | undefined> {
  if (attemptOf === null) return undefined;
  const message = await core.collections.messages.findOne({ _id: attemptOf.messageId });
  const isOurs =
    message?.direction === 'OUTBOUND' &&
    message.phoneNumberId === business.phoneNumberId &&
    attemptOf.attempt >= 1 &&
    attemptOf.attempt <= message.delivery.attempt;
  return isOurs ? { message, attempt: attemptOf.attempt } : undefined;
}

/** A number and a user id in one status are the same person's. Which of them changed something by it. */
async function joinIdentities(
  core: Core,
  elements: readonly StatusElement[],
): Promise<ReadonlySet<number>> {
  const named = elements.map(({ recipient, report }) => {
    const namesBoth = recipient?.phoneNumber != null && recipient.userId !== null;
    return namesBoth && Number.isFinite(report.at) ? [recipient] : [];
  });
  const people = await createPeople(core, named.flat());
  const joining = new Set<number>();
  const joinAll = async (indices: readonly number[]) => {
    for (const index of indices) {
      const [identity] = named[index] ?? [];
      const at = elements[index]?.report.at;
      if (identity === undefined || at === undefined) continue;
      const { contact, hasJoined } = await identifyAmong(core, people, { identity, at });
      if ((await tellOfContact(core, contact)) || hasJoined) joining.add(index);
    }
  };
  await Promise.all(inGroups(named).map(joinAll));
  return joining;
}
