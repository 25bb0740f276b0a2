import { TestBed } from '@angular/core/testing';
import { aMessage } from '../../testing/people';
import { LocalStore } from '../ui/local-store';
import { Drafts } from './drafts';
import { quotedMessage } from './quoted-message';

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
