import { Chime } from './chime';

/** A sound card that counts its tones. */
function soundCard(state: 'running' | 'suspended' = 'suspended') {
  const card = {
    state,
    started: 0,
    currentTime: 0,
    destination: {},
    resume: () => Promise.resolve(void (card.state = 'running')),
    createOscillator: () => ({
      frequency: { value: 0 },
      connect: (next: unknown) => next,
      start: () => void (card.started += 1),
      stop: () => undefined,
    }),
    createGain: () => ({
      gain: {
        setValueAtTime: () => undefined,
        linearRampToValueAtTime: () => undefined,
        exponentialRampToValueAtTime: () => undefined,
      },
      connect: (next: unknown) => next,
    }),
  };
  return card;
}
const chimeOn = (card: ReturnType<typeof soundCard>) =>
  new Chime(() => card as unknown as AudioContext);

describe('the chime', () => {
  it('is silent until a gesture unlocks it, and says so', async () => {
    const card = soundCard();
    const chime = chimeOn(card);
    expect(chime.play()).toBe(false);
    expect(chime.isReady()).toBe(false);
    await chime.unlock();
    expect(chime.isReady()).toBe(true);
    expect(chime.play()).toBe(true);
    expect(card.started).toBe(2);
  });

  it('rings once for several messages at once', async () => {
    const card = soundCard();
    const chime = chimeOn(card);
    await chime.unlock();
    for (const now of [10_000, 10_200, 11_400]) chime.play(now);
    expect(card.started).toBe(2);
    chime.play(11_600);
    expect(card.started).toBe(4);
  });

  it('does without where there is no sound', async () => {
    const chime = new Chime(() => {
      throw new Error('no device');
    });
    await chime.unlock();
    expect(chime.play()).toBe(false);
  });
});
