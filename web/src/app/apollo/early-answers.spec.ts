import { earlyAnswer } from './early-answers';

describe('earlyAnswer', () => {
  afterEach(() => {
    delete window.earlyAnswers;
  });

  it('is taken once', async () => {
    window.earlyAnswers = { session: Promise.resolve(new Response('early')), inbox: null };
    expect(await (await earlyAnswer('session'))?.text()).toBe('early');
    expect(await earlyAnswer('session')).toBeNull();
  });

  it('is none where the page asked nothing, got nothing, or was refused', async () => {
    expect(await earlyAnswer('inbox')).toBeNull();
    window.earlyAnswers = {
      session: Promise.resolve(null),
      inbox: Promise.resolve(new Response('', { status: 503 })),
    };
    expect(await earlyAnswer('session')).toBeNull();
    expect(await earlyAnswer('inbox')).toBeNull();
  });
});
