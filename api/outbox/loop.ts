import type { Clock, Instant } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../timers.ts';
import { storeDelayMs } from './keep-storing.ts';

export interface LoopOptions {
  /** Does what is due; resolves with when to look again. */
  readonly turn: () => Promise<Instant>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

/** Takes one turn after the other: at the time the last one asked for, or at once when rung. */
export interface Loop {
  start: () => void;
  /** However often it is rung during a turn, one more turn follows. */
  ring: () => void;
  /** Resolves when the running turn has ended. Safe twice. */
  stop(): Promise<void>;
}

export function createLoop({ turn, clock, timers, log }: LoopOptions): Loop {
  let isStopping = false;
  let isRung = false;
  let wake: () => void = () => undefined;
  let running: Promise<void> | undefined;

  async function sleepUntil(at: Instant): Promise<void> {
    if (isRung || isStopping) return;
    await new Promise<void>((resolve) => {
      const cancel = timers.after(at - clock.now(), resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    let failures = 0;
    const hasStopped = () => isStopping; // it changes while a turn runs
    while (!hasStopped()) {
      isRung = false;
      try {
        const lookAt = await turn();
        if (failures > 0) log.info({ failures }, 'the outbox goes on');
        failures = 0;
        await sleepUntil(lookAt);
      } catch (error) {
        if (failures === 0) log.error({ err: error }, 'the outbox has to wait for the store');
        await sleepUntil(clock.now() + storeDelayMs(failures));
        failures += 1;
      }
    }
  }

  const ring = () => {
    isRung = true;
    wake();
  };
  return {
    start() {
      running ??= run();
    },
    ring,
    async stop() {
      isStopping = true;
      ring();
      await running;
    },
  };
}
