import { secondMs } from '../clock.ts';
import type { Clock, Instant } from '../clock.ts';
import { adviceFor, retryPolicyOf } from '../whatsapp/error-codes.ts';
import type { SendOutcome } from '../whatsapp/whatsapp.ts';

/**
 * Holds everything back while WhatsApp does not accept the access token, which is nobody's message's fault.
 * Now and then one send probes whether it does again.
 */
export interface TokenPause {
  /** Null while sending. */
  reason: () => string | null;
  /** How many may be begun, of `free`: one while paused and a probe is due. */
  room(free: number): number;
  /** When the next probe is due; null while sending. */
  probeDueAt(): Instant | null;
  /** The one send was begun. */
  probed(): void;
  /** The probe said nothing about the token: the next one may follow at once. */
  unprobed(): void;
  /** Somebody wants something sent now. */
  hurry(): void;
  /** What an answer says about the token. */
  learn(outcome: SendOutcome): void;
}

const probeEveryMs = 30 * secondMs;
// However many people press Send meanwhile.
const hurriedProbeEveryMs = secondMs;

interface Pause {
  readonly reason: string;
  readonly probedAt: Instant;
  probeDueAt: Instant;
}

export function createTokenPause(clock: Clock): TokenPause {
  let pause: Pause | null = null;

  // A clock that was set back is no reason to wait until it has caught up.
  function isProbeDue({ probedAt, probeDueAt }: Pause): boolean {
    const now = clock.now();
    return now >= probeDueAt || now < probedAt;
  }

  function begin(reason: string): void {
    const now = clock.now();
    pause = { reason, probedAt: now, probeDueAt: now + probeEveryMs };
  }

  return {
    reason: () => pause?.reason ?? null,
    room: (free) => (pause === null ? free : Math.min(free, Number(isProbeDue(pause)))),
    probeDueAt: () => pause?.probeDueAt ?? null,
    probed() {
      if (pause !== null) begin(pause.reason);
    },
    unprobed() {
      if (pause !== null) pause.probeDueAt = clock.now();
    },
    hurry() {
      if (pause === null) return;
      pause.probeDueAt = Math.min(pause.probeDueAt, pause.probedAt + hurriedProbeEveryMs);
    },
    learn(outcome) {
      if (outcome.kind === 'ACCEPTED') pause = null;
      if (outcome.kind !== 'REFUSED') return;
      const { failure } = outcome;
      if (retryPolicyOf(failure) === 'pause') {
        const { title, advice } = adviceFor(failure);
        begin(`${title}. ${advice}`);
      } else if (failure.code !== null) {
        // Refused for another reason: the token got that far.
        pause = null;
      }
    },
  };
}
