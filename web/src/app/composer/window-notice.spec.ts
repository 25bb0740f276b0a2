import { at, noon } from '../../testing/people';
import { windowNotice } from './window-notice';

const minute = 60_000;
const open = (leftMs: number) =>
  ({ state: 'OPEN', openedAt: null, expiresAt: at(leftMs) }) as const;

describe('windowNotice', () => {
  it('says nothing while there is time or nothing is known', () => {
    expect(windowNotice(open(5 * 60 * minute), noon)).toBeNull();
    expect(windowNotice({ state: 'UNKNOWN', openedAt: null, expiresAt: null }, noon)).toBeNull();
  });

  it('tells the time that is left when it gets short', () => {
    expect(windowNotice(open(43 * minute), noon)).toMatchObject({
      tone: 'closing',
      title: '43 min left to answer',
    });
  });

  it('closes by the clock without waiting for the server', () => {
    expect(windowNotice(open(1), noon)?.tone).toBe('closing');
    expect(windowNotice(open(0), noon)?.tone).toBe('closed');
  });

  it('is closed when the server says so, whatever the time', () => {
    const closed = { state: 'CLOSED', openedAt: null, expiresAt: at(60 * minute) } as const;
    expect(windowNotice(closed, noon)?.tone).toBe('closed');
    expect(windowNotice({ ...closed, expiresAt: null }, noon)?.tone).toBe('closed');
  });
});
