const lookEveryMs = 10_000;
/** A page that runs answers at once, even behind others. */
const answerWithinMs = 4_000;

export interface LeaderWatchOptions {
  readonly ping: () => void;
  readonly isVisible: () => boolean;
  /** The page that leads gives no sign: it is frozen, or stuck. */
  readonly onSilence: () => void;
}

/** Looks whether the page that leads is awake, while somebody can see this one. */
export class LeaderWatch {
  private readonly options: LeaderWatchOptions;
  private interval: ReturnType<typeof setInterval> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LeaderWatchOptions) {
    this.options = options;
  }

  start(): void {
    this.stop();
    this.interval = setInterval(() => {
      this.look();
    }, lookEveryMs);
    this.expectSign();
  }

  stop(): void {
    clearInterval(this.interval);
    this.interval = undefined;
    this.heard();
  }

  look(): void {
    if (this.interval === undefined || !this.options.isVisible()) return;
    this.expectSign();
    this.options.ping();
  }

  heard(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
  }

  private expectSign(): void {
    this.deadline ??= setTimeout(() => {
      this.deadline = undefined;
      if (this.options.isVisible()) this.options.onSilence();
    }, answerWithinMs);
  }
}
