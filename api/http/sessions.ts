import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { hourMs, minuteMs } from '../clock.ts';
import type { Clock, Instant } from '../clock.ts';

export interface Session {
  /** The same for as long as the session is renewed. */
  readonly id: string;
  readonly expiresAt: Instant;
  /** What the cookie holds. */
  readonly token: string;
}

/**
 * Sessions are signed, not stored, so that they outlive a restart and hold on every instance; a
 * changed API_KEY ends them all. Those that were ended before their time are remembered by this
 * process until they would have run out.
 */
export interface Sessions {
  begin(): Session;
  /** Null: not ours, run out or ended. */
  read(token: string): Session | null;
  renew(session: Session): Session | null;
  end(id: string): void;
  onEnded(listener: (id: string) => void): () => void;
}

export const sessionCookie = 'whatsapp_inbox_session';
export const sessionMs = 12 * hourMs;
// Not with every request: a cookie a minute is enough.
const renewAfterMs = 10 * minuteMs;
const tokenForm = /^([\w-]{22})\.(\d{13,15})\.([\w-]{43})$/;

export function createSessions(options: {
  readonly secret: string | null;
  readonly clock: Clock;
}): Sessions {
  const { secret, clock } = options;
  const signingKey = secret === null ? randomBytes(32) : signingKeyOf(secret);
  const ended = new Map<string, Instant>();
  const listeners = new Set<(id: string) => void>();

  function issue(id: string): Session {
    const expiresAt = clock.now() + sessionMs;
    const claim = `${id}.${String(expiresAt)}`;
    return { id, expiresAt, token: `${claim}.${sign(claim).toString('base64url')}` };
  }

  function sign(claim: string): Buffer {
    return createHmac('sha256', signingKey).update(claim).digest();
  }

  function forgetRunOut(): void {
    for (const [id, until] of ended) if (until <= clock.now()) ended.delete(id);
  }

  return {
    begin: () => issue(randomBytes(16).toString('base64url')),
    read(token) {
      const [, id, expires, signature] = tokenForm.exec(token) ?? [];
      if (id === undefined || expires === undefined || signature === undefined) return null;
      const expiresAt = Number(expires);
      const isOurs = timingSafeEqual(
        sign(`${id}.${expires}`),
        Buffer.from(signature, 'base64url').subarray(0, 32),
      );
      const isOver = expiresAt <= clock.now() || ended.has(id);
      return isOurs && !isOver ? { id, expiresAt, token } : null;
    },
    renew(session) {
      const age = clock.now() - (session.expiresAt - sessionMs);
      return age < renewAfterMs ? null : issue(session.id);
    },
    end(id) {
      forgetRunOut();
      ended.set(id, clock.now() + sessionMs);
      for (const listener of listeners) listener(id);
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The session token among the cookies of a request. */
export function sessionTokenIn(cookieHeader: string | undefined): string | null {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === sessionCookie && value !== undefined) return value;
  }
  return null;
}

/** Slow on purpose: whoever holds a cookie must not be able to try out keys against it. */
function signingKeyOf(secret: string): Buffer {
  return scryptSync(secret, 'whatsapp-inbox session', 32);
}
