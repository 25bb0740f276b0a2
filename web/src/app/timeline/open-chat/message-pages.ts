import { Injectable, inject } from '@angular/core';
import { InboxApollo } from '../../apollo/inbox-apollo';
import {
  LatestMessagesDocument,
  MessagesAtTimeDocument,
  MessagesAroundDocument,
  NewerMessagesDocument,
  OlderMessagesDocument,
} from '../../graphql/graphql';
import type { MessagePageFragment } from '../../graphql/graphql';
import { latestWindow, windowAround } from './chat-window';
import type { ChatWindow, Message } from './chat-window';

const pageSize = 50;

/** A place to open a chat at: a message and its cursor. */
export interface Place {
  readonly messageId: string;
  readonly cursor: string;
}

/** The end of a chat. */
export interface LatestMessages {
  readonly window: ChatWindow;
  /** Where reading goes on: the first unread message of the whole chat. */
  readonly firstUnread: Place | null;
}

/** Loads stretches of chats. */
@Injectable({ providedIn: 'root' })
export class MessagePages {
  private readonly client = inject(InboxApollo).client;

  async latest(conversationId: string, count = pageSize): Promise<LatestMessages> {
    const { data } = await this.client.query({
      query: LatestMessagesDocument,
      variables: { conversationId, last: Math.min(Math.max(count, pageSize), 200) },
      fetchPolicy: 'no-cache',
    });
    const { conversation, messages } = present(data);
    const first = conversation?.firstUnread ?? null;
    return {
      window: latestWindow(messages),
      firstUnread: first === null ? null : { messageId: first.id, cursor: first.cursor },
    };
  }

  async around(conversationId: string, place: Place): Promise<ChatWindow> {
    const { data } = await this.client.query({
      query: MessagesAroundDocument,
      variables: {
        conversationId,
        messageId: place.messageId,
        place: place.cursor,
        count: pageSize / 2,
      },
      fetchPolicy: 'no-cache',
    });
    const { older, message, newer } = present(data);
    return windowAround(older, message, newer);
  }

  /** The stretch where this time falls, and the first message from then on, or else the last before. */
  async atTime(
    conversationId: string,
    time: Date,
  ): Promise<{ readonly window: ChatWindow; readonly first: Message | null }> {
    const { data } = await this.client.query({
      query: MessagesAtTimeDocument,
      variables: { conversationId, time: time.toISOString(), count: pageSize / 2 },
      fetchPolicy: 'no-cache',
    });
    const { older, newer } = present(data);
    const first = newer.nodes[0] ?? older.nodes.at(-1) ?? null;
    return { window: windowAround(older, null, newer), first };
  }

  async older(conversationId: string, before: string): Promise<MessagePageFragment> {
    const { data } = await this.client.query({
      query: OlderMessagesDocument,
      variables: { conversationId, last: pageSize, before },
      fetchPolicy: 'no-cache',
    });
    return present(data).messages;
  }

  async newer(conversationId: string, after: string): Promise<MessagePageFragment> {
    const { data } = await this.client.query({
      query: NewerMessagesDocument,
      variables: { conversationId, first: pageSize, after },
      fetchPolicy: 'no-cache',
    });
    return present(data).messages;
  }
}

function present<T>(data: T | undefined): T {
  if (data === undefined) throw new Error('The server answered without data.');
  return data;
}
