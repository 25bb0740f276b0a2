/** One message as the phone keeps it. */
export interface ChatMessage {
  readonly wamid: string;
  readonly phoneNumberId: string;
  readonly direction: 'fromCustomer' | 'fromBusiness';
  /** Milliseconds; WhatsApp tells whole seconds. */
  readonly at: number;
  readonly type: string;
  /** What stands under the name of the type. */
  readonly content: unknown;
  readonly quotedWamid: string | null;
  /** `waiting`: written while the phone was offline. Of a customer's message, `delivered`: its webhook was accepted. */
  readonly status: 'waiting' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
  readonly failureCode: number | null;
  readonly callbackData: string | null;
  readonly reactions: { readonly byCustomer: string | null; readonly byBusiness: string | null };
}

const rank = { waiting: 0, accepted: 1, sent: 2, delivered: 3, read: 4, failed: 5 } as const;

/** Whether a status is news after another. */
export function isLater(status: ChatMessage['status'], than: ChatMessage['status']): boolean {
  return than !== 'failed' && rank[status] > rank[than];
}

/** Text or caption, for lists and for answers. */
export function textOf(message: Pick<ChatMessage, 'type' | 'content'>): string {
  const content = message.content;
  if (typeof content !== 'object' || content === null) return '';
  for (const key of ['body', 'caption', 'text', 'name', 'filename', 'emoji']) {
    const value: unknown = Reflect.get(content, key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
