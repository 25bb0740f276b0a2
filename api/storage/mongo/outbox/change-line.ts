import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { LineDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';

/** What a line becomes; null leaves it as it is. */
export type LineChange = (
  before: LineDocument | null,
) => LineDocument | null | Promise<LineDocument | null>;

/** Writes what `change` makes of the line, if nobody wrote it meanwhile; otherwise asks again. */
export async function changeLine(
  core: Core,
  id: ConversationId,
  change: LineChange,
): Promise<void> {
  await untilDone(async () => {
    const before = await core.collections.lines.findOne({ _id: id });
    const after = await change(before);
    return after === null || (await replaceLine(core, before, after)) ? true : undefined;
  });
}

/** False: somebody else wrote it meanwhile. */
export async function replaceLine(
  core: Core,
  before: LineDocument | null,
  after: LineDocument,
): Promise<boolean> {
  const { lines } = core.collections;
  if (before === null) return insertLine(core, after);
  const { _id, ...fields } = after;
  const { matchedCount } = await lines.replaceOne(
    { _id, revision: before.revision },
    { ...fields, revision: before.revision + 1 },
  );
  return matchedCount === 1;
}

async function insertLine(core: Core, line: LineDocument): Promise<boolean> {
  try {
    await core.collections.lines.insertOne(line);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** The line held by nobody; its first message may be claimed from then on, null: there is none. */
export function resting(line: LineDocument, dueAt: Instant | null): LineDocument {
  const { _id, phoneNumberId, next, announced, paceUntil, revision } = line;
  return {
    _id,
    phoneNumberId,
    next,
    announced,
    ...(paceUntil !== undefined && { paceUntil }),
    ...(dueAt !== null && { dueAt }),
    revision,
  };
}

/** The line held for one attempt. */
export function held(
  line: LineDocument,
  by: Required<Pick<LineDocument, 'leaseUntil' | 'holder'>>,
): LineDocument {
  return { ...resting(line, null), leaseUntil: by.leaseUntil, holder: by.holder };
}
