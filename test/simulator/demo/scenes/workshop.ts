import { durationMs, workshop } from '../chats.ts';
import type { Chat } from '../chats.ts';
import type { Scene, Stage } from '../scene.ts';

export const workshopScene: Scene = {
  about: 'a small workshop with ten customers',
  play: playWorkshop,
};

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
