import { hourMs, minuteMs } from '../clock.ts';
import { trustedId } from '../ids.ts';
import { queued } from '../messages/delivery-status.ts';
import { ownFailure } from '../messages/own-failure.ts';
import type { ClaimedSend } from '../storage/store.ts';
import type { SendOutcome } from '../whatsapp/whatsapp.ts';
import { prepare, settlementOf } from './attempt.ts';

const now = Date.UTC(2026, 10, 23, 9);
const id = trustedId('msg', 'msg_01JD0000000000000000000001');
const claim: ClaimedSend = {
  message: {
    id,
    conversationId: trustedId('cnv', 'cnv_01JD0000000000000000000001'),
    phoneNumberId: '331190077250416',
    wamid: null,
    direction: 'OUTBOUND',
    content: { type: 'TEXT', body: 'Hello' },
    timestamp: now,
    receivedAt: now,
    delivery: { ...queued, stage: 'SENDING', attempt: 1 },
    clientMessageId: null,
    replyToWamid: 'wamid.theirs',
    isSeen: false,
  },
  recipient: { phoneNumber: '15555550142', userId: 'US.1', username: null, profileName: null },
  window: { lastInboundAt: now - hourMs, refusedAt: null },
  attempt: 1,
  giveUpAt: now + 24 * hourMs,
  refusals: 0,
};
const nobody = { phoneNumber: null, userId: null, username: 'kiri.w', profileName: 'Kiri Walker' };

describe('prepare', () => {
  it('makes the message that goes to WhatsApp, by number where there is one', () => {
    expect(prepare(claim, now)).toEqual({
      kind: 'send',
      message: {
        phoneNumberId: '331190077250416',
        recipient: { phoneNumber: '15555550142' },
        content: { type: 'TEXT', body: 'Hello' },
        replyToWamid: 'wamid.theirs',
        callbackData: id,
      },
    });
  });

  it('addresses by user id where no number is known', () => {
    const recipient = { ...nobody, userId: 'US.1' };
    expect(prepare({ ...claim, recipient }, now)).toMatchObject({
      message: { recipient: { userId: 'US.1' } },
    });
  });

  it('numbers every attempt after the first', () => {
    expect(prepare({ ...claim, attempt: 3 }, now)).toMatchObject({
      message: { callbackData: `${id}#3` },
    });
  });

  it.each<[string, Partial<ClaimedSend>]>([
    ['Not sent in time', { giveUpAt: now }],
    [
      'The 24-hour window closed before it could be sent',
      { window: { lastInboundAt: now - 24 * hourMs, refusedAt: null } },
    ],
    [
      'The 24-hour window closed before it could be sent',
      { window: { lastInboundAt: null, refusedAt: now - hourMs } },
    ],
    ['No phone number or user id of this person is known', { recipient: nobody }],
    [
      'This kind of message cannot be sent',
      { message: { ...claim.message, content: { type: 'SYSTEM', kind: 'x', body: 'x' } } },
    ],
  ])('refuses by itself: %s', (title, changed) => {
    expect(prepare({ ...claim, ...changed }, now)).toMatchObject({
      kind: 'fail',
      failure: { title },
    });
  });

  it('lets a message through to somebody who has never written', () => {
    const window = { lastInboundAt: null, refusedAt: null };
    expect(prepare({ ...claim, window }, now).kind).toBe('send');
  });
});

describe('settlementOf', () => {
  const settle = (outcome: SendOutcome, changed: Partial<ClaimedSend> = {}) =>
    settlementOf({ ...claim, ...changed }, outcome, { now, random: () => 0.5 });
  const refused = (code: number, retryAfterMs: number | null = null): SendOutcome => ({
    kind: 'REFUSED',
    failure: { code, title: 'No', details: null },
    retryAfterMs,
  });

  it('keeps the wamid of an acceptance', () => {
    expect(settle({ kind: 'ACCEPTED', wamid: 'wamid.1' })).toEqual({
      kind: 'ACCEPTED',
      at: now,
      wamid: 'wamid.1',
    });
  });

  it('does not believe an acceptance without a wamid', () => {
    expect(settle({ kind: 'ACCEPTED', wamid: null }).kind).toBe('UNKNOWN');
  });

  it('leaves an unknown outcome unknown', () => {
    const failure = ownFailure('outcome-unknown', 'No answer within 15 s.');
    expect(settle({ kind: 'UNKNOWN', failure })).toEqual({ kind: 'UNKNOWN', at: now, failure });
  });

  it('tries again what passes', () => {
    expect(settle(refused(2), { refusals: 2 })).toMatchObject({
      kind: 'RETRY',
      dueAt: now + 2_000,
    });
  });

  it('fails what does not pass, and codes that nobody knows', () => {
    expect(settle(refused(131026)).kind).toBe('FAILED');
    expect(settle(refused(139999)).kind).toBe('FAILED');
  });

  it('puts a message back without blame when the token is refused', () => {
    expect(settle(refused(190))).toMatchObject({ kind: 'RELEASE', dueAt: now });
    const failure = ownFailure('no-token');
    expect(settle({ kind: 'REFUSED', failure, retryAfterMs: null }).kind).toBe('RELEASE');
  });

  it('fails at once where the next try would come too late, and says what the last answer was', () => {
    const giveUpAt = now + minuteMs;
    expect(settle(refused(130429, 2 * minuteMs), { giveUpAt })).toEqual({
      kind: 'FAILED',
      at: now,
      failure: {
        code: null,
        title: 'Not sent in time',
        details:
          'The last answer was: Too many messages at once from this business number (130429).',
      },
    });
  });
});
