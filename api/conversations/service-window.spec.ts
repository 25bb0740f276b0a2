import { hourMs } from '../clock.ts';
import { serviceWindowAt } from './service-window.ts';

const inbound = Date.UTC(2026, 10, 23, 9);
const dayLater = inbound + 24 * hourMs;

describe('serviceWindowAt', () => {
  it('is open for 24 hours from the last inbound message', () => {
    const facts = { lastInboundAt: inbound, refusedAt: null };
    const window = { openedAt: inbound, expiresAt: dayLater };
    expect(serviceWindowAt(facts, inbound)).toEqual({ state: 'OPEN', ...window });
    expect(serviceWindowAt(facts, dayLater - 1)).toEqual({ state: 'OPEN', ...window });
    expect(serviceWindowAt(facts, dayLater)).toEqual({ state: 'CLOSED', ...window });
  });

  it('is open for a message whose time lies ahead of our clock', () => {
    expect(
      serviceWindowAt({ lastInboundAt: inbound, refusedAt: null }, inbound - 5_000).state,
    ).toBe('OPEN');
  });

  it('is unknown where the customer has never written', () => {
    const facts = { lastInboundAt: null, refusedAt: null };
    expect(serviceWindowAt(facts, inbound)).toEqual({
      state: 'UNKNOWN',
      openedAt: null,
      expiresAt: null,
    });
  });

  it('is closed once WhatsApp has refused a message for it', () => {
    expect(serviceWindowAt({ lastInboundAt: null, refusedAt: inbound }, inbound).state).toBe(
      'CLOSED',
    );
    const refusedAt = inbound + hourMs;
    expect(serviceWindowAt({ lastInboundAt: inbound, refusedAt }, refusedAt)).toEqual({
      state: 'CLOSED',
      openedAt: inbound,
      expiresAt: refusedAt,
    });
  });

  it('does not move its end when the refusal came after it', () => {
    const facts = { lastInboundAt: inbound, refusedAt: dayLater + hourMs };
    expect(serviceWindowAt(facts, dayLater + hourMs).expiresAt).toBe(dayLater);
  });

  it('opens again when the customer writes after the refusal', () => {
    const facts = { lastInboundAt: inbound, refusedAt: inbound - hourMs };
    expect(serviceWindowAt(facts, inbound)).toEqual({
      state: 'OPEN',
      openedAt: inbound,
      expiresAt: dayLater,
    });
  });
});
