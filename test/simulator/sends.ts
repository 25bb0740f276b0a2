import type { ChatMessage } from './chat-message.ts';
import { createStranger } from './customer.ts';
import type { Customer } from './customer.ts';
import type { Fault, Faults } from './faults.ts';
import { graphError } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';
import { dialled, newWamid } from './identifiers.ts';
import { isWindowClosed } from './limits.ts';
import type { Limits } from './limits.ts';
import type { BusinessNumber } from './options.ts';
import type { Phones } from './phones.ts';
import type { Send } from './send-body.ts';
import type { World } from './world.ts';

/** One call to send, as the API saw it. */
export interface ReceivedSend {
  readonly at: number;
  readonly phoneNumberId: string;
  /** The customer; null where the recipient made no sense. */
  readonly customerId: string | null;
  readonly type: string;
  readonly content: unknown;
  readonly callbackData: string | null;
  /** Null: refused. */
  readonly wamid: string | null;
  readonly errorCode: number | null;
}

export type SendResult =
  | { readonly kind: 'accepted'; readonly wamid: string; readonly customer: Customer }
  | { readonly kind: 'refused'; readonly error: GraphError; readonly retryAfterSeconds?: number };

/** Takes sends: checks, accepts, and sets them on their way to a phone. */
export interface Sends {
  /** Whose send it is, or why it has no recipient. */
  recipientOf(send: Send, business: BusinessNumber): Customer | GraphError;
  take(send: Send, business: BusinessNumber, customer: Customer): SendResult;
  /** All that were received, oldest first. */
  received(): readonly ReceivedSend[];
  note(send: Send, business: BusinessNumber, outcome: Outcome): void;
}

interface Outcome {
  readonly customer: Customer | null;
  readonly wamid: string | null;
  readonly errorCode: number | null;
}

export interface SendsOptions {
  readonly world: World;
  readonly phones: Phones;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly clock: { now(): number };
  readonly strangersAnswerAs: string | null;
  readonly onActivity: () => void;
}

export function createSends(options: SendsOptions): Sends {
  const { world, phones, faults, limits, clock } = options;
  const received: ReceivedSend[] = [];

  function isShutOut(customer: Customer, business: BusinessNumber, type: string): boolean {
    if (type === 'template') return false;
    const lastWroteAt = phones.lastWroteAt(customer.id, business.id);
    return isWindowClosed(limits.settings().window, lastWroteAt, clock.now());
  }

  /** Why it fails after having been accepted, or null. */
  function laterFailure(customer: Customer, business: BusinessNumber, type: string) {
    if (!customer.isOnWhatsApp) return 131026;
    const fault = faults.strike('send-fails-later', customer.id);
    if (fault) return fault.code ?? 131000;
    return isShutOut(customer, business, type) ? 131047 : null;
  }

  function take(send: Send, business: BusinessNumber, customer: Customer): SendResult {
    const limit = limits.check(business.id, customer.id);
    if (limit) return { kind: 'refused', error: limit };
    const fault = faults.strike('send-error', customer.id);
    if (fault) return refusalOf(fault);
    const isRefusedAtOnce = limits.settings().windowRefusal === 'answer';
    if (isRefusedAtOnce && isShutOut(customer, business, send.type))
      return { kind: 'refused', error: graphError(131047, windowDetails) };
    const failsWith = laterFailure(customer, business, send.type);
    const message = messageOf(send, business, customer);
    world.putMessage(customer.id, message);
    phones.setOut(message, failsWith);
    return { kind: 'accepted', wamid: message.wamid, customer };
  }

  function messageOf(send: Send, business: BusinessNumber, customer: Customer): ChatMessage {
    return {
      wamid: newWamid(customer.phoneNumber ?? customer.userId, 'fromBusiness'),
      phoneNumberId: business.id,
      direction: 'fromBusiness',
      at: clock.now(),
      type: send.type,
      content: send.content,
      quotedWamid: send.quotedWamid,
      status: 'accepted',
      failureCode: null,
      callbackData: send.callbackData,
      reactions: { byCustomer: null, byBusiness: null },
    };
  }

  function recipientByNumber(to: string, business: BusinessNumber): Customer | GraphError {
    const number = dialled(to, business.display);
    if (number === null) return graphError(131009, `'${to}' is not a valid phone number.`);
    if (number === business.display) return graphError(131021, 'Recipient cannot be sender.');
    const known = world.find(number);
    if (known) return known;
    const stranger = createStranger(number, options.strangersAnswerAs);
    world.putCustomer(stranger);
    return stranger;
  }

  return {
    take,
    recipientOf({ to, userId }, business) {
      if (to !== null) return recipientByNumber(to, business);
      return world.find(userId ?? '') ?? graphError(131009, 'The recipient is not known.');
    },
    received: () => received,
    note(send, business, { customer, wamid, errorCode }) {
      received.push({
        at: clock.now(),
        phoneNumberId: business.id,
        customerId: customer?.id ?? null,
        type: send.type,
        content: send.content,
        callbackData: send.callbackData,
        wamid,
        errorCode,
      });
      options.onActivity();
    },
  };
}

const windowDetails =
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';

function refusalOf(fault: Fault): SendResult {
  const error = graphError(fault.code ?? 131000);
  const { retryAfterSeconds } = fault;
  return retryAfterSeconds === undefined
    ? { kind: 'refused', error }
    : { kind: 'refused', error, retryAfterSeconds };
}
