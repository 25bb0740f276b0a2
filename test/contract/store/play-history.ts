import type { Identity } from '../../../api/contacts/contact.ts';
import type { ConversationId, MessageId } from '../../../api/ids.ts';
import type { Conversation } from '../../../api/conversations/conversation.ts';
import { placeOf } from '../../../api/messages/chat-order.ts';
import { statusOf } from '../../../api/messages/delivery-status.ts';
import type { Message } from '../../../api/messages/message.ts';
import type { Store } from '../../../api/storage/store.ts';
import type { BusinessNumber, DeliveryElement } from '../../../api/webhook/delivery-element.ts';
import {
  deliver,
  echo,
  failureOf,
  inbound,
  nine,
  notice,
  person,
  reaction,
  send,
  status,
  text,
} from './deliveries.ts';
import { failureCodeOf, reportTimeOf, timeOf, toldOf } from './history.ts';
import type { History, MessageSpec } from './history.ts';
import { emojiOf, labelOf, sendLabel, statusTarget, targetLabel } from './model.ts';
import type { ChatOutcome, MessageOutcome, Outcome } from './model.ts';

/** A history that happens in a store, to people and business numbers that nobody else has. */
export interface Playing {
  /** Hands over what our side sends; before anything else. */
  begin(): Promise<void>;
  run(): Promise<void>;
  /** Everything that was delivered, once more. */
  repeat(): Promise<void>;
  outcome(): Promise<Outcome>;
}

export function playIn(store: Store, history: History, number: number): Playing {
  const name = String(number);
  const wamidOf = (label: string): string => `wamid.${name}.${label}`;
  let sendId: MessageId | null = null;

  function businessOf(index: number): BusinessNumber {
    return { phoneNumberId: `${name}-${String(index)}`, displayPhoneNumber: null };
  }

  function identityOf(index: number, tells: MessageSpec['tells']): Identity {
    const told = toldOf(history.people[index] ?? 'number', tells);
    return person({
      phoneNumber: told.includes('number') ? phoneNumberOf(index) : null,
      userId: told.includes('user id') ? `US.${name}.${String(index)}` : null,
    });
  }

  function phoneNumberOf(index: number): string {
    return String(10_000_000_000 + number * 10 + index);
  }

  function messageElement(index: number, spec: MessageSpec): DeliveryElement {
    const shared = {
      business: businessOf(spec.business),
      timestamp: timeOf(spec),
      content: contentOf(index, spec),
    };
    const other = identityOf(spec.person, spec.tells);
    return spec.direction === 'INBOUND'
      ? inbound(wamidOf(labelOf(index)), { ...shared, from: other })
      : echo(wamidOf(labelOf(index)), { ...shared, to: other });
  }

  function contentOf(index: number, spec: MessageSpec) {
    switch (spec.content) {
      case 'text':
        return text(`Text ${labelOf(index)}`);
      case 'notice':
        return notice('user_changed_number');
      case 'welcome':
        return notice('request_welcome');
      case 'reaction':
        return reaction(wamidOf(targetLabel(history, spec)), emojiOf(index));
      case 'removal':
        return reaction(wamidOf(targetLabel(history, spec)), null);
    }
  }

  function statusElement(index: number): DeliveryElement | null {
    const spec = history.statuses[index % history.statuses.length];
    if (spec === undefined) return null;
    const { business, isSend, person: to, target } = statusTarget(history, spec.target);
    const isNamed = spec.namesRecipient && history.people[to] === 'both';
    return status(wamidOf(isSend ? sendLabel : labelOf(target)), spec.report, {
      business: businessOf(business),
      at: reportTimeOf(spec.report, target),
      code: failureCodeOf(target),
      recipient: isNamed ? identityOf(to, 'both') : null,
      attemptOf:
        isSend && spec.echoesAttempt && sendId !== null ? { messageId: sendId, attempt: 1 } : null,
    });
  }

  function elementOf(step: History['steps'][number]): DeliveryElement | null {
    if (step.kind === 'status') return statusElement(step.index);
    if (step.kind !== 'message') return null;
    const index = step.index % history.messages.length;
    const spec = history.messages[index];
    return spec === undefined ? null : messageElement(index, spec);
  }

  async function read(index: number): Promise<void> {
    const spec = history.reads[index % history.reads.length];
    if (spec === undefined) return;
    const target = spec.target % history.messages.length;
    const wamid = wamidOf(labelOf(target));
    const { phoneNumberId } = businessOf(history.messages[target]?.business ?? 0);
    const message = (await store.messages.byWamids(phoneNumberId, [wamid])).get(wamid);
    if (message === undefined) return;
    const upTo = spec.isUpTo ? placeOf(message.timestamp, message.id) : null;
    await store.conversations.markRead(message.conversationId, upTo, nine);
  }

  async function settle(): Promise<void> {
    if (sendId === null || history.send === null) return;
    await store.outbox.settle(
      { messageId: sendId, attempt: 1 },
      history.send.outcome === 'ACCEPTED'
        ? { kind: 'ACCEPTED', at: nine, wamid: wamidOf(sendLabel) }
        : { kind: 'UNKNOWN', at: nine, failure: failureOf(null) },
    );
  }

  async function messagesByLabel(): Promise<Map<string, Message>> {
    const labels = [...history.messages.keys()].map(labelOf);
    const byLabel = new Map<string, Message>();
    for (const business of [0, 1]) {
      const { phoneNumberId } = businessOf(business);
      const found = await store.messages.byWamids(phoneNumberId, labels.map(wamidOf));
      for (const label of labels) {
        const message = found.get(wamidOf(label));
        if (message !== undefined) byLabel.set(label, message);
      }
    }
    if (sendId === null) return byLabel;
    const sent = (await store.messages.byIds([sendId])).get(sendId);
    return sent === undefined ? byLabel : byLabel.set(sendLabel, sent);
  }

  return {
    async begin() {
      if (history.send === null) return;
      const { person: to, business } = history.send;
      sendId = await send(store, {
        phoneNumberId: businessOf(business).phoneNumberId,
        to: { phoneNumber: phoneNumberOf(to) },
      });
    },
    async run() {
      let waiting: DeliveryElement[] = [];
      const handOver = async () => {
        if (waiting.length > 0) await deliver(store, ...waiting);
        waiting = [];
      };
      for (const step of history.steps) {
        const element = elementOf(step);
        if (!step.joinsPrevious || element === null) await handOver();
        if (element !== null) waiting.push(element);
        if (step.kind === 'read') await read(step.index);
        if (step.kind === 'settle') await settle();
      }
      await handOver();
    },
    async repeat() {
      const elements = history.steps.flatMap((step) => elementOf(step) ?? []);
      await deliver(store, ...elements.reverse());
      if (history.steps.some(({ kind }) => kind === 'settle')) await settle();
    },
    outcome: async () => readOutcome(store, await messagesByLabel()),
  };
}

