import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { storeWords } from '../messages/search-words.ts';
import { findByWamids } from '../messages/wamids.ts';
import { duplicateCode, writeErrorsOf } from '../unique.ts';
import { applied, isRefusedCode, refused, repeated } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';

export interface StoredMessages {
  /** By the key of their wamid. */
  readonly verdicts: ReadonlyMap<string, ElementVerdict>;
  /** All of them that are there, those that somebody else has just stored too. */
  readonly messages: readonly MessageDocument[];
}

/** Stores messages that have a wamid, each one once: its unique key decides. */
export async function storeMessages(
  core: Core,
  messages: readonly MessageDocument[],
): Promise<StoredMessages> {
  const verdicts = new Map<string, ElementVerdict>();
  const stored: MessageDocument[] = [];
  await storeWords(
    core,
    messages.flatMap(({ tokens }) => tokens),
  );
  let waiting: readonly MessageDocument[] = inKeyOrder(messages);
  await untilDone(async () => {
    const { inserted, taken, unfit } = await insertSome(core, waiting);
    for (const { wamidKey = '' } of inserted) verdicts.set(wamidKey, applied);
    for (const { wamidKey = '' } of unfit) verdicts.set(wamidKey, refused);
    const others = await findByWamids(
      core,
      taken.flatMap(({ wamidKey = [] }) => wamidKey),
    );
    for (const key of others.keys()) verdicts.set(key, repeated);
    stored.push(...inserted, ...Array.from(others.values(), ({ message }) => message));
    // Either no majority has the other one yet, or it is the id that two processes have made.
    waiting = taken
      .filter(({ wamidKey = '' }) => !others.has(wamidKey))
      .map((message) => ({ ...message, _id: core.ids.next('msg') }));
    return waiting.length === 0 ? true : undefined;
  });
  return { verdicts, messages: stored };
}

/** Where a server inserts many as one, two who insert the same in another order would wait for each other. */
function inKeyOrder(messages: readonly MessageDocument[]): MessageDocument[] {
  return [...messages].sort((a, b) => ((a.wamidKey ?? '') < (b.wamidKey ?? '') ? -1 : 1));
}

interface Inserting {
  readonly inserted: readonly MessageDocument[];
  /** Those of whom a key is taken. */
  readonly taken: readonly MessageDocument[];
  /** Those that the database will never take. */
  readonly unfit: readonly MessageDocument[];
}

async function insertSome(core: Core, messages: readonly MessageDocument[]): Promise<Inserting> {
  if (messages.length === 0) return { inserted: [], taken: [], unfit: [] };
  const failed = new Map<number, number | undefined>();
  try {
    await core.collections.messages.insertMany([...messages], { ordered: false });
  } catch (error) {
    for (const { code, index } of writeErrorsOf(error)) {
      if (code !== duplicateCode && !isRefusedCode(code)) throw error;
      failed.set(index, code);
    }
  }
  return {
    inserted: messages.filter((_, index) => !failed.has(index)),
    taken: messages.filter((_, index) => failed.get(index) === duplicateCode),
    unfit: messages.filter((_, index) => failed.has(index) && failed.get(index) !== duplicateCode),
  };
}
