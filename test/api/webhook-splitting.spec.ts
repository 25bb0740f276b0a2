import fc from 'fast-check';
import type { DeliveryElement } from '../../api/webhook/delivery-element.ts';
import { parseDelivery } from '../../api/webhook/payload/delivery.ts';
import { startTestIngest } from '../kit/test-ingest.ts';
import type { TestIngest } from '../kit/test-ingest.ts';
import { homeNumberId, londonNumberId } from '../kit/webhook-bodies.ts';

/** One update, and what of the envelope belongs to it. */
interface Update {
  readonly phoneNumberId: string;
  readonly list: 'messages' | 'statuses' | 'message_echoes';
  readonly contact: unknown;
  readonly item: unknown;
}

/** Where a new list, change, entry or delivery begins: at most one of them before each update. */
type Cut = 'none' | 'change' | 'entry' | 'delivery';

const people = [
  { name: 'Amara Okafor', wa_id: '15555550142', user_id: 'US.40718829915530267781' },
  { name: 'Tom Aldridge', wa_id: '447700900123' },
  { name: 'Kiri Walker', user_id: 'AU.88310274650091827364' },
];
const wamids = Array.from({ length: 12 }, (_, index) => `wamid.${String(index)}`);

const update: fc.Arbitrary<Update> = fc
  .record({
    phoneNumberId: fc.constantFrom(homeNumberId, londonNumberId),
    list: fc.constantFrom('messages', 'messages', 'statuses', 'message_echoes'),
    person: fc.constantFrom(...people),
    id: fc.constantFrom(...wamids),
    second: fc.integer({ min: 1_795_132_800, max: 1_795_132_810 }),
    text: fc.string({ unit: 'binary', maxLength: 20 }),
    type: fc.constantFrom('text', 'text', 'reaction', 'revoke', 'hologram'),
    status: fc.constantFrom('sent', 'delivered', 'read', 'failed', 'warning'),
  })
  .map(({ phoneNumberId, list, person, id, second, text, type, status }): Update => {
    const { name, wa_id, user_id } = person;
    const contact = { profile: { name }, wa_id, user_id };
    const common = { id: `${id}-${list}`, timestamp: String(second) };
    const content = {
      type,
      text: { body: text },
      reaction: { message_id: 'wamid.0-messages', emoji: '👍' },
      revoke: { original_message_id: 'wamid.1-messages' },
    };
    const item = {
      messages: { ...common, from: wa_id, from_user_id: user_id, ...content },
      message_echoes: { ...common, to: wa_id, to_user_id: user_id, ...content },
      statuses: { ...common, status, recipient_id: wa_id, recipient_user_id: user_id },
    }[list];
    return { phoneNumberId, list, contact, item };
  });

const cuts = fc.array(fc.constantFrom<Cut>('none', 'change', 'entry', 'delivery'), {
  minLength: 30,
  maxLength: 30,
});

/** The same updates in the same order, put into lists, changes, entries and deliveries as the cuts say. */
function deliveries(updates: readonly Update[], cutsBefore: readonly Cut[]): Buffer[] {
  const bodies: Update[][][][] = [];
  for (const [index, next] of updates.entries()) {
    const change = bodies.at(-1)?.at(-1)?.at(-1);
    const first = change?.[0];
    const cut = first === undefined ? 'delivery' : (cutsBefore[index] ?? 'none');
    const fits = first?.list === next.list && first.phoneNumberId === next.phoneNumberId;
    if (cut === 'delivery') bodies.push([[[next]]]);
    else if (cut === 'entry') bodies.at(-1)?.push([[next]]);
    else if (cut === 'change' || !fits) bodies.at(-1)?.at(-1)?.push([next]);
    else change?.push(next);
  }
  return bodies.map((entries) =>
    Buffer.from(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: entries.map((changes) => ({
          id: '208813574401927',
          changes: changes.map(toChange),
        })),
      }),
    ),
  );
}

function toChange(updates: readonly Update[]): unknown {
  const [{ phoneNumberId, list }] = updates as [Update];
  return {
    field: list === 'message_echoes' ? 'smb_message_echoes' : 'messages',
    value: {
      metadata: { phone_number_id: phoneNumberId },
      contacts: updates.map(({ contact }) => contact),
      [list]: updates.map(({ item }) => item),
    },
  };
}

function elementsOf(body: Buffer): readonly DeliveryElement[] {
  const parsed = parseDelivery(body, new Set([homeNumberId, londonNumberId]));
  return parsed.kind === 'understood' ? parsed.elements : [];
}

/** Everything in the store but the ids, which follow the time of arrival. */
async function contents(test: TestIngest): Promise<unknown> {
  const messages = await test.messages();
  const wamidOf = new Map(messages.map(({ id, wamid }) => [id, wamid]));
  const chats = await test.conversations();
  const personOf = new Map(
    chats.map(({ id, contact }) => [id, contact.userId ?? contact.phoneNumber]),
  );
  return {
    messages: messages.map(({ conversationId, ...message }) => ({
      ...message,
      id: null,
      person: personOf.get(conversationId),
    })),
    chats: chats.map(({ lastMessageId, contact, ...chat }) => ({
      ...chat,
      id: null,
      contact: { ...contact, id: null },
      lastMessage: lastMessageId === null ? null : wamidOf.get(lastMessageId),
    })),
    unread: await test.store.conversations.totalUnread({}),
  };
}

async function contentsAfter(bodies: readonly Buffer[]): Promise<unknown> {
  const test = await startTestIngest();
  try {
    for (const body of bodies) {
      expect(await test.deliver(body)).toMatchObject({ status: 200 });
    }
    return await contents(test);
  } finally {
    await test.close();
  }
}

const updates = fc.array(update, { minLength: 1, maxLength: 30 });

it('a notification says the same however it is split', () => {
  const withoutPath = (bodies: readonly Buffer[]) =>
    bodies.flatMap(elementsOf).map((element) => ({ ...element, path: null }));
  fc.assert(
    fc.property(updates, cuts, (given, cutsBefore) => {
      const split = withoutPath(deliveries(given, cutsBefore));
      expect(split).toHaveLength(given.length);
      expect(split).toEqual(withoutPath(deliveries(given, [])));
    }),
    { numRuns: 200 },
  );
});

it('the store is the same however a notification is split, and whatever of it comes again', async () => {
  await fc.assert(
    fc.asyncProperty(
      updates,
      cuts,
      fc.array(fc.nat(), { maxLength: 6 }),
      async (given, cutsBefore, again) => {
        const split = deliveries(given, cutsBefore);
        const repeated = again.map((index) => split[index % split.length]!);
        const whole = await contentsAfter(deliveries(given, []));
        expect(await contentsAfter([...split, ...repeated])).toEqual(whole);
        expect(await contentsAfter([split[0]!, ...split])).toEqual(whole);
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);
