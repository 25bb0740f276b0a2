import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { storeWords } from '../messages/search-words.ts';
import { duplicateCode, writeErrorsOf } from '../unique.ts';
import { applied, isRefusedCode, refused, repeated } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';

export interface Inserted {
  readonly messages: readonly MessageDocument[];
  /** Of all of them, those that did not go in too. */
  readonly verdicts: ReadonlyMap<MessageDocument['_id'], ElementVerdict>;
}

/** Inserts those whose keys are free; the unique keys decide. */
export async function insertAll(
  core: Core,
  messages: readonly MessageDocument[],
): Promise<Inserted> {
  const verdicts = new Map(messages.map(({ _id }) => [_id, applied]));
  if (messages.length === 0) return { messages, verdicts };
  await storeWords(
    core,
    messages.flatMap(({ tokens }) => tokens),
  );
  try {
    await core.collections.messages.insertMany([...messages], { ordered: false });
  } catch (error) {
    for (const { code, index } of writeErrorsOf(error)) {
      const message = messages[index];
      if (message === undefined) continue;
      if (code !== duplicateCode && !isRefusedCode(code)) throw error;
      verdicts.set(message._id, code === duplicateCode ? repeated : refused);
    }
  }
  const inserted = messages.filter(({ _id }) => verdicts.get(_id) === applied);
  return { messages: inserted, verdicts };
}
