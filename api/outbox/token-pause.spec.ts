import { createFakeClock } from '../../test/kit/clock.ts';
import { ownFailure } from '../messages/own-failure.ts';
import type { SendOutcome } from '../whatsapp/whatsapp.ts';
import { createTokenPause } from './token-pause.ts';

const refused = (code: number): SendOutcome => ({
  kind: 'REFUSED',
  failure: { code, title: 'No', details: null },
  retryAfterMs: null,
});
const accepted: SendOutcome = { kind: 'ACCEPTED', wamid: 'wamid.1' };

describe('createTokenPause', () => {
  it('holds nothing back at first', () => {
    const pause = createTokenPause(createFakeClock());
    pause.hurry();
    pause.probed();
    pause.unprobed();
    expect([pause.reason(), pause.room(64), pause.probeDueAt()]).toEqual([null, 64, null]);
  });

  it('lets one probe through each 30 s', () => {
    const clock = createFakeClock();
    const pause = createTokenPause(clock);
    pause.learn(refused(190));
    expect(pause.room(64)).toBe(0);
    clock.advance(29_999);
    expect(pause.room(64)).toBe(0);
    clock.advance(1);
    expect(pause.room(64)).toBe(1);
    expect(pause.room(0)).toBe(0);
    pause.probed();
    expect(pause.room(64)).toBe(0);
    expect(pause.probeDueAt()).toBe(clock.now() + 30_000);
  });

  it('probes sooner in a hurry, at most once a second', () => {
    const clock = createFakeClock();
    const pause = createTokenPause(clock);
    pause.learn(refused(0));
    pause.hurry();
    expect(pause.room(1)).toBe(0);
    clock.advance(1_000);
    expect(pause.room(1)).toBe(1);
    pause.probed();
    pause.hurry();
    pause.hurry();
    expect(pause.room(1)).toBe(0);
  });

  it('probes at once when the clock was set back', () => {
    const clock = createFakeClock();
    const pause = createTokenPause(clock);
    pause.learn(refused(190));
    clock.advance(-3_600_000);
    expect(pause.room(64)).toBe(1);
    pause.probed();
    expect(pause.room(64)).toBe(0);
  });

  it('probes again at once when the one taken said nothing', () => {
    const pause = createTokenPause(createFakeClock());
    pause.learn(refused(190));
    pause.unprobed();
    expect(pause.room(64)).toBe(1);
  });

  it.each([accepted, refused(131026), refused(2)])(
    'ends with an answer that the token reached: %j',
    (outcome) => {
      const pause = createTokenPause(createFakeClock());
      pause.learn(refused(190));
      pause.learn(outcome);
      expect([pause.reason(), pause.room(64)]).toEqual([null, 64]);
    },
  );

  it.each<SendOutcome>([
    { kind: 'UNKNOWN', failure: ownFailure('outcome-unknown') },
    { kind: 'REFUSED', failure: ownFailure('unreachable'), retryAfterMs: null },
    refused(0),
  ])('goes on after an answer that says nothing new: %j', (outcome) => {
    const pause = createTokenPause(createFakeClock());
    pause.learn(refused(190));
    pause.learn(outcome);
    expect(pause.reason()).toContain('WHATSAPP_TOKEN');
  });
});
