import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { MessagePartsFragment } from '../graphql/graphql';
import { Drafts } from './drafts';
import type { Recalled } from './drafts';
import type { QuotedMessage } from '../sending/quoted-message';
import { Retries } from '../sending/retries';
import { SendQueue } from '../sending/send-queue';
import type { Outgoing } from '../sending/send-queue';
import { Sending } from '../sending/sending';

/** A message of ours that was not sent; `waiting`: it stands in this browser alone. */
export interface FailedMessage {
  readonly kind: 'waiting' | 'message';
  readonly id: string;
  readonly text: string;
  readonly replyTo: QuotedMessage | null;
}

export interface OwnMessages {
  readonly messages: readonly MessagePartsFragment[];
  readonly outgoing: readonly Outgoing[];
}

/**
 * A failed message that is back in the field of its chat. As it is, it is sent again as the message that it
 * was, so that it cannot go out twice; changed, it is another message.
 */
@Injectable({ providedIn: 'root' })
export class Recall {
  private readonly drafts = inject(Drafts);
  private readonly queue = inject(SendQueue);
  private readonly retries = inject(Retries);
  /** Sent in other words since: they stay in the chat as failed, and are not brought back. */
  private readonly replaced = signal<ReadonlySet<string>>(new Set());

  constructor() {
    inject(Sending)
      .accepted.pipe(takeUntilDestroyed())
      .subscribe(({ id, clientMessageId }) => {
        this.wentOut([id, clientMessageId]);
      });
  }

  /** The last one of a chat, as far as it is loaded. */
  lastFailed({ messages, outgoing }: OwnMessages): FailedMessage | null {
    const waiting = outgoing.findLast(({ refusal }) => refusal !== null);
    if (waiting !== undefined) {
      const { clientMessageId, text, replyTo } = waiting;
      return { kind: 'waiting', id: clientMessageId, text, replyTo };
    }
    const message = messages.findLast((one) => hasFailed(one) && !this.replaced().has(one.id));
    if (message === undefined) return null;
    const { id, text, replyTo } = message;
    return { kind: 'message', id, text, replyTo };
  }

  bring(conversationId: string, failed: FailedMessage): void {
    const { kind, id, text, replyTo } = failed;
    // The text comes last: another window takes nothing into a field in which something stands.
    this.drafts.quote(conversationId, replyTo);
    this.drafts.recall(conversationId, { kind, id, text, replyToId: replyTo?.id ?? null });
    this.drafts.keep(conversationId, text);
  }

  /** It is in the field just as it was. */
  isUnchanged(conversationId: string): boolean {
    const recalled = this.drafts.recalled(conversationId);
    if (recalled === null) return false;
    return (
      this.drafts.of(conversationId).trim() === recalled.text.trim() &&
      (this.drafts.quoted(conversationId)?.id ?? null) === recalled.replyToId
    );
  }

  /** Empties the field, unless something was written there. */
  putAway(conversationId: string): boolean {
    if (!this.isUnchanged(conversationId)) return false;
    this.drafts.clear(conversationId);
    return true;
  }

  /** What is in the field has nothing to do with it any more. */
  end(conversationId: string): void {
    this.drafts.recall(conversationId, null);
  }

  /** Sends it again. False where what is in the field is a message of its own, for the caller to send. */
  sendAgain(conversationId: string): boolean {
    const recalled = this.drafts.recalled(conversationId);
    if (recalled === null) return false;
    const isAgain = this.isUnchanged(conversationId) && this.isThere(recalled);
    this.end(conversationId);
    if (isAgain) this.retry(recalled);
    else this.replace(recalled);
    return isAgain;
  }

  /** By its own button, while it is in the field. */
  private wentOut(ids: readonly (string | null)[]): void {
    for (const conversationId of this.drafts.recalledIn(ids))
      if (!this.putAway(conversationId)) this.end(conversationId);
  }

  /** What was discarded meanwhile is sent as a new one. */
  private isThere({ kind, id }: Recalled): boolean {
    return kind === 'message' || this.waiting(id) !== undefined;
  }

  /** One that is on its way meanwhile is left alone: by the queue, and by the server. */
  private retry({ kind, id }: Recalled): void {
    if (kind === 'waiting') this.queue.retry(id);
    else void this.retries.retry(id);
  }

  private replace({ kind, id }: Recalled): void {
    if (kind === 'message') this.replaced.update((ids) => new Set([...ids, id]));
    else if (this.waiting(id)?.refusal != null) this.queue.discard(id);
  }

  private waiting(clientMessageId: string): Outgoing | undefined {
    return this.queue.items().find((one) => one.clientMessageId === clientMessageId);
  }
}

/** What would fail again, as its bubble says, is not offered. */
function hasFailed({ direction, type, status, error }: MessagePartsFragment): boolean {
  const isFailed = direction === 'OUTBOUND' && type === 'TEXT' && status === 'FAILED';
  return isFailed && error?.retryable !== false;
}
