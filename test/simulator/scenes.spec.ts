import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from '../../api/messages/delivery-status.ts';
import { serviceWindowAt } from '../../api/conversations/service-window.ts';
import { adviceFor } from '../../api/whatsapp/error-codes.ts';
import { ask } from '../kit/clients/graphql-client.ts';
import { startTestApp } from '../kit/test-app.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';
import { memberOf } from './demo/crowd.ts';
import { createDice } from './demo/dice.ts';
import { stateFileIn } from './demo/lay-past.ts';
import { deliveryOf, text } from './demo/past.ts';
import type { PastChat } from './demo/past.ts';
import { sceneOf } from './demo/scenes.ts';
import type { SceneName } from './demo/scenes.ts';
import { setScene } from './demo/set-scene.ts';
import { demoCredentials } from './demo/settings.ts';
import { silentLog } from './options.ts';
import { loadState } from './state-file.ts';

const now = Date.now();
const business = { id: demoCredentials.phoneNumberId, display: demoCredentials.businessNumber };

function pastOf(name: SceneName): readonly PastChat[] {
  return sceneOf(name).past?.(now) ?? [];
}

describe.each(['many-chats', 'long-chat', 'failures', 'closed-window', 'not-configured'] as const)(
  'the scene %s',
  (name) => {
    const chats = pastOf(name);

    it('is of different people', () => {
      const addresses = chats.map(({ person }) => person.phoneNumber ?? person.username);
      expect(new Set(addresses).size).toBe(chats.length);
      expect(chats.length).toBeGreaterThan(4);
    });

    it('lies in the past, in order', () => {
      const wrong = chats.flatMap(({ lines }) =>
        lines.filter(({ at }, index) => at > now || at < (lines[index - 1]?.at ?? 0)),
      );
      expect(wrong).toEqual([]);
    });

    it('quotes and reacts to what was said before', () => {
      const wrong = chats.flatMap(({ lines }) =>
        lines.filter(({ content, quotes }, index) => {
          const about = content.type === 'REACTION' ? content.to : quotes;
          return about !== undefined && (about >= index || about < 0);
        }),
      );
      expect(wrong).toEqual([]);
    });
  },
);

describe('the crowd', () => {
  const dice = createDice(1);
  const members = Array.from({ length: 20_000 }, (_, index) => memberOf(dice, index).person);

  it('has a number each, kept for fiction', () => {
    const numbers = members.flatMap(({ phoneNumber }) => phoneNumber ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    const fictional = /^(1\d{3}55501\d\d|447700900\d{3}|3363998\d{4})$/;
    expect(numbers.filter((number) => !fictional.test(number))).toEqual([]);
  });

  it('writes itself in many ways: long, in other scripts, as emoji, or not at all', () => {
    const names = members.map(({ name }) => name);
    for (const form of [
      /^.{60,}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Devanagari}/u,
      /^\p{Emoji}$/u,
      /^$/,
    ])
      expect(names.some((name) => form.test(name))).toBe(true);
  });
});

describe('the hard states', () => {
  it('count: 10,000 conversations, and a chat of 100,000 messages', () => {
    expect(pastOf('many-chats')).toHaveLength(10_000);
    expect(Math.max(...pastOf('long-chat').map(({ lines }) => lines.length))).toBe(100_000);
  });

  it('are failures with different advice, and one that is unknown', () => {
    const last = pastOf('failures').flatMap(({ lines }) => lines.at(-1) ?? []);
    const states = last.map((line) => deliveryOf(line));
    expect(states.filter((state) => statusOf(state) === 'UNKNOWN')).toHaveLength(1);
    const failed = states.filter((state) => statusOf(state) === 'FAILED');
    const advice = failed.flatMap(({ failure }) => (failure ? adviceFor(failure).advice : []));
    expect(failed.length).toBeGreaterThan(7);
    expect(new Set(advice).size).toBe(failed.length);
  });

  it('are windows that close in minutes, are closed, and never opened', () => {
    const inbound = pastOf('closed-window').map(({ lines, refusedAt = null }) =>
      serviceWindowAt(
        { lastInboundAt: lines.findLast(({ from }) => from === 'customer')?.at ?? null, refusedAt },
        now,
      ),
    );
    const states = inbound.map(({ state }) => state);
    expect(states).toEqual(expect.arrayContaining(['OPEN', 'CLOSED', 'UNKNOWN']));
    const open = inbound.filter(({ state }) => state === 'OPEN');
    const leftMs = open.map(({ expiresAt }) => (expiresAt ?? now) - now);
    expect(Math.min(...leftMs)).toBeLessThan(5 * 60_000);
  });
});

