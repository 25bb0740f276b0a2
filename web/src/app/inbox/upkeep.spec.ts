import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aMessage } from '../../testing/people';
import { eventually, settled } from '../../testing/settled';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../composer/send-queue';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { ServerHealth } from '../connection/server-health';
import { LocalStore } from '../ui/local-store';
import { Upkeep } from './upkeep';

describe('Upkeep', () => {
  let answers: Answers;
  let streams: Subject<LiveEvent>[];
  let live: LiveUpdates;
  let queue: SendQueue;
  let sent: number;
  let upkeep: Upkeep;

  beforeEach(() => {
    localStorage.clear();
    streams = [];
    sent = 0;
    answers = new Answers().on('ServerHealth', () => ({ health: { configured: true } }));
    live = new LiveUpdates({
      open: () => {
        const stream = new Subject<LiveEvent>();
        streams.push(stream);
        return stream;
      },
      roundTrip: () => Promise.resolve(),
    });
    queue = new SendQueue({
      send: () => {
        sent += 1;
        return Promise.resolve({ kind: 'no-answer' });
      },
      store: new LocalStore(),
      newId: () => 'mine',
      now: () => 0,
    });
    TestBed.configureTestingModule({
      providers: [
        answers.provide(),
        provideRouter([]),
        { provide: LocalStore, useFactory: () => new LocalStore() },
        { provide: LiveUpdates, useValue: live },
        { provide: SendQueue, useValue: queue },
      ],
    });
    upkeep = TestBed.inject(Upkeep);
    upkeep.start();
  });
  afterEach(() => {
    upkeep.stop();
    queue.discard('mine');
  });

  it('asks for the health of the server at the start and with each connection', async () => {
    await eventually(() => {
      expect(TestBed.inject(ServerHealth).health()?.configured).toBe(true);
    });
    live.connected();
    await eventually(() => {
      expect(answers.askedOf('ServerHealth')).toHaveLength(2);
    });
  });

  it('takes a message that comes in for the confirmation of what was sent', async () => {
    queue.add('cnv_1', 'hello');
    await settled();
    const message = aMessage(1, { direction: 'OUTBOUND', clientMessageId: 'mine' });
    streams[0]?.next({ cursor: '1', type: 'MESSAGE_ADDED', message, conversation: null });
    expect(queue.items()).toEqual([]);
  });

  it('sends what waits as soon as the network or a person is back', async () => {
    queue.add('cnv_1', 'hello');
    await settled();
    expect(sent).toBe(1);
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(sent).toBe(2);
    window.dispatchEvent(new Event('focus'));
    await settled();
    expect(sent).toBe(3);
  });

  it('connects at once when the network is back', async () => {
    streams[0]?.error(new Error('lost'));
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(streams).toHaveLength(2);
  });

  it('leaves nothing behind on signing out', async () => {
    const drafts = TestBed.inject(Drafts);
    drafts.keep('cnv_1', 'secret');
    queue.add('cnv_1', 'hello');
    await upkeep.forget();
    expect(drafts.of('cnv_1')).toBe('');
    expect(queue.items()).toEqual([]);
    expect(new LocalStore().keys()).toEqual([]);
    expect(live.state()).toBe('connecting');
  });
});
