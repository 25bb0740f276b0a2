import { LocalStore } from './local-store';

describe('LocalStore', () => {
  it('knows its own keys by what the browser calls them', () => {
    new LocalStore().write('draft.1', 'hello');
    expect(Object.keys(localStorage).map((key) => new LocalStore().ownKey(key))).toEqual([
      'draft.1',
    ]);
    expect(new LocalStore().ownKey('prefers.theme')).toBeNull();
  });

  beforeEach(() => {
    localStorage.clear();
  });

  it('keeps text across instances, as across reloads', () => {
    new LocalStore().write('draft.1', 'hello');
    expect(new LocalStore().read('draft.1')).toBe('hello');
  });

  it('lists its own keys alone, by their beginning', () => {
    localStorage.setItem('of another app', 'x');
    const store = new LocalStore();
    store.write('draft.1', 'a');
    store.write('unsent.1', 'b');
    expect(store.keys('draft.')).toEqual(['draft.1']);
    expect(store.keys()).toHaveLength(2);
  });

  it('keeps text in memory when the browser blocks storage', () => {
    const store = new LocalStore(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    store.write('draft.1', 'hello');
    expect(store.read('draft.1')).toBe('hello');
    expect(store.keys('draft.')).toEqual(['draft.1']);
    store.remove('draft.1');
    expect(store.read('draft.1')).toBeNull();
  });

  it('shows the newest text when storage became full on the way', () => {
    const full = jest.spyOn(Storage.prototype, 'setItem');
    const store = new LocalStore();
    store.write('draft.1', 'before');
    full.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    store.write('draft.1', 'after');
    expect(store.read('draft.1')).toBe('after');
    full.mockRestore();
    store.write('draft.1', 'later');
    expect(new LocalStore().read('draft.1')).toBe('later');
  });

  it('forgets everything of ours and nothing else', () => {
    localStorage.setItem('of another app', 'x');
    const store = new LocalStore();
    store.write('draft.1', 'a');
    store.clear();
    expect(store.keys()).toEqual([]);
    expect(localStorage.getItem('of another app')).toBe('x');
  });
});
