import { signal } from '@angular/core';
import type { LocalStore } from '../ui/local-store';
import { WakeUp, retryDelayMs } from '../ui/wake-up';
import { isQuotedMessage } from './quoted-message';
import type { QuotedMessage } from './quoted-message';

/** Why the server refuses a message, in words that a person can act on. */
export interface Refusal {
  readonly title: string;
  readonly advice: string;
  /** Somebody wrote meanwhile: the newest message, which the sender had not seen. */
  readonly newerMessageId?: string;
}

/** A message on its way from this browser to the server. */
export interface Outgoing {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly text: string;
  /** The message that this one answers. */
  readonly replyTo: QuotedMessage | null;
  /** The newest message of the chat that its writer knew of: past a newer one it is not sent unasked. */
  readonly expectedLastMessageId: string | null;
  readonly createdAtMs: number;
  /** Null while it waits for its turn or for a connection. */
  readonly refusal: Refusal | null;
}

export type SendAnswer =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** No answer: it may have arrived or not. The same id makes asking again safe. */
  | { readonly kind: 'no-answer' };

export interface SendQueueOptions {
  readonly send: (item: Outgoing) => Promise<SendAnswer>;
  readonly store: LocalStore;
  readonly newId: () => string;
  readonly now: () => number;
  /** Sends while no other page of this browser does. Without it this page is the only one. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What a message goes with. */
export type Beside = Partial<Pick<Outgoing, 'replyTo' | 'expectedLastMessageId'>>;

const keyStart = 'unsent.';

/**
 * What a person has sent and the server has not confirmed yet. It goes out one at a time, in the order of its chat,
 * under an id of its own, so that trying again never sends it twice. It stays in this browser until
 * it is confirmed or discarded, through lost connections, reloads and closed windows. The pages of a
 * browser share what is kept: whichever of them has its turn sends the oldest one, whoever wrote it.
 */
export class SendQueue {
  private readonly options: SendQueueOptions;
  private readonly wakeUp = new WakeUp();
  private readonly queue;
  /** Messages of ours that came right after another one: whoever knew that one knows these. */
  private readonly followers = new Map<string, string>();
  /** Chats that come after the others: what brings no answer there may be something that the server cannot take. */
  private readonly unanswered = new Set<string>();
  private isSending = false;
  /** Asks again after a lost connection until told to stop: a closed session waits for the sign-in. */
  private isOpen = true;

  readonly items;

  constructor(options: SendQueueOptions) {
    this.options = options;
    this.queue = signal<readonly Outgoing[]>(keptItems(options.store));
    this.items = this.queue.asReadonly();
  }

  /** Takes a text; it is safe once this returns. */
  add(conversationId: string, text: string, beside: Beside = {}): void {
    const item: Outgoing = {
      clientMessageId: this.options.newId(),
      conversationId,
      text,
      replyTo: beside.replyTo ?? null,
      expectedLastMessageId: this.newestAfter(beside.expectedLastMessageId ?? null),
      createdAtMs: this.afterAllOthers(this.options.now()),
      refusal: null,
    };
    this.keep(item);
    this.queue.update((items) => [...items, item]);
    this.go(conversationId);
  }

  /** Sends a refused one again, in its old place; past what its refusal has told of. */
  retry(clientMessageId: string): void {
    const item = this.find(clientMessageId);
    if (item?.refusal == null) return;
    const known = item.refusal.newerMessageId ?? item.expectedLastMessageId;
    this.replace({ ...item, expectedLastMessageId: this.newestAfter(known), refusal: null });
    this.go(item.conversationId);
  }

  discard(clientMessageId: string): void {
    this.options.store.remove(keyStart + clientMessageId);
    this.queue.update((items) => items.filter((item) => item.clientMessageId !== clientMessageId));
  }

  /** The chat has become a part of another one. */
  move(from: string, into: string): void {
    for (const item of this.queue())
      if (item.conversationId === from) this.replace({ ...item, conversationId: into });
  }

  /** The message itself has come in: nothing is left to do for it. */
  confirm(clientMessageId: string, messageId: string): void {
    const item = this.find(clientMessageId);
    if (item === undefined) return;
    this.discard(clientMessageId);
    this.follow(item, messageId);
  }

  /** Goes on now: at the start, when the connection is back, after signing in. */
  resume(): void {
    this.isOpen = true;
    this.wakeUp.wake();
    void this.run();
  }

  pause(): void {
    this.isOpen = false;
    this.wakeUp.wake();
  }

  /** Shows what is kept now: after signing out, nothing; what other pages have written and sent. */
  reload(): void {
    this.lookUp();
    // What a window that was closed has left is for the others to send.
    void this.run();
  }

