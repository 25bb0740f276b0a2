import type { Timers } from '../timers.ts';

export interface BurstBrakeOptions {
  /** How many events may be put into the ring ahead of the fastest reader. */
  readonly maxLead: number;
  /** The place of the fastest live reader; null when there is none. */
  readonly furthestPlace: () => number | null;
  readonly timers: Timers;
}

/**
 * Holds a burst back until the fastest reader has taken some of it, so that the ring does not run
 * over readers who are as fast as can be. The slow ones are not waited for.
 */
export interface BurstBrake {
  /** Resolves when there is room after `end`. */
  room(end: number): Promise<void>;
  /** A reader has come to this place. */
  readonly reached: (place: number) => void;
  /** A reader has left: it is not waited for. */
  released(): void;
}

// A reader that takes nothing for this long is not waited for until it does again.
const patienceMs = 250;

export function createBurstBrake({
  maxLead,
  furthestPlace,
  timers,
}: BurstBrakeOptions): BurstBrake {
  let isPatient = true;
  let waiting: { readonly end: number; readonly resolve: () => void } | null = null;

  return {
    async room(end) {
      const furthest = furthestPlace();
      if (!isPatient || furthest === null || end - furthest < maxLead) return;
      await new Promise<void>((resolve) => {
        const callOff = timers.after(patienceMs, () => {
          isPatient = false;
          resolve();
        });
        waiting = {
          end,
          resolve() {
            callOff();
            resolve();
          },
        };
      });
      waiting = null;
    },
    reached(place) {
      isPatient = true;
      if (waiting !== null && waiting.end - place < maxLead) waiting.resolve();
    },
    released() {
      waiting?.resolve();
    },
  };
}
