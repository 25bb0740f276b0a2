/** Two short tones upwards: frequency in hertz, and when, in seconds. */
const tones = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.13 },
] as const;
const toneSeconds = 0.32;
const loudness = 0.14;
/** Several messages at once ring once. */
const pauseMs = 1_500;

/** The sound of a new message, made rather than loaded. Browsers allow it only after a gesture. */
export class Chime {
  private readonly openAudio: () => AudioContext;
  private audio: AudioContext | null = null;
  private playedAt = -Infinity;

  constructor(openAudio = () => new AudioContext()) {
    this.openAudio = openAudio;
  }

  isReady(): boolean {
    return this.audio?.state === 'running';
  }

  /** To be called in a gesture. */
  async unlock(): Promise<void> {
    try {
      this.audio ??= this.openAudio();
      if (this.audio.state === 'suspended') await this.audio.resume();
    } catch {
      // No sound card, or no right to use it: `play` says that nothing was heard.
      this.audio = null;
    }
  }

  /** False where nothing can be heard. */
  play(now = Date.now()): boolean {
    const audio = this.audio;
    if (audio?.state !== 'running') return false;
    if (now - this.playedAt < pauseMs) return true;
    this.playedAt = now;
    for (const { at, hertz } of tones) {
      const from = audio.currentTime + at;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz;
      // From and to silence, so that it does not click.
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(loudness, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, from + toneSeconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + toneSeconds);
    }
    return true;
  }
}
