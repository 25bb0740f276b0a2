import type { Control } from '../control.ts';
import type { FaultRequest } from '../faults.ts';
import type { Inbox } from './inbox.ts';
import type { PastChat } from './past.ts';

export interface Stage {
  readonly control: Control;
  readonly inbox: Inbox;
  readonly clock: { now(): number };
}

/** A state of the inbox to start the demo in. */
export interface Scene {
  /** For those who choose. */
  readonly about: string;
  /** What is in the store before the server starts for the first time. */
  readonly past?: (now: number) => readonly PastChat[];
  /** What happens once the server runs for the first time. */
  readonly play?: (stage: Stage) => Promise<void>;
  /** What goes wrong from every start on. */
  readonly faults?: readonly FaultRequest[];
  /** Its point lies in times that pass: laid anew at each start. */
  readonly isLaidAnew?: boolean;
  /** The server is started without the credentials of WhatsApp. */
  readonly isNotConfigured?: boolean;
  /** What there is to try, beneath the addresses. */
  readonly hint?: string;
}
