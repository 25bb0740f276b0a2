import { durationMs, workshop } from '../chats.ts';
import { text } from '../past.ts';
import type { PastChat, PastLine } from '../past.ts';
import type { Scene } from '../scene.ts';

export const notConfigured: Scene = {
  about: 'none of the settings that WhatsApp needs',
  past: (now) => workshop.map((chat) => textsOf(chat, now)).filter(({ lines }) => lines.length > 0),
  isNotConfigured: true,
  hint: 'Nothing can be sent or received: the light is amber and says which settings are missing.',
};

/** Of the workshop's chats what is written. */
function textsOf({ lines, person }: (typeof workshop)[number], now: number): PastChat {
  const written = lines.flatMap((line): PastLine[] => {
    const { ago, from, text: body, type } = line;
    if (body === undefined || type !== undefined) return [];
    return [{ from, at: now - durationMs(ago), content: text(body) }];
  });
  return { person, unread: 0, lines: written };
}
