import { getEventListeners } from 'node:events';
import { joinSignals } from './joined-signal.ts';

describe('a joined signal', () => {
  it('is aborted with the first of its sources, for the same reason', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const { signal } = joinSignals([first.signal, second.signal]);
    expect(signal.aborted).toBe(false);
    second.abort('the second');
    first.abort('the first');
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe('the second');
  });

  it('is aborted from the beginning where a source is', () => {
    const { signal } = joinSignals([new AbortController().signal, AbortSignal.abort('before')]);
    expect(signal.reason).toBe('before');
  });

  it('leaves nothing in its sources once it is released, and is not aborted any more', () => {
    const source = new AbortController();
    const joined = joinSignals([source.signal]);
    joined.release();
    joined.release();
    expect(getEventListeners(source.signal, 'abort')).toHaveLength(0);
    source.abort();
    expect(joined.signal.aborted).toBe(false);
  });
});
