import { DesktopNotices } from './desktop-notices';

class Notice {
  static permission: NotificationPermission = 'default';
  static answer: NotificationPermission = 'granted';
  static all: Notice[] = [];
  static requestPermission = jest.fn(() => {
    Notice.permission = Notice.answer;
    return Promise.resolve(Notice.permission);
  });
  onclick: (() => void) | null = null;
  close = jest.fn();
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    Notice.all.push(this);
  }
}
const maker = Notice as unknown as typeof Notification;
const ring = {
  messageId: 'm1',
  conversationId: 'cnv_1',
  name: 'Amara Okafor',
  text: 'Hello',
  isSeen: false,
};

describe('notices of the system', () => {
  beforeEach(() => {
    Notice.permission = 'default';
    Notice.answer = 'granted';
    Notice.all = [];
  });

  it('ask nothing by themselves, and show nothing unasked', () => {
    const notices = new DesktopNotices(maker);
    notices.show(ring, () => undefined);
    expect(Notice.requestPermission).not.toHaveBeenCalled();
    expect(notices.permission()).toBe('default');
    expect(Notice.all).toHaveLength(0);
  });

  it('show who wrote what once they are allowed, and open the chat', async () => {
    const notices = new DesktopNotices(maker);
    await notices.ask();
    expect(notices.permission()).toBe('granted');
    const open = jest.fn();
    notices.show(ring, open);
    const [notice] = Notice.all;
    expect(notice?.title).toBe('Amara Okafor');
    expect(notice?.options).toMatchObject({ body: 'Hello', tag: 'cnv_1' });
    notice?.onclick?.();
    expect(open).toHaveBeenCalled();
    expect(notice?.close).toHaveBeenCalled();
  });

  it('go when the chat is opened', async () => {
    const notices = new DesktopNotices(maker);
    await notices.ask();
    notices.show(ring, () => undefined);
    notices.close('cnv_1');
    expect(Notice.all[0]?.close).toHaveBeenCalled();
  });

  it('go all with the session, and with the page that their clicks would lead to', async () => {
    const notices = new DesktopNotices(maker);
    await notices.ask();
    for (const end of ['session', 'page']) {
      Notice.all = [];
      for (const conversationId of ['cnv_1', 'cnv_2'])
        notices.show({ ...ring, conversationId }, () => undefined);
      if (end === 'session') notices.closeAll();
      else window.dispatchEvent(new Event('pagehide'));
      expect(Notice.all.map(({ close }) => close.mock.calls.length)).toEqual([1, 1]);
    }
  });

  it('say that they are blocked, or that there are none', async () => {
    Notice.answer = 'denied';
    const blocked = new DesktopNotices(maker);
    await blocked.ask();
    expect(blocked.permission()).toBe('denied');
    const none = new DesktopNotices(undefined);
    await none.ask();
    expect(none.permission()).toBe('missing');
  });
});
