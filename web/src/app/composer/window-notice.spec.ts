import { at, noon } from '../../testing/people';
import { hasRunOut, windowNotice } from './window-notice';

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
      title: 'This chat closes at 12:43, in 43 mins',
    });
    expect(windowNotice(open(43 * minute), noon + 20 * minute)?.title).toBe(
      'This chat closes at 12:43, in 23 mins',
    );
  });

  it('leaves it to the server to close it, since the clock here may be wrong', () => {
    expect(windowNotice(open(-5 * minute), noon)).toMatchObject({
      tone: 'closing',
      title: 'This chat closes in less than a minute',
    });
  });

  it('is closed when the server says so, whatever the time', () => {
    const closed = { state: 'CLOSED', openedAt: null, expiresAt: at(60 * minute) } as const;
    expect(windowNotice(closed, noon)?.tone).toBe('closed');
    expect(windowNotice({ ...closed, expiresAt: null }, noon)).toMatchObject({
      tone: 'closed',
      title: 'This chat is closed for free messages',
    });
  });

  it('tells since when it is closed', () => {
    const closed = { state: 'CLOSED', openedAt: null, expiresAt: at(-60 * minute) } as const;
    expect(windowNotice(closed, noon)?.title).toBe('Closed for free messages since 11:00');
    expect(windowNotice(closed, noon + 26 * 60 * minute)?.title).toMatch(/since Tuesday/);
    expect(windowNotice(closed, noon + 10 * 24 * 60 * minute)?.title).toMatch(/since 12 May/);
  });
});

describe('hasRunOut', () => {
  it('is time to ask the server once the clock says so', () => {
    expect(hasRunOut(open(1), noon)).toBe(false);
    expect(hasRunOut(open(0), noon)).toBe(true);
  });

  it('is no question when the server has closed it or knows no end', () => {
    expect(hasRunOut({ state: 'CLOSED', openedAt: null, expiresAt: at(-1) }, noon)).toBe(false);
    expect(hasRunOut({ state: 'OPEN', openedAt: null, expiresAt: null }, noon)).toBe(false);
  });
});
