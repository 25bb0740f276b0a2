import { BehaviorSubject, distinctUntilChanged } from 'rxjs';
import type { Observable } from 'rxjs';

/** Which page of this browser has the connection. */
export interface Leadership {
  readonly isOurs: () => boolean;
  readonly changes: Observable<boolean>;
  /** Leads as soon as nobody else does. */
  wait(): void;
  /** Leads now: the page that does gives no sign. */
  seize(): void;
  /** Leaves it to others. */
  rest(): void;
}

/** By a lock of the browser, which goes to the next page when one is closed, crashes or gives it back. */
export class LockLeadership implements Leadership {
  private readonly name: string;
  private readonly locks: Pick<LockManager, 'request'>;
  private readonly held = new BehaviorSubject(false);
  private claim: { release: () => void } | null = null;
  readonly changes = this.held.pipe(distinctUntilChanged());

  constructor(name: string, locks: Pick<LockManager, 'request'>) {
    this.name = name;
    this.locks = locks;
  }

  isOurs(): boolean {
    return this.held.value;
  }

  wait(): void {
    if (this.claim === null) this.request({});
  }

  seize(): void {
    this.rest();
    this.request({ steal: true });
  }

  rest(): void {
    const { claim } = this;
    this.claim = null;
    this.held.next(false);
    claim?.release();
  }

  private request(how: { readonly steal?: true }): void {
    const waiting = new AbortController();
    const claim = {
      release: (): void => {
        waiting.abort();
      },
    };
    this.claim = claim;
    const hold = (): Promise<void> | undefined => {
      if (this.claim !== claim) return undefined;
      const held = new Promise<void>((release) => {
        claim.release = release;
      });
      this.held.next(true);
      return held;
    };
    // A lock that is taken cannot be given up waiting for.
    const options = how.steal === true ? how : { signal: waiting.signal };
    this.locks.request(this.name, options, hold).catch(() => {
      if (this.claim !== claim) return;
      // Another page had no sign of this one, and took it.
      this.claim = null;
      this.held.next(false);
      this.wait();
    });
  }
}
