import { Injectable, inject } from '@angular/core';
import { Subject } from 'rxjs';
import { failureOf, reasonOf } from '../apollo/failure';
import { LateApollo } from '../apollo/late-apollo';
import type {
  MessagePartsFragment,
  SendMessageInput,
  SendOutcomeFragment,
} from '../graphql/graphql';
import { Session } from '../sign-in/session';
import { refusalOf } from './refusal-of';
import type { Outgoing, Refusal, SendAnswer } from './send-queue';

export type Sent =
  | { readonly kind: 'sent'; readonly message: MessagePartsFragment }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly outcome?: SendOutcomeFragment }
  | { readonly kind: 'no-answer' };

/** Sends and retries through the API. What went well is told as `accepted`, too. */
@Injectable({ providedIn: 'root' })
export class Sending {
  private readonly apollo = inject(LateApollo);
  private readonly session = inject(Session);
  private readonly messages = new Subject<MessagePartsFragment>();

  readonly accepted = this.messages.asObservable();

  async sendOutgoing(item: Outgoing): Promise<SendAnswer> {
    const { conversationId, text, clientMessageId, replyTo, expectedLastMessageId } = item;
    const sent = await this.send({
      conversationId,
      text,
      clientMessageId,
      replyToId: replyTo?.id ?? null,
      expectedLastMessageId,
    });
    return sent.kind === 'sent' ? { kind: 'accepted', messageId: sent.message.id } : sent;
  }

  send(input: SendMessageInput): Promise<Sent> {
    return this.attempt(async () => {
      return (await this.apollo.mutate((of) => of.SendMessageDocument, { input })).sendMessage;
    });
  }

  retry(id: string): Promise<Sent> {
    return this.attempt(async () => {
      return (await this.apollo.mutate((of) => of.RetryMessageDocument, { id })).retryMessage;
    });
  }

  private async attempt(ask: () => Promise<SendOutcomeFragment>): Promise<Sent> {
    try {
      const outcome = await ask();
      if (outcome.__typename !== 'Message') {
        return { kind: 'refused', refusal: refusalOf(outcome), outcome };
      }
      this.messages.next(outcome);
      return { kind: 'sent', message: outcome };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'signed-out') this.session.expire();
      const isForbidden = failure === 'forbidden' && (await this.session.stands());
      if (failure !== 'lasting' && !isForbidden) return { kind: 'no-answer' };
      const advice = isForbidden
        ? $localize`A proxy or firewall before the inbox does not let this text through. Write it in other words, or ask those who run it.`
        : reasonOf(error);
      return {
        kind: 'refused',
        refusal: { title: $localize`The server refused this message`, advice },
      };
    }
  }
}
