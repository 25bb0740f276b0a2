/** As long as phones take for it. */
const heldMs = 500;
/** A finger that moves further than this scrolls. */
const slackPx = 10;

export interface PressPoint {
  readonly clientX: number;
  readonly clientY: number;
}

/** A finger that rests on something: tells it once. */
export class LongPress<Target> {
  private readonly pressed: (target: Target) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private start: PressPoint | null = null;

  constructor(pressed: (target: Target) => void) {
    this.pressed = pressed;
  }

  begin(target: Target, { clientX, clientY }: PressPoint): void {
    this.end();
    this.start = { clientX, clientY };
    this.timer = setTimeout(() => {
      this.end();
      this.pressed(target);
    }, heldMs);
  }

  move({ clientX, clientY }: PressPoint): void {
    if (this.start === null) return;
    const wayPx = Math.hypot(clientX - this.start.clientX, clientY - this.start.clientY);
    if (wayPx > slackPx) this.end();
  }

  end(): void {
    clearTimeout(this.timer);
    this.start = null;
  }
}
