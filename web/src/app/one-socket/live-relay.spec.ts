import { Subject } from 'rxjs';
import { aMessage } from '../../testing/people';
import type { LiveEvent } from '../connection/live-updates';
import type { Leadership } from './leadership';
import { LiveRelay } from './live-relay';
import type { Note } from './notes';

function event(n: number, type: LiveEvent['type'] = 'MESSAGE_ADDED'): LiveEvent {
  return { cursor: String(n), type, message: aMessage(n), conversation: null };
}

/** A browser: its lock, its channel, and a server whose log is counted. */
class Browser {
  readonly pages: Page[] = [];
  log = 0;

  post(from: Page, note: Note): void {
    for (const page of this.pages) if (page !== from && !page.isFrozen) page.heard.next(note);
  }

  /** The server has new events. */
  happen(count = 1): void {
    for (let n = 0; n < count; n += 1) {
      this.log += 1;
      for (const page of this.pages) if (page.isAccepted) page.stream?.next(event(this.log));
    }
  }

  /** The lock goes to the page that has waited longest. */
  handOver(): void {
    const next = this.pages.find(({ isWaiting }) => isWaiting);
    if (this.pages.some((page) => page.leads.value)) return;
    next?.lead(true);
  }
}

class Leads extends Subject<boolean> {
  value = false;
}

/** A page as far as the relay sees it, and what it has received. */
class Page {
  readonly heard = new Subject<Note>();
  readonly socket = new Subject<void>();
  readonly leads = new Leads();
  readonly relay: LiveRelay;
  readonly got: string[] = [];
  readonly beginnings: string[] = [];
  stream: Subject<LiveEvent> | null = null;
  openedAfter: (string | null)[] = [];
  isAccepted = false;
  isWaiting = false;
  isFrozen = false;
  isVisible = true;
  connections = 0;
  wakes = 0;
  failures = 0;
  place: string | null = null;
  private readonly browser: Browser;

  constructor(browser: Browser) {
    this.browser = browser;
    const leadership: Leadership = {
      isOurs: () => this.leads.value,
      changes: this.leads,
      wait: () => {
        this.isWaiting = true;
        browser.handOver();
      },
      seize: () => {
        for (const page of browser.pages) if (page !== this) page.lead(false);
        this.lead(true);
      },
      rest: () => {
        this.isWaiting = false;
        this.lead(false);
      },
    };
    this.relay = new LiveRelay({
      direct: {
        open: (after) => this.connect(after),
        connections: this.socket,
        rest: () => undefined,
      },
      notes: {
        heard: this.heard,
        post: (note) => {
          browser.post(this, note);
        },
      },
      leadership,
      id: `page ${String(browser.pages.length)}`,
      isVisible: () => this.isVisible,
      wake: () => {
        this.wakes += 1;
      },
    });
    this.relay.connections.subscribe(() => {
      this.connections += 1;
    });
    browser.pages.push(this);
  }

  listen(after: string | null = this.place): void {
    this.place = after;
    this.relay.open(after).subscribe({
      next: ({ cursor, type }) => {
        this.place = cursor;
        if (type === 'READY' || type === 'RESYNC') this.beginnings.push(`${type} ${cursor}`);
        else this.got.push(cursor);
      },
      error: () => {
        this.failures += 1;
      },
    });
  }

  lead(isOurs: boolean): void {
    if (isOurs === this.leads.value) return;
    this.leads.value = isOurs;
    this.leads.next(isOurs);
  }

  /** The server takes the connection, and tells what came since. */
  accept(): void {
    this.isAccepted = true;
    this.socket.next();
    const after = this.openedAfter.at(-1) ?? null;
    if (after === null) this.stream?.next(event(this.browser.log, 'READY'));
    for (let n = Number(after ?? this.browser.log) + 1; n <= this.browser.log; n += 1) {
      this.stream?.next(event(n));
    }
  }

  loseSocket(): void {
    const { stream } = this;
    this.stream = null;
    stream?.error(new Error('Socket closed'));
  }

  /** Without a word to anybody. */
  close(): void {
    this.browser.pages.splice(this.browser.pages.indexOf(this), 1);
    this.leads.value = false;
    this.browser.handOver();
  }

  private connect(after: string | null): Subject<LiveEvent> {
    const stream = new Subject<LiveEvent>();
    this.isAccepted = false;
    this.openedAfter.push(after);
    this.stream = stream;
    return stream;
  }
}

