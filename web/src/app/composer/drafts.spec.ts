import { TestBed } from '@angular/core/testing';
import { LocalStore } from '../ui/local-store';
import { Drafts } from './drafts';

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

  it('shows nothing after the browser was cleared', () => {
    const drafts = draftsOfPage();
    drafts.keep('cnv_1', 'hello');
    new LocalStore().clear();
    drafts.reload();
    expect(drafts.of('cnv_1')).toBe('');
  });
});
