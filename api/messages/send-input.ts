import { phoneNumberProblem } from '../contacts/phone-number.ts';
import type { InputIssue } from '../errors.ts';
import { idKindOf, parseId } from '../ids.ts';
import type { IdKind, MessageId } from '../ids.ts';
import { cleanText, textProblem } from './text-body.ts';

/** As it came: whatever a transport let through. */
export interface SendInput {
  /** Exactly one of `to` and `conversationId`. */
  readonly to?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  /** 1 to 4096 UTF-16 units. NUL is left out and half emoji become U+FFFD before it is stored. */
  readonly text?: string | null | undefined;
  readonly replyToId?: string | null | undefined;
  /** 1 to 128 characters, none of them a control character. */
  readonly clientMessageId?: string | null | undefined;
  readonly expectedLastMessageId?: string | null | undefined;
}

/** An input whose parts make sense by themselves. */
export interface ParsedSend {
  readonly target: SendTarget;
  readonly text: string;
  readonly replyToId: MessageId | null;
  readonly clientMessageId: string | null;
  readonly expectedLastMessageId: MessageId | null;
}

export type SendTarget =
  | { readonly phoneNumber: string; readonly conversationId?: never }
  /** Not judged yet: what is no id at all is not found. */
  | { readonly conversationId: string; readonly phoneNumber?: never };

export interface Parsed {
  /** Every issue there is, not just the first. */
  readonly issues: readonly InputIssue[];
  readonly send: ParsedSend;
}

export function parseSendInput(input: SendInput): Parsed {
  const issues: InputIssue[] = [];
  const report = (field: keyof SendInput, message: string | null) => {
    if (message !== null) issues.push({ path: [field], message });
  };
  const text = cleanText(input.text ?? '');
  reportTarget(input, report);
  report('text', textProblem(text));
  const replyToId = input.replyToId ?? null;
  const expectedLastMessageId = input.expectedLastMessageId ?? null;
  const clientMessageId = input.clientMessageId ?? null;
  report('replyToId', messageIdProblem(replyToId));
  report('expectedLastMessageId', messageIdProblem(expectedLastMessageId));
  report('clientMessageId', keyProblem(clientMessageId));
  const send = {
    target: targetOf(input),
    text,
    replyToId: messageIdOf(replyToId),
    clientMessageId,
    expectedLastMessageId: messageIdOf(expectedLastMessageId),
  };
  return { issues, send };
}

type Report = (field: keyof SendInput, message: string | null) => void;

function reportTarget({ to, conversationId }: SendInput, report: Report): void {
  const hasNumber = to !== null && to !== undefined;
  const hasConversation = conversationId !== null && conversationId !== undefined;
  if (hasNumber && hasConversation) report('to', 'Give either `to` or `conversationId`, not both.');
  if (!hasNumber && !hasConversation) {
    report('to', 'Say who gets it: give `to` (a phone number) or `conversationId`.');
  }
  if (hasNumber) report('to', phoneNumberProblem(to));
  if (hasConversation) report('conversationId', otherKindProblem(conversationId, 'cnv'));
}

function targetOf({ to, conversationId }: SendInput): SendTarget {
  return to === null || to === undefined
    ? { conversationId: conversationId ?? '' }
    : { phoneNumber: to };
}

const kindNames: Record<IdKind, string> = {
  msg: 'a message',
  cnv: 'a conversation',
  cnt: 'a contact',
  dlv: 'a delivery',
};

/** An id of something else is a mix-up that is worth naming. */
export function otherKindProblem(value: string, wanted: IdKind): string | null {
  const kind = idKindOf(value);
  if (kind === null || kind === wanted) return null;
  return `This is the id of ${kindNames[kind]}; give that of ${kindNames[wanted]}.`;
}

function messageIdProblem(value: string | null): string | null {
  if (value === null || parseId('msg', value) !== null) return null;
  return otherKindProblem(value, 'msg') ?? 'There is no message with this id.';
}

function messageIdOf(value: string | null): MessageId | null {
  return value === null ? null : parseId('msg', value);
}

const maxKeyLength = 128;

function keyProblem(key: string | null): string | null {
  if (key === null) return null;
  if (key === '' || key.length > maxKeyLength) {
    return `A clientMessageId has 1 to ${maxKeyLength} characters; this one has ${key.length}. A UUID does well.`;
  }
  // They would not come back from the store as they went in.
  if (/[\p{Control}\p{Surrogate}]/u.test(key)) {
    return 'A clientMessageId has no control characters and no half emoji. A UUID does well.';
  }
  return null;
}
