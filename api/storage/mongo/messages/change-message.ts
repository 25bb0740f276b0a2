import type { MessageId } from '../../../ids.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';

/** The fields that become others; one that is undefined goes away. */
export type MessageChange = {
  readonly [Field in keyof Omit<MessageDocument, '_id' | 'revision' | 'isNew' | 'untold'>]?:
    MessageDocument[Field] | undefined;
};

export interface ChangedMessage {
  readonly before: MessageDocument;
  /** The very same document where nothing was written. */
  readonly after: MessageDocument;
}

/**
 * Writes what `change` makes of the message, if nobody wrote it meanwhile; otherwise asks again. Null from
 * `change`: nothing to write. Null from this: there is no such message. Whoever has just read it gives it
 * instead of its id, which saves the first look.
 */
export function changeMessage(
  core: Core,
  message: MessageId | MessageDocument,
  change: (before: MessageDocument) => MessageChange | null,
): Promise<ChangedMessage | null> {
  const id = typeof message === 'string' ? message : message._id;
  let known = typeof message === 'string' ? null : message;
  return untilDone(async () => {
    const before = known ?? (await core.collections.messages.findOne({ _id: id }));
    known = null;
    if (before === null) return null;
    const changed = change(before);
    if (changed === null) return { before, after: before };
    const after = await writeMessage(core, before, changed);
    return after === null ? undefined : { before, after };
  });
}

/**
 * Null: somebody else wrote it meanwhile, if it was only that it is new no more. The event of the write has to tell by itself
 * whether the message was new then: whoever reads it later sees what became of that.
 */
export async function writeMessage(
  core: Core,
  before: MessageDocument,
  change: MessageChange,
): Promise<MessageDocument | null> {
  const entries: readonly [string, unknown][] = Object.entries(change);
  const gone = entries.filter(([, value]) => value === undefined).map(([field]) => field);
  const { isNew = false } = before;
  const set = {
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(isNew && { untold: before.revision + 1 }),
  };
  return core.collections.messages.findOneAndUpdate(
    { _id: before._id, revision: before.revision, ...(isNew && { isNew }) },
    {
      ...(Object.keys(set).length > 0 && { $set: set }),
      ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }),
      $inc: { revision: 1 },
    },
    { returnDocument: 'after' },
  );
}
