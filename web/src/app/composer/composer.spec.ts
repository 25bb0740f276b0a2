import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Answers } from '../../testing/answers';
import { standInForDialogs } from '../../testing/dialogs';
import { aConversation, aMessage } from '../../testing/people';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { eventually } from '../../testing/settled';
import { LocalStore } from '../ui/local-store';
import { Composer } from './composer';
import { Drafts } from './drafts';
import { quotedMessage } from '../sending/quoted-message';
import { SendQueue } from '../sending/send-queue';

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let queue: SendQueue;

  async function show(change: Partial<ConversationPartsFragment> = {}): Promise<void> {
    queue = new SendQueue({
      send: () => new Promise(() => undefined),
      store: new LocalStore(),
      newId: () => 'mine',
      now: () => 0,
    });
    TestBed.configureTestingModule({
      providers: [
        new Answers().provide(),
        { provide: LocalStore, useFactory: () => new LocalStore() },
        { provide: SendQueue, useValue: queue },
      ],
    });
    fixture = TestBed.createComponent(Composer);
    fixture.componentRef.setInput('conversation', aConversation('cnv_1', change));
    await fixture.whenStable();
  }
  function element(): HTMLElement {
    const root: unknown = fixture.nativeElement;
    if (!(root instanceof HTMLElement)) throw new Error('Not drawn.');
    return root;
  }
  function field(): HTMLTextAreaElement {
    const found = element().querySelector('textarea');
    if (found === null) throw new Error('No field.');
    return found;
  }
  async function type(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }
  async function enter(init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init });
    field().dispatchEvent(event);
    await fixture.whenStable();
    return event;
  }
  const sent = (): string[] => queue.items().map(({ text }) => text);

  beforeAll(standInForDialogs);
  beforeEach(() => {
    localStorage.clear();
  });

  it('sends with Enter, without the space around, and is empty again', async () => {
    await show();
    await type('  hello\nthere  ');
    const event = await enter();
    expect(event.defaultPrevented).toBe(true);
    expect(sent()).toEqual(['hello\nthere']);
    expect(field().value).toBe('');
  });

  it('leaves Shift+Enter to the field', async () => {
    await show();
    await type('hello');
    const event = await enter({ shiftKey: true });
    expect(event.defaultPrevented).toBe(false);
    expect(sent()).toEqual([]);
  });

  it('leaves the Enter that ends a composed character to the keyboard', async () => {
    await show();
    await type('にほん');
    await enter({ isComposing: true });
    // As Safari tells it.
    await enter({ keyCode: 229 });
    expect(sent()).toEqual([]);
    await enter();
    expect(sent()).toEqual(['にほん']);
  });

  it('sends nothing that is empty or too long, and keeps it', async () => {
    await show();
    await type('   ');
    await enter();
    await type('x'.repeat(4097));
    await enter();
    expect(sent()).toEqual([]);
    expect(field().value).toHaveLength(4097);
    expect(element().querySelector('#length-note')?.textContent).toContain(
      'The text is 4,097 characters long; WhatsApp takes 4,096',
    );
  });

  it('sends what is too long as several messages, in order, the answer with the first', async () => {
    await show({ lastMessage: aMessage(4) });
    const quoted = quotedMessage(aMessage(1));
    TestBed.inject(Drafts).quote('cnv_1', quoted);
    await type(['one', 'two', 'three'].map((word) => word.repeat(800)).join('\n\n'));
    const button = [...element().querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('Send as 3 messages'),
    );
    button?.click();
    await fixture.whenStable();
    expect(sent().map((text) => text.slice(0, 3))).toEqual(['one', 'two', 'thr']);
    expect(queue.items().map(({ replyTo }) => replyTo)).toEqual([quoted, null, null]);
    expect(field().value).toBe('');
  });

  it('leaves out a pasted text that no chat has room for, and says so until one writes', async () => {
    await show();
    await type('So: ');
    const paste = async (text: string): Promise<Event> => {
      const event = new Event('paste', { cancelable: true });
      Object.assign(event, { clipboardData: { getData: () => text } });
      field().dispatchEvent(event);
      await fixture.whenStable();
      return event;
    };
    const alert = (): string | undefined => element().querySelector('[role=alert]')?.textContent;
    expect((await paste('x'.repeat(1_000_000))).defaultPrevented).toBe(true);
    expect(alert()).toContain('1,000,000 characters long, and 40,960');
    await type('So:');
    expect(alert()).toBeUndefined();
    expect((await paste('x'.repeat(40_950))).defaultPrevented).toBe(false);
    await type('x'.repeat(40_000));
    expect((await paste('x'.repeat(2_000))).defaultPrevented).toBe(true);
    field().select();
    expect((await paste('x'.repeat(2_000))).defaultPrevented).toBe(false);
  });

  it('says that a book is to be shortened', async () => {
    await show();
    await type('word '.repeat(20_000));
    expect(element().querySelector('.over')?.textContent).toContain('shorten it');
    expect(element().querySelector('.over button')).toBeNull();
  });

  it('answers a message, and shows which until it is sent', async () => {
    await show();
    const quoted = quotedMessage(aMessage(1, { text: 'Are you open?' }));
    TestBed.inject(Drafts).quote('cnv_1', quoted);
    await type('Yes');
    expect(element().querySelector('#quoted-message')?.textContent).toContain('Are you open?');
    expect(field().getAttribute('aria-describedby')).toBe('quoted-message');
    await enter();
    expect(queue.items()).toMatchObject([{ text: 'Yes', replyTo: quoted }]);
    expect(element().querySelector('#quoted-message')).toBeNull();
    await type('And no');
    await enter();
    expect(queue.items()).toMatchObject([{}, { text: 'And no', replyTo: null }]);
  });

  it('stops answering with Escape, and keeps the text', async () => {
    await show();
    TestBed.inject(Drafts).quote('cnv_1', quotedMessage(aMessage(1)));
    await type('Yes');
    const escape = (init: KeyboardEventInit = {}): void => {
      field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', ...init }));
    };
    escape({ isComposing: true });
    await fixture.whenStable();
    expect(element().querySelector('#quoted-message')).not.toBeNull();
    escape();
    await fixture.whenStable();
    expect(element().querySelector('#quoted-message')).toBeNull();
    expect(field().value).toBe('Yes');
  });

  it('brings back with the arrow up what was not sent, and empties itself with Escape', async () => {
    await show();
    const replyTo = quotedMessage(aMessage(1));
    const press = async (key: string): Promise<void> => {
      field().dispatchEvent(new KeyboardEvent('keydown', { key }));
      await fixture.whenStable();
    };
    await press('ArrowUp');
    fixture.componentRef.setInput('failed', {
      kind: 'message',
      id: 'msg_7',
      text: 'Open at 9',
      replyTo,
    });
    await type('x');
    await press('ArrowUp');
    expect(field().value).toBe('x');
    await type('');
    await press('ArrowUp');
    expect(field().value).toBe('Open at 9');
    expect(element().querySelector('#quoted-message')).not.toBeNull();
    expect(field().getAttribute('aria-describedby')).toBe('quoted-message recall-note');
    await press('Escape');
    expect(field().value).toBe('');
    expect(element().querySelector('#quoted-message')).toBeNull();
    await press('ArrowUp');
    await type('Open at 10');
    expect(element().querySelector('#recall-note')).toBeNull();
    await enter();
    expect(queue.items()).toMatchObject([{ text: 'Open at 10', replyTo }]);
  });

  it('sends past nothing newer than what is known here', async () => {
    await show({ lastMessage: aMessage(4) });
    await type('hello');
    await enter();
    expect(queue.items()).toMatchObject([{ expectedLastMessageId: aMessage(4).id }]);
  });

  it('asks before it sends past what was not seen, and keeps the text', async () => {
    await show();
    fixture.componentRef.setInput('unseen', { count: 2, texts: ['Wait', 'I changed my mind'] });
    const looks = jest.fn();
    fixture.componentInstance.look.subscribe(looks);
    const click = async (name: string): Promise<void> => {
      await eventually(() => {
        expect(element().querySelector('app-unseen-question')).not.toBeNull();
      });
      const buttons = [...element().querySelectorAll('app-unseen-question button')];
      const button = buttons.find(({ textContent }) => textContent.trim() === name);
      if (!(button instanceof HTMLElement)) throw new Error(`No button ${name}.`);
      button.click();
      await fixture.whenStable();
    };
    await type('It is on its way');
    await enter();
    expect(sent()).toEqual([]);
    await eventually(() => {
      expect(element().querySelector('app-unseen-question')?.textContent).toContain(
        'I changed my mind',
      );
    });
    await click('Look first');
    expect(looks).toHaveBeenCalledTimes(1);
    expect(field().value).toBe('It is on its way');
    expect(element().querySelector('app-unseen-question')).toBeNull();
    await enter();
    await click('Send anyway');
    expect(sent()).toEqual(['It is on its way']);
  });

  it.each([
    ['was sent in another window', ''],
    ['was changed in another window', 'It is late'],
  ])('asks no more about a text that %s', async (_name, text) => {
    await show();
    const unseen = { count: 1, texts: ['Wait'] };
    fixture.componentRef.setInput('unseen', unseen);
    const question = () => element().querySelector('app-unseen-question');
    await type('It is on its way');
    await enter();
    await eventually(() => {
      expect(question()).not.toBeNull();
    });
    const sendAnyway = [...(question()?.querySelectorAll('button') ?? [])].find(
      ({ textContent }) => textContent.trim() === 'Send anyway',
    );
    TestBed.inject(Drafts).keep('cnv_1', text);
    // Pressed before the question is gone.
    sendAnyway?.click();
    await fixture.whenStable();
    expect(sent()).toEqual([]);
    expect([question(), field().value]).toEqual([null, text]);
  });

  it('asks no more once somebody has seen it, and not again by itself', async () => {
    await show();
    const unseen = { count: 1, texts: ['Wait'] };
    const question = () => element().querySelector('app-unseen-question');
    const become = async (value: unknown): Promise<void> => {
      fixture.componentRef.setInput('unseen', value);
      await fixture.whenStable();
    };
    await become(unseen);
    await type('It is on its way');
    await enter();
    await eventually(() => {
      expect(question()).not.toBeNull();
    });
    await become(null);
    expect(question()).toBeNull();
    await become(unseen);
    expect(question()).toBeNull();
    expect(sent()).toEqual([]);
  });

  it('writes an emoji where the caret is, and has the focus back with Escape', async () => {
    Object.assign(window, { matchMedia: () => ({ matches: true }) });
    document.documentElement.lang = 'en';
    await show();
    document.body.append(element());
    await type('Well done!');
    field().setSelectionRange(4, 4);
    TestBed.inject(DOCUMENT).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'e', ctrlKey: true }),
    );
    await eventually(() => {
      expect(element().querySelector('[title="grinning face"]')).not.toBeNull();
    });
    const face = element().querySelector('[title="grinning face"]');
    if (!(face instanceof HTMLElement)) throw new Error('No emoji.');
    face.click();
    await fixture.whenStable();
    expect(field().value).toBe('Well😀 done!');
    expect(field().selectionStart).toBe(6);
    expect(TestBed.inject(Drafts).of('cnv_1')).toBe('Well😀 done!');
    face.focus();
    face.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await fixture.whenStable();
    expect(element().querySelector('app-emoji-picker')).toBeNull();
    expect(document.activeElement).toBe(field());
  });

  it('keeps what was typed for the next time', async () => {
    await show();
    await type('not finished');
    TestBed.resetTestingModule();
    await show();
    expect(field().value).toBe('not finished');
  });

  it('explains a closed chat and sends nothing, but keeps the text', async () => {
    await show({ serviceWindow: { state: 'CLOSED', openedAt: null, expiresAt: null } });
    expect(element().querySelector('[role=note]')?.textContent).toContain('closed');
    await type('hello');
    await enter();
    expect(sent()).toEqual([]);
    expect(field().value).toBe('hello');
  });
});
