import type { MessageStatus } from '../graphql/graphql';
import { tickOf } from './tick-of';

const outbound = (status: MessageStatus) => tickOf({ direction: 'OUTBOUND', status });

describe('tickOf', () => {
  it('has none for what the customer wrote', () => {
    expect(tickOf({ direction: 'INBOUND', status: 'RECEIVED' })).toBeNull();
  });

  it('shows a clock until WhatsApp has the message', () => {
    expect(outbound('QUEUED')?.icon).toBe('clock');
    expect(outbound('SENDING')?.icon).toBe('clock');
  });

  it('rises from one tick to two to two blue ones', () => {
    expect(outbound('SENT')).toMatchObject({ icon: 'check', tone: 'quiet', label: 'Sent' });
    expect(outbound('DELIVERED')).toMatchObject({ icon: 'double-check', tone: 'quiet' });
    expect(outbound('READ')).toMatchObject({ icon: 'double-check', tone: 'read', label: 'Read' });
  });

  it('tells failed from not known', () => {
    expect(outbound('FAILED')).toMatchObject({ icon: 'failed', tone: 'failed' });
    expect(outbound('UNKNOWN')).toMatchObject({ icon: 'question', tone: 'doubtful' });
  });
});