describe('LiveRelay', () => {
  let browser: Browser;

  beforeEach(() => {
    jest.useFakeTimers();
    browser = new Browser();
    browser.log = 100;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function pageWith(after: string | null = null): Page {
    const page = new Page(browser);
    page.listen(after);
    if (page.leads.value) page.accept();
    return page;
  }
  const connected = (page: Page) => page.openedAfter.length > 0;

  it('connects once for all pages, and each has each event once and in order', () => {
    const pages = [pageWith(), pageWith(), pageWith()];
    expect(pages.map(connected)).toEqual([true, false, false]);
    expect(pages.map(({ beginnings }) => beginnings)).toEqual([
      ['READY 100'],
      ['READY 100'],
      ['READY 100'],
    ]);
    expect(pages.map(({ connections }) => connections)).toEqual([1, 1, 1]);
    browser.happen(3);
    expect(pages.map(({ got }) => got)).toEqual(Array(3).fill(['101', '102', '103']));
  });

  it('gives a page that goes on from a known place what followed it', () => {
    pageWith();
    browser.happen(3);
    const page = pageWith('101');
    expect(page).toMatchObject({ got: ['102', '103'], beginnings: [], connections: 1 });
  });

  it('has a page begin anew whose place is not known', () => {
    pageWith();
    browser.happen(3);
    expect(pageWith('7')).toMatchObject({ got: [], beginnings: ['RESYNC 103'] });
  });

  it('goes on with another page when the one that leads is gone, without gap or repeat', () => {
    const [leader, next, third] = [pageWith(), pageWith(), pageWith()];
    browser.happen(2);
    leader.close();
    browser.happen(2);
    next.accept();
    browser.happen(1);
    expect(next.openedAfter).toEqual(['102']);
    for (const page of [next, third]) {
      expect(page).toMatchObject({ got: ['101', '102', '103', '104', '105'], failures: 0 });
    }
  });

  it('passes over what it has had when the page that leads now is further back', () => {
    const [leader, behind, ahead] = [pageWith(), pageWith(), pageWith()];
    behind.isFrozen = true;
    browser.happen(2);
    behind.isFrozen = false;
    leader.close();
    expect(behind.openedAfter).toEqual(['100']);
    behind.accept();
    browser.happen(1);
    for (const page of [behind, ahead]) expect(page.got).toEqual(['101', '102', '103']);
  });

  it('asks for what it has missed', () => {
    const [, asleep] = [pageWith(), pageWith()];
    asleep.isFrozen = true;
    browser.happen(2);
    asleep.isFrozen = false;
    jest.advanceTimersByTime(1_000);
    browser.happen(1);
    expect(asleep).toMatchObject({ got: ['101', '102', '103'], beginnings: ['READY 100'] });
  });

  it('tells the others when the connection is lost and when it is back', () => {
    const [leader, other] = [pageWith(), pageWith()];
    leader.loseSocket();
    expect([leader, other].map(({ failures }) => failures)).toEqual([1, 1]);
    other.listen();
    expect(other.connections).toBe(1);
    expect(leader.wakes).toBe(1);
    browser.happen(2);
    leader.listen();
    leader.accept();
    expect(other).toMatchObject({ got: ['101', '102'], connections: 2 });
  });

  it('tells the others of a new leader that comes to no connection', () => {
    const [leader, next, third] = [pageWith(), pageWith(), pageWith()];
    leader.close();
    expect(third.failures).toBe(0);
    // The server does not take it.
    next.loseSocket();
    expect([next, third].map(({ failures }) => failures)).toEqual([1, 1]);
    next.listen();
    third.listen();
    next.accept();
    browser.happen(1);
    for (const page of [next, third]) expect(page.got).toEqual(['101']);
  });

  it('wakes a page that waits to try again as soon as the connection is back', () => {
    const [leader, other] = [pageWith(), pageWith()];
    leader.loseSocket();
    leader.listen();
    leader.accept();
    expect(other.wakes).toBe(1);
  });

  it('has all pages begin anew when the log no longer reaches back', () => {
    const [leader, other] = [pageWith(), pageWith()];
    leader.stream?.next(event(500, 'RESYNC'));
    leader.stream?.next(event(501));
    for (const page of [leader, other]) {
      expect(page).toMatchObject({ beginnings: ['READY 100', 'RESYNC 500'], got: ['501'] });
    }
  });

  it('takes the lead from a page that is frozen, if a person can see it', () => {
    const [leader, hidden, seen] = [pageWith(), pageWith(), pageWith()];
    hidden.isVisible = false;
    leader.isFrozen = true;
    jest.advanceTimersByTime(15_000);
    expect([leader, hidden, seen].map(({ leads }) => leads.value)).toEqual([false, false, true]);
    seen.accept();
    browser.happen(1);
    expect(hidden.got).toEqual(['101']);
  });

  it('leaves a page in the lead that answers', () => {
    const [leader, other] = [pageWith(), pageWith()];
    jest.advanceTimersByTime(120_000);
    expect([leader, other].map(({ leads }) => leads.value)).toEqual([true, false]);
  });

  it('follows after the lead was taken from it', () => {
    const [leader, other] = [pageWith(), pageWith()];
    leader.isFrozen = true;
    jest.advanceTimersByTime(15_000);
    other.accept();
    browser.happen(2);
    leader.isFrozen = false;
    jest.advanceTimersByTime(1_000);
    browser.happen(1);
    expect(new Set(leader.got)).toEqual(new Set(['101', '102', '103']));
    expect(leader.stream?.observed).toBe(false);
  });
});
