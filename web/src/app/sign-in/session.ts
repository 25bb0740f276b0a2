import { Injectable, signal } from '@angular/core';
import { earlyAnswer } from '../apollo/early-answers';
import { fetchInTime } from '../apollo/fetch-in-time';

export type SessionState =
  | 'checking'
  /** In: signed in, or no key is asked for. */
  | 'open'
  /** The server wants its key first. */
  | 'closed';

/** A server that is there answers far sooner. */
const silentAfterMs = 2_500;

export type SignInResult =
  | 'in'
  | 'wrong-key'
  | 'too-many'
  | 'unreachable'
  /** For another reason than the key: an address that it does not know, a proxy before it. */
  | 'refused';

/** Whether this browser may use the inbox. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly current = signal<SessionState>('checking');
  private readonly asksForKey = signal(false);
  readonly state = this.current.asReadonly();
  /** A key was asked for, so there is something to sign out of. */
  readonly canSignOut = this.asksForKey.asReadonly();

  private readonly isEntered = signal(false);
  /** The key was entered in this page: whoever did so is to be led on from there. */
  readonly hasSignedIn = this.isEntered.asReadonly();

  /** The server has said so, rather than been silent. */
  private isKnown = false;

  /** Asks the server; whether it answered. One that does not leaves the inbox open: its light tells of the connection. */
  async check(): Promise<boolean> {
    // A network that swallows everything is silent for long: what is kept here is shown before.
    const late = setTimeout(() => {
      this.openUnasked();
    }, silentAfterMs);
    const answer =
      (await earlyAnswer('session')) ??
      (await attempt(fetchInTime('/session', { headers: { accept: 'application/json' } })));
    const body: unknown = answer?.ok === true ? await attempt(answer.json()) : null;
    clearTimeout(late);
    // Of the server, or of a proxy with a sign-in of its own.
    if (answer?.status === 401 || answer?.status === 403) {
      this.expire();
      return true;
    }
    // No answer, or one of something else: a network that wants a sign-in of its own says 200, too.
    if (body === null) {
      this.openUnasked();
      return false;
    }
    const { required, active } = readSession(body);
    this.isKnown = true;
    this.asksForKey.set(required);
    this.current.set(required && !active ? 'closed' : 'open');
    return true;
  }

  /** There is a connection: asks what nobody has answered yet. */
  async confirm(): Promise<void> {
    if (!this.isKnown) await this.check();
  }

  /** Whether the server says that one is in; not where nobody answers. */
  async stands(): Promise<boolean> {
    return (await this.check()) && this.current() === 'open';
  }

  private openUnasked(): void {
    if (this.current() === 'checking') this.current.set('open');
  }

  /** A request was refused for want of a session. */
  expire(): void {
    this.asksForKey.set(true);
    this.current.set('closed');
  }

  async signIn(key: string): Promise<SignInResult> {
    const answer = await attempt(
      fetchInTime('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key }),
      }),
    );
    if (answer === null || answer.status >= 500) return 'unreachable';
    // Something before the server that says 200 to everything.
    if (answer.ok && !isDone(answer)) return 'unreachable';
    if (answer.status === 429) return 'too-many';
    if (answer.status === 403) return 'refused';
    if (!answer.ok) return 'wrong-key';
    this.asksForKey.set(true);
    this.isEntered.set(true);
    this.current.set('open');
    return 'in';
  }

  async signOut(): Promise<boolean> {
    const answer = await attempt(fetchInTime('/session', { method: 'DELETE' }));
    if (answer === null || !isDone(answer)) return false;
    this.current.set('closed');
    return true;
  }
}

/** As the server alone says it: not a network that wants a sign-in of its own, nor the page of a proxy. */
function isDone({ status, redirected }: Response): boolean {
  return status === 204 && !redirected;
}

async function attempt<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch {
    // No connection, or it broke off, or what came is no JSON.
    return null;
  }
}

function readSession(body: unknown): { required: boolean; active: boolean } {
  const fields: { required?: unknown; active?: unknown } =
    typeof body === 'object' && body !== null ? body : {};
  return { required: fields.required === true, active: fields.active === true };
}
