import type { Message } from './message.ts';

/** What WhatsApp calls a message: a wamid is unique among the messages of one business number. */
export interface MessageName {
  readonly phoneNumberId: string;
  readonly wamid: string;
}

/** The name as a key of maps. */
export function keyOfName({ phoneNumberId, wamid }: MessageName): string {
  return `${phoneNumberId} ${wamid}`;
}

/** The messages that one quotes or reacts to. */
export function namesIn({ phoneNumberId, replyToWamid, content }: Message): readonly MessageName[] {
  const target = content.type === 'REACTION' ? content.targetWamid : null;
  return [replyToWamid, target].flatMap((wamid) =>
    wamid === null ? [] : [{ phoneNumberId, wamid }],
  );
}

interface NamedMessages {
  byWamids(phoneNumberId: string, wamids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
}

/** By `keyOfName`, null where it is not here: one read for each business number, and there are few of those. */
export async function messagesByName(
  store: NamedMessages,
  names: readonly MessageName[],
): Promise<ReadonlyMap<string, Message | null>> {
  const messages = new Map<string, Message | null>();
  for (const phoneNumberId of new Set(names.map((name) => name.phoneNumberId))) {
    const ofNumber = names.filter((name) => name.phoneNumberId === phoneNumberId);
    const wamids = new Set(ofNumber.map(({ wamid }) => wamid));
    const found = await store.byWamids(phoneNumberId, [...wamids]);
    for (const wamid of wamids)
      messages.set(keyOfName({ phoneNumberId, wamid }), found.get(wamid) ?? null);
  }
  return messages;
}
