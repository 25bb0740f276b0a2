import type { Control } from '../control.ts';
import { durationMs, workshop } from './chats.ts';
import type { Chat } from './chats.ts';
import type { Inbox } from './inbox.ts';

export interface Stage {
  readonly control: Control;
  readonly inbox: Inbox;
  readonly clock: { now(): number };
}

/** How the demo looks when it starts for the first time, by name. */
export const scenes: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  /** A small workshop with ten customers. */
  workshop: playWorkshop,
  /** Nobody has written yet. */
  empty: () => Promise.resolve(),
};

export const defaultScene = 'workshop';

async function playWorkshop(stage: Stage): Promise<void> {
  for (const chat of workshop) await playHistory(stage, chat);
  await playPresent(stage);
}

async function playHistory({ control, inbox, clock }: Stage, chat: Chat): Promise<void> {
  const { id } = control.addCustomer(chat.person);
  const now = clock.now();
  await control.writeHistory(
    id,
    chat.lines.map(({ ago, ...line }) => ({ ...line, at: now - durationMs(ago) })),
  );
  const conversation = (await inbox.conversations()).find(({ address }) => address === id);
  if (conversation && chat.unread < chat.lines.length)
    await inbox.markRead(conversation, chat.unread);
}

/** Something that happens right now: a real send, on its way through all its ticks, and an answer. */
async function playPresent({ inbox }: Stage): Promise<void> {
  await inbox.send('447700900123', 'Tom, your stools left the workshop just now 🚚');
}
