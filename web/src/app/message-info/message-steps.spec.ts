import { at } from '../../testing/people';
import { stepsOf } from './message-steps';
import type { MessageDetails } from './message-steps';

const details = (change: Partial<MessageDetails>): MessageDetails => ({
  id: 'msg_1',
  wamid: null,
  clientMessageId: null,
  direction: 'OUTBOUND',
  status: 'QUEUED',
  timestamp: at(0),
  receivedAt: at(1),
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
  attempts: 0,
  error: null,
  ...change,
});
const told = (change: Partial<MessageDetails>) =>
  stepsOf(details(change)).map(({ name, atMs }) => [
    name,
    atMs === null ? null : new Date(atMs).toISOString(),
  ]);

describe('stepsOf', () => {
  it('tells what has happened and what is to come', () => {
    expect(told({ status: 'DELIVERED', attempts: 1, sentAt: at(5), deliveredAt: at(9) })).toEqual([
      ['Queued', at(0)],
      ['Sent', at(5)],
      ['Delivered', at(9)],
      ['Read', null],
    ]);
    expect(stepsOf(details({})).map(({ isReached }) => isReached)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('ends with the failure, after what came before it', () => {
    expect(told({ status: 'FAILED', attempts: 2, sentAt: at(5), failedAt: at(9) })).toEqual([
      ['Queued', at(0)],
      ['Sent', at(5)],
      ['Failed', at(9)],
    ]);
  });

  it('says that an outcome is not known', () => {
    expect(told({ status: 'UNKNOWN', attempts: 1 })).toEqual([
      ['Queued', at(0)],
      ['Not known whether it was sent', null],
    ]);
  });

  it('knows that one from the phone of the business never waited here', () => {
    expect(told({ status: 'READ', readAt: at(9) })).toEqual([
      ['Sent', at(0)],
      ['Delivered', null],
      ['Read', at(9)],
    ]);
  });

  it('tells when a customer wrote, and when it came', () => {
    expect(told({ direction: 'INBOUND', status: 'RECEIVED' })).toEqual([
      ['Sent by the customer', at(0)],
      ['Received here', at(1)],
    ]);
  });
});
