import { TestBed } from '@angular/core/testing';
import { aMessage } from '../../testing/people';
import { LocalStore } from '../ui/local-store';
import { Drafts } from './drafts';
import { quotedMessage } from '../sending/quoted-message';

function draftsOfPage(): Drafts {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [{ provide: LocalStore, useValue: new LocalStore() }],
  });
  return TestBed.inject(Drafts);
}

describe('Drafts', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('keeps one per conversation across a reload', () => {
    const before = draftsOfPage();
    before.keep('cnv_1', 'hello ');
    before.keep('cnv_2', 'bye');
    const after = draftsOfPage();
    expect([after.of('cnv_1'), after.of('cnv_2'), after.of('cnv_3')]).toEqual([
      'hello ',
      'bye',
      '',
    ]);
  });

  it('leaves nothing behind once it is sent or deleted', () => {
    const drafts = draftsOfPage();
    drafts.keep('cnv_1', 'hello');
    drafts.keep('cnv_1', '');
    expect(drafts.of('cnv_1')).toBe('');
    expect(new LocalStore().keys()).toEqual([]);
  });

  it('go over to the chat that theirs was joined into, once', () => {
    const drafts = draftsOfPage();
    drafts.keep('cnv_1', 'hello');
    drafts.quote('cnv_1', quotedMessage(aMessage(1)));
    drafts.startTyping('cnv_1');
    drafts.keep('cnv_2', 'bye');
    drafts.move('cnv_1', 'cnv_2');
    drafts.move('cnv_1', 'cnv_2');
    drafts.stopTyping('cnv_1');
    for (const page of [drafts, draftsOfPage()]) {
      expect([page.of('cnv_1'), page.of('cnv_2')]).toEqual(['', 'bye\nhello']);
      expect(page.quoted('cnv_2')?.id).toBe(aMessage(1).id);
    }
  });

  it('keeps what is answered with the text, until it is sent', () => {
    const before = draftsOfPage();
    const quoted = quotedMessage(aMessage(1));
    before.quote('cnv_1', quoted);
    before.keep('cnv_1', 'hello');
    const after = draftsOfPage();
    expect(after.quoted('cnv_1')).toEqual(quoted);
    expect(after.quoted('cnv_2')).toBeNull();
    after.clear('cnv_1');
    expect([after.quoted('cnv_1'), after.of('cnv_1')]).toEqual([null, '']);
    expect(new LocalStore().keys()).toEqual([]);
  });

  it.each(['', '{', '{"id":"msg_1"}', '{"id":"msg_1","content":null}'])(
    'leaves out a quote that it cannot read: %s',
    (kept) => {
      new LocalStore().write('quote.cnv_1', kept);
      expect(draftsOfPage().quoted('cnv_1')).toBeNull();
    },
  );

  describe('with another window', () => {
    const otherWindow = new LocalStore();
    function tell(key: string | null): void {
      window.dispatchEvent(new StorageEvent('storage', { key }));
    }
    function otherWrites(text: string): void {
      otherWindow.write('draft.cnv_1', text);
      tell('inbox.draft.cnv_1');
    }

    it('shows what is typed there, until it is sent there', () => {
      const drafts = draftsOfPage();
      otherWrites('hello');
      otherWindow.write('quote.cnv_1', JSON.stringify(quotedMessage(aMessage(1))));
      tell('inbox.quote.cnv_1');
      expect(drafts.of('cnv_1')).toBe('hello');
      expect(drafts.quoted('cnv_1')?.id).toBe(aMessage(1).id);
      otherWindow.clear();
      tell('inbox.draft.cnv_1');
      tell('inbox.quote.cnv_1');
      expect([drafts.of('cnv_1'), drafts.quoted('cnv_1')]).toEqual(['', null]);
    });

    it('changes nothing where one is writing, and loses nothing of both', () => {
      const drafts = draftsOfPage();
      drafts.startTyping('cnv_1');
      drafts.keep('cnv_1', 'from here');
      otherWrites('from there');
      expect(drafts.of('cnv_1')).toBe('from here');
      drafts.keep('cnv_1', 'from here on');
      drafts.stopTyping('cnv_1');
      expect(drafts.of('cnv_1')).toBe('from here on\nfrom there');
      expect(otherWindow.read('draft.cnv_1')).toBe('from here on\nfrom there');
    });

    it.each([
      ['hello', 'hello there', 'hello there'],
      ['hello there', 'hello', 'hello there'],
      ['hello', '', 'hello'],
    ])('makes of %j here and %j there %j', (here, there, text) => {
      const drafts = draftsOfPage();
      drafts.startTyping('cnv_1');
      drafts.keep('cnv_1', here);
      otherWrites(there);
      drafts.stopTyping('cnv_1');
      expect(drafts.of('cnv_1')).toBe(text);
    });

    it('takes what comes into an empty field, and into that of another chat', () => {
      const drafts = draftsOfPage();
      drafts.startTyping('cnv_1');
      otherWrites('hello');
      expect(drafts.of('cnv_1')).toBe('hello');
      drafts.startTyping('cnv_2');
      otherWrites('hello you');
      expect(drafts.of('cnv_1')).toBe('hello you');
    });

    it('is empty when the storage was emptied there, and heeds no keys of others', () => {
      const drafts = draftsOfPage();
      drafts.keep('cnv_1', 'hello');
      tell('prefers.theme');
      expect(drafts.of('cnv_1')).toBe('hello');
      localStorage.clear();
      tell(null);
      expect(drafts.of('cnv_1')).toBe('');
    });
  });

  it('shows nothing after the browser was cleared', () => {
    const drafts = draftsOfPage();
    drafts.keep('cnv_1', 'hello');
    drafts.quote('cnv_1', quotedMessage(aMessage(1)));
    new LocalStore().clear();
    drafts.reload();
    expect(drafts.of('cnv_1')).toBe('');
    expect(drafts.quoted('cnv_1')).toBeNull();
  });
});