  private lookUp(): void {
    this.queue.set(keptItems(this.options.store));
  }

  /** Whether a key of the browser's store belongs to it; null stands for all of them. */
  isAbout(storageKey: string | null): boolean {
    if (storageKey === null) return true;
    return this.options.store.ownKey(storageKey)?.startsWith(keyStart) === true;
  }

  /** It does not wait for the next try of another chat. */
  private go(conversationId: string): void {
    if (!this.unanswered.has(conversationId)) this.wakeUp.wake();
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    const inTurn = this.options.inTurn ?? ((work) => work());
    let failures = 0;
    while (this.isOpen && this.next() !== undefined) {
      const isAnswered = await inTurn(() => this.sendNext());
      failures = isAnswered ? 0 : failures + 1;
      if (!isAnswered) await this.wakeUp.wait(retryDelayMs(failures));
    }
    this.isSending = false;
  }

  /** False when there was no answer. Nobody else sends meanwhile, so what is kept is what is left to do. */
  private async sendNext(): Promise<boolean> {
    this.lookUp();
    const item = this.next();
    if (item === undefined || !this.isOpen) return true;
    const answer = await this.options.send(item);
    if (answer.kind === 'no-answer') {
      this.letOthersGoFirst(item.conversationId);
      return false;
    }
    this.unanswered.delete(item.conversationId);
    this.settle(item, answer);
    return true;
  }

  private settle(item: Outgoing, answer: Exclude<SendAnswer, { kind: 'no-answer' }>): void {
    if (answer.kind === 'accepted') this.confirm(item.clientMessageId, answer.messageId);
    else {
      const kept = this.find(item.clientMessageId);
      if (kept !== undefined) this.replace({ ...kept, refusal: answer.refusal });
    }
  }

  /** What waits behind it was written knowing of it. */
  private follow({ conversationId, expectedLastMessageId }: Outgoing, messageId: string): void {
    if (expectedLastMessageId === null) return;
    this.followers.set(expectedLastMessageId, messageId);
    for (const item of this.queue()) {
      const isBehind = item.conversationId === conversationId && item.refusal === null;
      if (isBehind && item.expectedLastMessageId === expectedLastMessageId) {
        this.replace({ ...item, expectedLastMessageId: messageId });
      }
    }
  }

  /** An event may tell of our own message later than the next one is written. */
  private newestAfter(messageId: string | null): string | null {
    if (messageId === null) return null;
    const follower = this.followers.get(messageId);
    return follower === undefined ? messageId : this.newestAfter(follower);
  }

  /** Two of one millisecond, or after the clock was set back, stay in the order of writing. */
  private afterAllOthers(nowMs: number): number {
    return Math.max(nowMs, ...this.queue().map(({ createdAtMs }) => createdAtMs + 1));
  }

  /** The oldest one of a chat whose turn it is. */
  private next(): Outgoing | undefined {
    const due = this.queue().filter((item) => item.refusal === null);
    return due.find(({ conversationId }) => !this.unanswered.has(conversationId)) ?? due[0];
  }

  private letOthersGoFirst(conversationId: string): void {
    // It has had its second turn, so all others have had theirs.
    if (this.unanswered.has(conversationId)) this.unanswered.clear();
    this.unanswered.add(conversationId);
  }

  private find(clientMessageId: string): Outgoing | undefined {
    return this.queue().find((item) => item.clientMessageId === clientMessageId);
  }

  private replace(item: Outgoing): void {
    this.keep(item);
    this.queue.update((items) =>
      items.map((other) => (other.clientMessageId === item.clientMessageId ? item : other)),
    );
  }

  private keep(item: Outgoing): void {
    this.options.store.write(keyStart + item.clientMessageId, JSON.stringify(item));
  }
}

function keptItems(store: LocalStore): readonly Outgoing[] {
  return store
    .keys(keyStart)
    .map((key) => readItem(store.read(key)))
    .filter((item) => item !== null)
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
}

/** What another version of the app wrote may look otherwise. */
function readItem(json: string | null): Outgoing | null {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    if (!isOutgoing(value)) return null;
    const replyTo = isQuotedMessage(value.replyTo) ? value.replyTo : null;
    const expectedLastMessageId = value.expectedLastMessageId ?? null;
    return { ...value, replyTo, expectedLastMessageId, refusal: value.refusal ?? null };
  } catch {
    return null;
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const item: Partial<Record<keyof Outgoing, unknown>> = value;
  return (
    typeof item.clientMessageId === 'string' &&
    typeof item.conversationId === 'string' &&
    typeof item.text === 'string' &&
    typeof item.createdAtMs === 'number'
  );
}
