import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aConversation, aMessage } from '../../testing/people';
import { eventually, settled } from '../../testing/settled';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { LocalStore } from '../ui/local-store';
import { Chime } from './chime';
import { DesktopNotices } from './desktop-notices';
import { Notifications } from './notifications';
import { QuietChats } from './quiet-chats';

describe('Notifications', () => {
  let open: Subject<LiveEvent>;
  let rung: string[];
  let opening: (() => void) | null;
  let sounds: number;
  let focused: number;
  let catchUp: () => void;

  function start(): Notifications {
    open = new Subject();
    rung = [];
    sounds = 0;
    opening = null;
    let answer: (head: string | null) => void = () => undefined;
    const live = new LiveUpdates({
      open: () => open,
      head: () => new Promise((resolve) => (answer = resolve)),
    });
    catchUp = () => {
      answer('2');
    };
    const notices = new DesktopNotices(undefined);
    notices.show = (ring, go) => {
      rung.push(ring.text);
      opening = go;
    };
    const chime = new Chime();
    chime.play = () => {
      sounds += 1;
      return true;
    };
    TestBed.configureTestingModule({
      providers: [
        new Answers().provide(),
        provideRouter([]),
        { provide: LiveUpdates, useValue: live },
        { provide: LocalStore, useFactory: () => new LocalStore() },
        { provide: Chime, useValue: chime },
        { provide: DesktopNotices, useValue: notices },
      ],
    });
    live.start();
    live.connected();
    open.next({ cursor: '0', type: 'READY', message: null, conversation: null });
    return TestBed.inject(Notifications);
  }
  function write(n: number, conversationId = 'cnv_1'): void {
    open.next({
      cursor: String(n),
      type: 'MESSAGE_ADDED',
      message: aMessage(n, { conversation: { id: conversationId } }),
      conversation: aConversation(conversationId),
    });
  }

  beforeEach(() => {
    localStorage.clear();
    document.hasFocus = () => true;
    focused = 0;
    window.focus = () => {
      focused += 1;
    };
  });

  it('tell of a message, and open its chat', async () => {
    start();
    write(1);
    await eventually(() => {
      expect(rung).toEqual(['message 1']);
    });
    expect(sounds).toBe(1);
    const router = TestBed.inject(Router);
    const navigate = jest.spyOn(router, 'navigate').mockResolvedValue(true);
    opening?.();
    expect(navigate).toHaveBeenCalledWith(['/chat', 'cnv_1']);
    expect(focused).toBe(1);
  });

  it('leave out the chat that is looked at, and quiet ones', async () => {
    const notifications = start();
    notifications.opened('cnv_1');
    TestBed.inject(QuietChats).toggle('cnv_2');
    write(1, 'cnv_1');
    write(2, 'cnv_2');
    write(3, 'cnv_3');
    await eventually(() => {
      expect(rung).toEqual(['message 3']);
    });
  });

  it('tell of the open chat, too, while one is elsewhere', async () => {
    document.hasFocus = () => false;
    start().opened('cnv_1');
    write(1);
    await eventually(() => {
      expect(rung).toEqual(['message 1']);
    });
  });

  it('leave out what was missed while there was no connection', async () => {
    start();
    TestBed.inject(LiveUpdates).connected();
    write(1);
    catchUp();
    await settled();
    write(2);
    expect(TestBed.inject(LiveUpdates).state()).toBe('live');
    write(3);
    await eventually(() => {
      expect(rung).toEqual(['message 3']);
    });
  });

  it('can be turned off, each by itself', async () => {
    const notifications = start();
    notifications.setSound(false);
    write(1);
    await eventually(() => {
      expect(rung).toEqual(['message 1']);
    });
    expect(sounds).toBe(0);
    notifications.setSound(true);
    notifications.setNotices(false);
    write(2);
    await eventually(() => {
      expect(sounds).toBe(1);
    });
    expect(rung).toEqual(['message 1']);
    TestBed.resetTestingModule();
    expect(start().hasNotices()).toBe(false);
  });
});
