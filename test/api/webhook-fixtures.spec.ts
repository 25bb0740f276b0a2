import { displayNameOf } from '../../api/contacts/contact.ts';
import { serviceWindowAt } from '../../api/conversations/service-window.ts';
import { statusOf } from '../../api/messages/delivery-status.ts';
import { startTestIngest } from '../kit/test-ingest.ts';
import type { TestIngest } from '../kit/test-ingest.ts';
import { webhookFixture, webhookFixtureNames } from '../kit/webhook-bodies.ts';
import { inboundFixtures } from './webhook-inbound-fixtures.ts';

const statuses = [
  'status-sent',
  'status-sent-v23',
  'status-delivered',
  'status-read',
  'status-failed',
];
const keptOnly = [
  'errors-value',
  'field-account-update',
  'field-message-template-quality-update',
  'field-message-template-status-update',
  'field-phone-number-quality-update',
  'field-user-preferences',
];

let test: TestIngest;
beforeEach(async () => {
  test = await startTestIngest();
});
afterEach(() => test.close());

it('there is a test for each body', () => {
  const others = ['batch-mixed', 'field-smb-message-echoes'];
  const tested = [...Object.keys(inboundFixtures), ...statuses, ...keptOnly, ...others];
  expect(tested.sort()).toEqual(webhookFixtureNames().sort());
});

describe.each(Object.entries(inboundFixtures))('the body %s', (name, expected) => {
  const isQuiet = 'isQuiet' in expected;

  it('becomes exactly one message of the right person', async () => {
    const receipt = await test.deliver(webhookFixture(name));
    expect(receipt).toMatchObject({ status: 200, entry: { state: 'DONE' } });

    const messages = await test.messages();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      direction: 'INBOUND',
      content: expected.content,
      timestamp: Date.parse(expected.at),
      receivedAt: test.clock.now(),
      replyToWamid: 'quotes' in expected ? expected.quotes : null,
      phoneNumberId: '331190077250416',
      isSeen: false,
    });
    const [conversation, ...others] = await test.conversations();
    expect(others).toEqual([]);
    expect(conversation).toMatchObject({
      id: messages[0]?.conversationId,
      phoneNumberId: '331190077250416',
      contact: { phoneNumber: expected.who.phoneNumber, userId: expected.who.userId },
      lastMessageId: messages[0]?.id,
      unreadCount: isQuiet ? 0 : 1,
    });
    expect(conversation && displayNameOf(conversation.contact)).toBe(expected.who.name);
  });

  it(isQuiet ? 'does not open the window' : 'opens the window for a day', async () => {
    await test.deliver(webhookFixture(name));
    const [conversation] = await test.conversations();
    const at = Date.parse(expected.at);
    const window = serviceWindowAt(conversation!.window, at);
    expect(window.state).toBe(isQuiet ? 'UNKNOWN' : 'OPEN');
    expect(window.openedAt).toBe(isQuiet ? null : at);
  });

  it('changes nothing when it comes again', async () => {
    await test.deliver(webhookFixture(name));
    const before = [
      await test.messages(),
      await test.conversations(),
      await test.store.changes.head(),
    ];
    test.clock.advance(60_000);
    expect(await test.deliver(webhookFixture(name))).toMatchObject({
      status: 200,
      entry: { state: 'DONE', verdicts: [{ result: 'REPEATED' }] },
    });
    expect([
      await test.messages(),
      await test.conversations(),
      await test.store.changes.head(),
    ]).toEqual(before);
  });
});

describe.each(keptOnly)('the body %s', (name) => {
  it('is acknowledged and left alone', async () => {
    const body = webhookFixture(name);
    const receipt = await test.deliver(body);
    expect(receipt).toMatchObject({
      status: 200,
      entry: { state: 'DONE', verdicts: [{ result: 'KEPT' }] },
    });
    expect(await test.conversations()).toEqual([]);
    const [entry] = await test.store.journal.list({ limit: 10 });
    expect((await test.store.journal.get(entry!.id))?.body.equals(body)).toBe(true);
  });
});

describe.each(statuses)('the body %s', (name) => {
  it('waits for its message, and makes no chat of its own', async () => {
    expect(await test.deliver(webhookFixture(name))).toMatchObject({
      status: 200,
      entry: { state: 'DONE', verdicts: [{ result: 'HELD' }] },
    });
    expect(await test.messages()).toEqual([]);
    expect(await test.conversations()).toEqual([]);
  });
});

describe('the body field-smb-message-echoes', () => {
  it('becomes a message of ours, to the customer', async () => {
    await test.deliver(webhookFixture('field-smb-message-echoes'));
    const [message, ...others] = await test.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      direction: 'OUTBOUND',
      content: { type: 'TEXT', body: 'Sent from the phone app: see you at noon' },
      timestamp: Date.parse('2026-11-20T00:50:50.000Z'),
    });
    expect(message && statusOf(message.delivery)).toBe('SENT');
    const [conversation] = await test.conversations();
    expect(conversation).toMatchObject({
      contact: { phoneNumber: '15555550142', userId: 'US.40718829915530267781' },
      unreadCount: 0,
    });
    expect(serviceWindowAt(conversation!.window, test.clock.now()).state).toBe('UNKNOWN');
  });
});

describe('the body batch-mixed', () => {
  it('gives each message once, each chat its number, and each status its message', async () => {
    const receipt = await test.deliver(webhookFixture('batch-mixed'));
    expect(receipt).toMatchObject({ status: 200, entry: { state: 'DONE' } });
    const results =
      receipt.status === 200 ? receipt.entry.verdicts.map(({ result }) => result) : [];
    expect(results).toEqual([
      'HELD',
      'HELD',
      'APPLIED',
      'APPLIED',
      'APPLIED',
      'HELD',
      'APPLIED',
      'KEPT',
      'REPEATED',
      'HELD',
      'HELD',
    ]);

    const lines = (await test.messages()).map(({ phoneNumberId, content, timestamp }) => [
      phoneNumberId,
      new Date(timestamp).toISOString().slice(11, 19),
      content.type === 'TEXT' ? content.body : content.type,
    ]);
    expect(lines).toEqual([
      ['331190077250416', '00:33:20', 'Hello again'],
      ['331190077250416', '00:33:25', 'Merci beaucoup !'],
      ['331190077250416', '00:33:30', 'And one more thing'],
      ['442201188361527', '00:33:50', 'IMAGE'],
    ]);

    const chats = (await test.conversations()).map(({ contact, phoneNumberId, unreadCount }) => [
      displayNameOf(contact),
      phoneNumberId,
      unreadCount,
    ]);
    expect(chats).toEqual([
      ['Amara Okafor', '442201188361527', 1],
      ['Tom Aldridge', '331190077250416', 2],
      ['Léa Fontaine', '331190077250416', 1],
    ]);
  });
});
