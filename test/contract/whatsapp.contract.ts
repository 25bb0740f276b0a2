import type { OutgoingMessage, WhatsApp } from '../../api/whatsapp/whatsapp.ts';
import type { CloudApiStub, StubAnswer } from '../kit/cloud-api-stub.ts';

export interface WhatsAppUnderTest {
  readonly whatsApp: WhatsApp;
  readonly stub: CloudApiStub;
  close(): Promise<void>;
}

const phoneNumberId = '331190077250416';

export const helloToAmara: OutgoingMessage = {
  phoneNumberId,
  recipient: { phoneNumber: '15555550142' },
  content: { type: 'TEXT', body: 'Your order is on its way.' },
  replyToWamid: null,
  callbackData: 'msg_01JD0000000000000000000001',
};

/** What the outbox relies on: each send ends in exactly one outcome, and never in an exception. */
export function whatsAppContract(
  name: string,
  open: (timeoutMs?: number) => Promise<WhatsAppUnderTest>,
): void {
  describe(`WhatsApp by ${name}`, () => {
    let current: WhatsAppUnderTest;
    const send = (message: Partial<OutgoingMessage> = {}) =>
      current.whatsApp.send({ ...helloToAmara, ...message });
    const answer = (given: StubAnswer) => {
      current.stub.answerWith(() => given);
    };
    const sentBody = () => current.stub.requests.at(-1)?.body;

    beforeEach(async () => {
      current = await open();
    });
    afterEach(() => current.close());

    it('sends to a number with + and country code, and gives back the wamid', async () => {
      answer({ kind: 'accept', wamid: 'wamid.one' });
      expect(await send()).toEqual({ kind: 'ACCEPTED', wamid: 'wamid.one' });
      expect(current.stub.requests).toHaveLength(1);
      expect(sentBody()).toEqual({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+15555550142',
        type: 'text',
        text: { body: 'Your order is on its way.', preview_url: false },
        biz_opaque_callback_data: 'msg_01JD0000000000000000000001',
      });
    });

    it('addresses a person without a number by their user id', async () => {
      await send({ recipient: { userId: 'US.13491208655302741918' } });
      expect(sentBody()).toMatchObject({ recipient: 'US.13491208655302741918' });
      expect(sentBody()).not.toHaveProperty('to');
    });

    it('quotes the message replied to, and asks for a preview where there is a link', async () => {
      const body = 'See https://example.com/help 👍';
      await send({ replyToWamid: 'wamid.theirs', content: { type: 'TEXT', body } });
      expect(sentBody()).toMatchObject({
        context: { message_id: 'wamid.theirs' },
        text: { body, preview_url: true },
      });
    });

    it.each([
      [400, 131047],
      [401, 190],
      [401, 0],
      [500, 131000],
      [503, 2],
      [200, 131026],
    ])('takes HTTP %i with code %i for a refusal by that code', async (status, code) => {
      answer({ kind: 'refuse', status, code, message: 'No', details: 'Because.' });
      expect(await send()).toEqual({
        kind: 'REFUSED',
        failure: { code, title: 'No', details: 'Because.' },
        retryAfterMs: null,
      });
    });

    it('knows how long to wait when WhatsApp says so', async () => {
      answer({ kind: 'refuse', code: 130429, headers: { 'retry-after': '120' } });
      expect(await send()).toMatchObject({ kind: 'REFUSED', retryAfterMs: 120_000 });
    });

    it.each<[string, StubAnswer]>([
      ['a 500 without a code', { kind: 'raw', status: 500, body: '' }],
      ['a 502 of a gateway', { kind: 'raw', status: 502, body: '<html>Bad gateway</html>' }],
      ['a 503 with JSON but no code', { kind: 'raw', status: 503, body: '{"error":"busy"}' }],
      ['a 408', { kind: 'raw', status: 408, body: '' }],
      ['a 200 that is not JSON', { kind: 'raw', status: 200, body: 'OK' }],
      ['a 200 without a wamid', { kind: 'raw', status: 200, body: '{"messages":[]}' }],
      ['a 200 with an empty wamid', { kind: 'raw', status: 200, body: '{"messages":[{"id":""}]}' }],
      ['a 200 with null', { kind: 'raw', status: 200, body: 'null' }],
      ['a 204', { kind: 'raw', status: 204, body: '' }],
      ['a connection closed before the answer', { kind: 'reset' }],
      ['a connection closed in the middle of it', { kind: 'reset', midBody: true }],
    ])('does not know the outcome after %s', async (_case, given) => {
      answer(given);
      const outcome = await send();
      expect(outcome).toMatchObject({ kind: 'UNKNOWN', failure: { code: null } });
      expect(current.stub.requests).toHaveLength(1);
    });

    it('does not know the outcome when no answer comes in time', async () => {
      await current.close();
      current = await open(100);
      answer({ kind: 'silence' });
      expect(await send()).toMatchObject({ kind: 'UNKNOWN', failure: { code: null } });
    });

    it('reads no more than a bounded part of an answer', async () => {
      const flood = JSON.stringify({
        messages: [{ id: 'wamid.x' }],
        filler: 'x'.repeat(2_000_000),
      });
      answer({ kind: 'raw', status: 200, body: flood });
      expect(await send()).toMatchObject({ kind: 'UNKNOWN' });
    });

    it('ends a running call as unknown when it is aborted', async () => {
      const stop = new AbortController();
      current.stub.answerWith(() => {
        stop.abort();
        return { kind: 'silence' };
      });
      expect(await current.whatsApp.send(helloToAmara, stop.signal)).toMatchObject({
        kind: 'UNKNOWN',
      });
    });

    it('is certain that nothing was sent where nobody listens', async () => {
      await current.stub.close();
      expect(await send()).toMatchObject({
        kind: 'REFUSED',
        failure: { code: null, title: 'WhatsApp cannot be reached', details: 'ECONNREFUSED.' },
      });
    });

    it('marks an inbound message as read', async () => {
      expect(await current.whatsApp.markRead(phoneNumberId, 'wamid.theirs')).toEqual({
        kind: 'ACCEPTED',
        wamid: null,
      });
      expect(sentBody()).toEqual({
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: 'wamid.theirs',
      });
      answer({ kind: 'raw', status: 200, body: '{"success":false}' });
      expect(await current.whatsApp.markRead(phoneNumberId, 'wamid.theirs')).toMatchObject({
        kind: 'UNKNOWN',
      });
    });

    it('keeps many sends at once apart', async () => {
      current.stub.answerWith(({ body }) => ({
        kind: 'accept',
        wamid: `wamid.of-${String(body['to'])}`,
      }));
      const numbers = Array.from({ length: 40 }, (_, index) => `1555555${1000 + index}`);
      const outcomes = await Promise.all(
        numbers.map((phoneNumber) => send({ recipient: { phoneNumber } })),
      );
      expect(outcomes).toEqual(
        numbers.map((number) => ({ kind: 'ACCEPTED', wamid: `wamid.of-+${number}` })),
      );
    });
  });
}