async function readOutcome(store: Store, byLabel: ReadonlyMap<string, Message>): Promise<Outcome> {
  const messages = [...byLabel.values()];
  const labelById = new Map(Array.from(byLabel, ([label, { id }]) => [id, label]));
  const ids = [...new Set(messages.map(({ conversationId }) => conversationId))];
  const [conversations, reactions] = await Promise.all([
    store.conversations.byIds(ids),
    store.messages.reactionsTo(messages),
  ]);
  const chats = await Promise.all(
    [...conversations.values()].map((chat) => chatOutcome(store, chat, labelById)),
  );
  const outcomes = Array.from(byLabel, ([label, message]): [string, MessageOutcome] => [
    label,
    {
      status: statusOf(message.delivery),
      sentAt: message.delivery.sentAt,
      deliveredAt: message.delivery.deliveredAt,
      readAt: message.delivery.readAt,
      isSeen: message.isSeen,
      reactions: (reactions.get(message.id) ?? [])
        .map(({ byCustomer, emoji }) => `${byCustomer ? 'customer' : 'us'}:${emoji}`)
        .sort(),
    },
  ]);
  return {
    chats: chats.sort((a, b) => (a.labels.join() < b.labels.join() ? -1 : 1)),
    messages: Object.fromEntries(outcomes),
  };
}

async function chatOutcome(
  store: Store,
  chat: Conversation,
  labelById: ReadonlyMap<MessageId, string>,
): Promise<ChatOutcome> {
  const conversationIds: ConversationId[] = [chat.id];
  const page = await store.messages.page({ page: { first: 100 }, conversationIds });
  return {
    business: Number(chat.phoneNumberId.split('-')[1]),
    labels: page.items.map(({ id }) => labelById.get(id) ?? 'unknown'),
    unread: chat.unreadCount,
    last: (chat.lastMessageId === null ? null : labelById.get(chat.lastMessageId)) ?? 'unknown',
    lastActivityAt: chat.lastActivityAt,
    lastInboundAt: chat.window.lastInboundAt,
    refusedAt: chat.window.refusedAt,
    hasNumber: chat.contact.phoneNumber !== null,
    hasUserId: chat.contact.userId !== null,
  };
}
