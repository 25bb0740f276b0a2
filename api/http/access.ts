import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createKeyAttempts } from './key-attempts.ts';
import { createSessions, sessionTokenIn } from './sessions.ts';
import type { Session } from './sessions.ts';

/** What a caller shows: headers of a request, or what a WebSocket client put into `connectionParams`. */
export interface Credentials {
  /** `Bearer <key>`. */
  readonly authorization?: string | undefined;
  /** The `Cookie` header as it came. */
  readonly cookie?: string | undefined;
  /** Where the caller calls from; wrong keys are counted by it. */
  readonly address: string;
}

export type Judgement =
  /** `session` is null for a key, and where no key is needed. */
  | { readonly kind: 'GRANTED'; readonly session: Session | null }
  | { readonly kind: 'REFUSED'; readonly reason: string }
  /** Too many wrong keys from this address. */
  | { readonly kind: 'LIMITED'; readonly retryAfterMs: number };

export type SignIn =
  { readonly kind: 'GRANTED'; readonly session: Session } | Exclude<Judgement, { kind: 'GRANTED' }>;

/** Who may use what is not open: whoever shows the key, or a session that was begun with it. */
export interface Access {
  /** False: no key is set, and whoever reaches the server may use it. */
  readonly isRequired: boolean;
  judge(credentials: Credentials): Judgement;
  signIn(key: string, address: string): SignIn;
  /** Signs a session that is worth it again, with a later end; null while it is fresh. */
  renew(session: Session): Session | null;
  /** Ends the session that a cookie holds; one that is over already stays so. */
  endSession(token: string): void;
  /** Calls back with the id of every session that is ended by its owner. Returns how to stop. */
  onSessionEnded(listener: (id: string) => void): () => void;
}

export function createAccess(options: {
  readonly apiKey: string | null;
  readonly clock: Clock;
}): Access {
  const { apiKey, clock } = options;
  const sessions = createSessions({ secret: apiKey, clock });
  const attempts = createKeyAttempts(clock);
  const expected = apiKey === null ? null : digestOf(apiKey);

  function judgeKey(key: string, address: string): Judgement {
    const retryAfterMs = attempts.blockedForMs(address);
    if (retryAfterMs > 0) return { kind: 'LIMITED', retryAfterMs };
    const digest = digestOf(key);
    // Digests have one length, so the comparison tells nothing about the key's.
    if (expected !== null && timingSafeEqual(digest, expected))
      return { kind: 'GRANTED', session: null };
    attempts.recordWrong(address, digest);
    return { kind: 'REFUSED', reason: 'This key is not the one that is set as API_KEY.' };
  }

  return {
    isRequired: expected !== null,
    judge({ authorization, cookie, address }) {
      if (expected === null) return { kind: 'GRANTED', session: null };
      if (authorization !== undefined) {
        const key = /^Bearer +(\S.*)$/i.exec(authorization)?.[1];
        return key === undefined ? notABearer : judgeKey(key.trimEnd(), address);
      }
      const token = sessionTokenIn(cookie);
      if (token === null) return nothingShown;
      const session = sessions.read(token);
      return session === null ? sessionOver : { kind: 'GRANTED', session };
    },
    signIn(key, address) {
      const judgement = judgeKey(key, address);
      return judgement.kind === 'GRANTED'
        ? { kind: 'GRANTED', session: sessions.begin() }
        : judgement;
    },
    renew: (session) => sessions.renew(session),
    endSession(token) {
      const session = sessions.read(token);
      if (session !== null) sessions.end(session.id);
    },
    onSessionEnded: (listener) => sessions.onEnded(listener),
  };
}

const notABearer: Judgement = {
  kind: 'REFUSED',
  reason: 'The authorization has to be `Bearer <key>`.',
};
const nothingShown: Judgement = {
  kind: 'REFUSED',
  reason: 'A key is needed: send `Authorization: Bearer <key>`, or sign in at POST /session.',
};
const sessionOver: Judgement = {
  kind: 'REFUSED',
  reason: 'The session is over: sign in again at POST /session.',
};

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
