import { aMessage } from '../../testing/people';
import { isHealthSign } from './health-sign';
import type { LiveEvent } from './live-updates';

const health = (pausedReason: string | null) => ({
  configured: true,
  missingSettings: [],
  warnings: [],
  version: '0.1.0',
  outbox: { pausedReason },
});
const event = (
  change: Parameters<typeof aMessage>[1],
  type: LiveEvent['type'] = 'MESSAGE_UPDATED',
): LiveEvent => ({ cursor: '1', type, message: aMessage(1, change), conversation: null });

describe('isHealthSign', () => {
  it.each(['QUEUED', 'FAILED', 'UNKNOWN'] as const)('is a message of ours that is %s', (status) => {
    expect(isHealthSign(event({ direction: 'OUTBOUND', status }), health(null))).toBe(true);
    expect(isHealthSign(event({ direction: 'OUTBOUND', status }), null)).toBe(true);
  });

  it('is none while all goes its way', () => {
    const queued = event({ direction: 'OUTBOUND', status: 'QUEUED' }, 'MESSAGE_ADDED');
    expect(isHealthSign(queued, null)).toBe(false);
    for (const status of ['SENDING', 'SENT', 'DELIVERED', 'READ'] as const) {
      expect(isHealthSign(event({ direction: 'OUTBOUND', status }), health(null))).toBe(false);
    }
    expect(isHealthSign(event({}), health('rejected'))).toBe(false);
  });

  it('is one that went out while sending was paused', () => {
    const sent = event({ direction: 'OUTBOUND', status: 'SENT' });
    expect(isHealthSign(sent, health('rejected'))).toBe(true);
  });
});
