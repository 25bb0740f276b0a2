import type { Instant } from '../clock.ts';
import type { InputIssue } from '../errors.ts';
import type { Message } from './message.ts';

/** The message, or why not. Each refusal says in one sentence what to do. */
export type SendResult =
  | { readonly kind: 'message'; readonly message: Message }
  | Refusal<'invalid', { readonly issues: readonly InputIssue[] }>
  /** Settings by their environment names. */
  | Refusal<'not-configured', { readonly missingSettings: readonly string[] }>
  /** `closedAt` is null where only WhatsApp knows. */
  | Refusal<'window-closed', { readonly closedAt: Instant | null }>
  | Refusal<'stale', { readonly lastMessage: Message }>
  | Refusal<'not-found'>
  /** `earlier`: the message that was sent with this key. */
  | Refusal<'conflict', { readonly earlier: Message }>;

type Refusal<Kind extends string, Details = unknown> = Details & {
  readonly kind: Kind;
  readonly message: string;
};

export function sent(message: Message): SendResult {
  return { kind: 'message', message };
}

export function invalid(issues: readonly InputIssue[]): SendResult {
  return { kind: 'invalid', issues, message: issues.map((issue) => issue.message).join(' ') };
}

export function notConfigured(missingSettings: readonly string[]): SendResult {
  const message = `Nothing can be sent yet: the operator has to set ${missingSettings.join(', ')} and start the server again.`;
  return { kind: 'not-configured', missingSettings, message };
}

/** The business number of a chat is not among ours (any more). */
export function numberNotConfigured(phoneNumberId: string): SendResult {
  const message = `This chat belongs to the business number ${phoneNumberId}: the operator has to add it to WHATSAPP_PHONE_NUMBER_ID.`;
  return { kind: 'not-configured', missingSettings: ['WHATSAPP_PHONE_NUMBER_ID'], message };
}

export function windowClosed(closedAt: Instant | null): SendResult {
  const message =
    'More than 24 hours have passed since the customer last wrote: wait until they write, or send an approved template.';
  return { kind: 'window-closed', closedAt, message };
}

export function stale(lastMessage: Message): SendResult {
  const message = 'Somebody wrote meanwhile: read the newest messages, then send again.';
  return { kind: 'stale', lastMessage, message };
}

export function conversationNotFound(): SendResult {
  const message = 'There is no such conversation: refetch the list, or give the number as `to`.';
  return { kind: 'not-found', message };
}

export function messageNotFound(): SendResult {
  return { kind: 'not-found', message: 'There is no such message: refetch the chat.' };
}

export function conflict(earlier: Message): SendResult {
  const message =
    'This clientMessageId was used before for another message: make a new one for each message.';
  return { kind: 'conflict', earlier, message };
}