describe('a scene that is laid', () => {
  let directory: TempDirectory;
  let printed = '';
  const past: readonly PastChat[] = [
    {
      person: { phoneNumber: '447700900123', name: 'Tom Aldridge' },
      unread: 2,
      lines: [
        { from: 'customer', at: now - 9_000, content: text('Hello') },
        { from: 'business', at: now - 8_000, content: text('Hello Tom'), quotes: 0 },
        { from: 'customer', at: now - 7_000, content: text('Where are the zebra stools?') },
        { from: 'customer', at: now - 7_000, content: { type: 'REACTION', emoji: '👍', to: 1 } },
        { from: 'customer', at: now - 7_000, content: text('Well?') },
      ],
    },
  ];
  const set = (name: string, isLaidAnew = false) =>
    setScene({
      ...{ directory: directory.path, name, business },
      scene: { about: '', past: () => past, isLaidAnew },
      print: (line) => void (printed += line),
    });

  beforeEach(async () => {
    directory = await createTempDirectory();
    printed = '';
  });
  afterEach(() => directory.remove());

  it('is what a server that was there would have', async () => {
    expect(await set('small')).toEqual({ isFirst: true });
    expect(printed).toContain('1 chats, 5 messages');
    const app = await startTestApp({
      config: { store: { kind: 'embedded', directory: directory.path } },
    });
    const { data } = await ask(
      app.url,
      `{
      conversations(first: 5) { totalUnread nodes { unreadCount contact { displayName } lastMessage { text } } }
      messages(phoneNumber: "447700900123", last: 9) { nodes { text replyTo { text } reactions { emoji } } }
      found: messages(search: "zebra", last: 9) { nodes { text } }
    }`,
    );
    expect(data).toMatchObject({
      conversations: {
        totalUnread: 2,
        nodes: [
          {
            unreadCount: 2,
            contact: { displayName: 'Tom Aldridge' },
            lastMessage: { text: 'Well?' },
          },
        ],
      },
      found: { nodes: [{ text: 'Where are the zebra stools?' }] },
    });
    expect(JSON.stringify(data)).toContain(
      '"replyTo":{"text":"Hello"},"reactions":[{"emoji":"👍"}]',
    );
    await app.close();
  });

  it('is known to the phones', async () => {
    await set('small');
    const state = loadState(stateFileIn(directory.path), silentLog);
    expect(state?.customers.map(({ name }) => name)).toEqual(['Tom Aldridge']);
    expect(state?.chats[0]?.[1].map(({ direction }) => direction)).toEqual([
      ...['fromCustomer', 'fromBusiness', 'fromCustomer', 'fromCustomer'],
    ]);
  });

  it('is laid once, and each time where its times pass', async () => {
    await set('small');
    expect(await set('small')).toEqual({ isFirst: false });
    printed = '';
    expect(await set('small', true)).toEqual({ isFirst: true });
    expect(printed).toContain('Setting the scene');
  });

  it('is laid anew when it was broken off', async () => {
    await set('small');
    writeFileSync(
      join(directory.path, 'scene.json'),
      JSON.stringify({ scene: 'small', isWhole: false }),
    );
    expect(await set('small')).toEqual({ isFirst: true });
  });

  it.each(['scene.json', 'inbox.db', 'notes.txt'])(
    'touches nothing of others: %s',
    async (name) => {
      const theirs = join(directory.path, name);
      writeFileSync(theirs, '{}');
      expect(await set('small', true)).toHaveProperty(
        'problem',
        expect.stringContaining('something else'),
      );
      expect(existsSync(theirs)).toBe(true);
    },
  );
});
