/** Twice as often as browsers let the timers of a hidden page run. */
const tickMs = 30_000;
/** A page whose timers rested for longer was asleep. While awake it notices a lost connection sooner (live-socket.ts). */
const asleepAfterMs = 100_000;

/** Until when the connection was certainly there. A machine that slept notices a loss only when it wakes. */
export class AliveUntil {
  private tickedAtMs = 0;
  private provenAtMs = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** In epoch milliseconds. */
  get ms(): number {
    const now = Date.now();
    return now - this.provenAtMs < asleepAfterMs ? now : this.provenAtMs;
  }

  start(): void {
    this.stop();
    this.heard();
    this.timer = setInterval(() => {
      this.tick();
    }, tickMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Something came over the connection. */
  heard(): void {
    this.tickedAtMs = this.provenAtMs = Date.now();
  }

  private tick(): void {
    const now = Date.now();
    // After sleep the next tick will know: by then a loss would have been noticed.
    if (now - this.tickedAtMs < asleepAfterMs) this.provenAtMs = now;
    this.tickedAtMs = now;
  }
}
