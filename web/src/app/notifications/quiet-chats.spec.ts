import { TestBed } from '@angular/core/testing';
import { LocalStore } from '../ui/local-store';
import { QuietChats } from './quiet-chats';

function start(): QuietChats {
  TestBed.configureTestingModule({
    providers: [{ provide: LocalStore, useFactory: () => new LocalStore() }],
  });
  return TestBed.inject(QuietChats);
}

describe('QuietChats', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('are remembered in this browser, and can ring again', () => {
    start().toggle('cnv_1');
    TestBed.resetTestingModule();
    const quiet = start();
    expect([quiet.has('cnv_1'), quiet.has('cnv_2')]).toEqual([true, false]);
    quiet.toggle('cnv_1');
    expect(quiet.has('cnv_1')).toBe(false);
  });

  it('stay quiet in the chat that theirs was joined into', () => {
    const quiet = start();
    quiet.toggle('cnv_1');
    quiet.move('cnv_1', 'cnv_2');
    quiet.move('cnv_1', 'cnv_2');
    quiet.move('cnv_3', 'cnv_2');
    expect([quiet.has('cnv_1'), quiet.has('cnv_2')]).toEqual([false, true]);
  });

  it('follow what another window does', () => {
    const quiet = start();
    localStorage.setItem('inbox.quiet', '["cnv_3"]');
    window.dispatchEvent(new StorageEvent('storage', { key: 'inbox.quiet' }));
    expect(quiet.has('cnv_3')).toBe(true);
    quiet.toggle('cnv_1');
    expect(localStorage.getItem('inbox.quiet')).toBe('["cnv_3","cnv_1"]');
  });

  it.each(['', 'nonsense', '{"a":1}'])('are none where %j is kept', (kept) => {
    localStorage.setItem('inbox.quiet', kept);
    expect(start().has('a')).toBe(false);
  });
});
