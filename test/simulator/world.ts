import type { ChatMessage } from './chat-message.ts';
import type { Customer } from './customer.ts';

export type Change =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'message'; readonly customerId: string; readonly message: ChatMessage }
  | { readonly kind: 'typing'; readonly customerId: string; readonly isTyping: boolean };

export interface WorldState {
  readonly customers: readonly Customer[];
  readonly chats: readonly (readonly [customerId: string, messages: readonly ChatMessage[]])[];
}

/** All people and all chats, as their phones have them. */
export interface World {
  customers(): readonly Customer[];
  customer(id: string): Customer | undefined;
  /** By phone number or by user id. */
  find(address: string): Customer | undefined;
  putCustomer(customer: Customer): void;
  chat(customerId: string): readonly ChatMessage[];
  message(wamid: string): { customer: Customer; message: ChatMessage } | undefined;
  putMessage(customerId: string, message: ChatMessage): void;
  /** A later state of a message that is there. */
  change(wamid: string, patch: Partial<ChatMessage>): ChatMessage | undefined;
  announceTyping(customerId: string, isTyping: boolean): void;
  onChange(listener: (change: Change) => void): () => void;
  clear(): void;
  state(): WorldState;
  restore(state: WorldState): void;
}

interface Chat {
  readonly messages: Map<string, ChatMessage>;
}

export function createWorld(): World {
  const customers = new Map<string, Customer>();
  const byUserId = new Map<string, string>();
  const chats = new Map<string, Chat>();
  const owners = new Map<string, string>();
  const listeners = new Set<(change: Change) => void>();

  function tell(change: Change) {
    for (const listener of listeners) listener(change);
  }

  function chatOf(customerId: string): Chat {
    const existing = chats.get(customerId);
    if (existing) return existing;
    const chat = { messages: new Map<string, ChatMessage>() };
    chats.set(customerId, chat);
    return chat;
  }

  function put(customerId: string, message: ChatMessage) {
    owners.set(message.wamid, customerId);
    chatOf(customerId).messages.set(message.wamid, message);
  }

  function add(customer: Customer) {
    customers.set(customer.id, customer);
    byUserId.set(customer.userId, customer.id);
  }

  function find(wamid: string) {
    const customer = customers.get(owners.get(wamid) ?? '');
    const message = customer && chats.get(customer.id)?.messages.get(wamid);
    return customer && message && { customer, message };
  }

  return {
    customers: () => [...customers.values()],
    customer: (id) => customers.get(id),
    find: (address) => customers.get(address) ?? customers.get(byUserId.get(address) ?? ''),
    putCustomer(customer) {
      add(customer);
      tell({ kind: 'customer', customer });
    },
    chat: (customerId) => [...(chats.get(customerId)?.messages.values() ?? [])],
    message: find,
    putMessage(customerId, message) {
      put(customerId, message);
      tell({ kind: 'message', customerId, message });
    },
    change(wamid, patch) {
      const found = find(wamid);
      if (!found) return undefined;
      const message = { ...found.message, ...patch };
      put(found.customer.id, message);
      tell({ kind: 'message', customerId: found.customer.id, message });
      return message;
    },
    announceTyping: (customerId, isTyping) => {
      tell({ kind: 'typing', customerId, isTyping });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      for (const index of [customers, byUserId, chats, owners]) index.clear();
    },
    state: () => ({
      customers: [...customers.values()],
      chats: [...chats].map(([id, chat]) => [id, [...chat.messages.values()]] as const),
    }),
    restore(state) {
      for (const customer of state.customers) add(customer);
      for (const [id, messages] of state.chats) for (const message of messages) put(id, message);
    },
  };
}
