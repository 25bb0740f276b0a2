import { z } from 'zod';
import { isLater } from './chat-message.ts';
import type { ChatMessage } from './chat-message.ts';
import { createCustomer } from './customer.ts';
import type { Customer, Person, PhoneSettings } from './customer.ts';
import { contentOf } from './draft.ts';
import type { Draft } from './draft.ts';
import type { Faults } from './faults.ts';
import { graphError } from './graph-error.ts';
import { newWamid } from './identifiers.ts';
import type { BusinessNumber, Timing } from './options.ts';
import type { Scheduler } from './scheduler.ts';
import { inboundChange, statusChange } from './webhook-body.ts';
import type { StatusReport } from './webhook-body.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

/** What the customers' phones do: receive, report, read, write. */
export interface Phones {
  addCustomer(person: Person): Customer;
  changePhone(customerId: string, settings: PhoneSettings): Customer;
  /** A message that the API has accepted sets out; `failsWith`: and does not arrive. */
  setOut(message: ChatMessage, failsWith: number | null): void;
  write(customerId: string, draft: Draft): ChatMessage;
  /** The customer opens the chat, or the business has seen it: everything so far is read. */
  readByCustomer(customerId: string): void;
  readByBusiness(wamid: string): void;
  /** When the customer last opened the 24-hour window. */
  lastWroteAt(customerId: string, phoneNumberId: string): number | null;
  /** Takes up what a restart interrupted. */
  resume(): void;
}

export interface PhonesOptions {
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly timing: Timing;
  readonly phoneNumbers: readonly [BusinessNumber, ...BusinessNumber[]];
  readonly clock: { now(): number };
  /** Somebody has something to answer to. */
  readonly onReceived: (customer: Customer, message: ChatMessage) => void;
}

const reactionSchema = z.object({ message_id: z.string(), emoji: z.string().default('') });

/** Kinds that do not open the window. */
const silentTypes = new Set(['reaction', 'system', 'edit', 'revoke']);

export function createPhones(options: PhonesOptions): Phones {
  const { world, webhooks, scheduler, faults, timing, clock, onReceived } = options;

  function known(customerId: string): Customer {
    const customer = world.find(customerId);
    if (!customer) throw new Error(`there is no customer ${customerId}`);
    return customer;
  }

  function businessOf(phoneNumberId: string): BusinessNumber {
    const found = options.phoneNumbers.find(({ id }) => id === phoneNumberId);
    if (!found) throw new Error(`there is no business number ${phoneNumberId}`);
    return found;
  }

  function report(wamid: string, status: StatusReport['status'], failureCode?: number) {
    const found = world.message(wamid);
    if (!found || !isLater(status, found.message.status)) return;
    world.change(wamid, { status, failureCode: failureCode ?? null });
    const error = failureCode === undefined ? undefined : graphError(failureCode);
    const subject = { ...found, business: businessOf(found.message.phoneNumberId) };
    webhooks.send(statusChange(subject, { status, at: clock.now(), error }));
  }

  function deliver(wamid: string) {
    const found = world.message(wamid);
    // Waits on the server; going online comes back here.
    if (!found?.customer.isOnline) return;
    if (found.message.type === 'reaction') return;
    const readsAtOnce =
      found.customer.sendsReadReceipts && faults.strike('delivered-left-out', found.customer.id);
    if (!readsAtOnce) report(wamid, 'delivered');
    scheduler.between(timing.readMs, () => {
      read(wamid);
    });
  }

  function read(wamid: string) {
    const found = world.message(wamid);
    if (!found?.customer.isOnline) return;
    if (found.customer.sendsReadReceipts) report(wamid, 'read');
    onReceived(found.customer, found.message);
  }

  function goOn({ wamid, status }: ChatMessage) {
    if (status === 'accepted') {
      scheduler.between(timing.sentMs, () => {
        report(wamid, 'sent');
        scheduler.between(timing.deliveredMs, () => {
          deliver(wamid);
        });
      });
    }
    if (status === 'sent')
      scheduler.between(timing.deliveredMs, () => {
        deliver(wamid);
      });
    if (status === 'delivered')
      scheduler.between(timing.readMs, () => {
        read(wamid);
      });
  }

  function hand(message: ChatMessage, extras?: Draft['extras']) {
    const found = world.message(message.wamid);
    if (!found) return;
    world.change(message.wamid, { status: 'sent' });
    const business = businessOf(message.phoneNumberId);
    webhooks.send(inboundChange({ ...found, business }, extras));
  }

  function write(customerId: string, draft: Draft): ChatMessage {
    const customer = known(customerId);
    const { type, content } = contentOf(draft);
    const message: ChatMessage = {
      wamid: newWamid(customer.phoneNumber ?? customer.userId, 'fromCustomer'),
      phoneNumberId: businessOf(draft.phoneNumberId ?? options.phoneNumbers[0].id).id,
      direction: 'fromCustomer',
      at: draft.at ?? clock.now(),
      type,
      content,
      quotedWamid: draft.quotedWamid ?? null,
      status: 'waiting',
      failureCode: null,
      callbackData: null,
      reactions: { byCustomer: null, byBusiness: null },
    };
    world.putMessage(customer.id, message);
    noteReaction(message);
    if (customer.isOnline) {
      readByCustomer(customer.id);
      hand(message, draft.extras);
    }
    return message;
  }

  function noteReaction({ type, content, direction }: ChatMessage) {
    const reaction = type === 'reaction' ? reactionSchema.safeParse(content).data : undefined;
    const target = reaction && world.message(reaction.message_id);
    if (!target) return;
    const emoji = reaction.emoji === '' ? null : reaction.emoji;
    const key = direction === 'fromCustomer' ? 'byCustomer' : 'byBusiness';
    const reactions = { ...target.message.reactions, [key]: emoji };
    world.change(target.message.wamid, { reactions });
  }

  function readByCustomer(customerId: string) {
    if (!known(customerId).sendsReadReceipts) return;
    for (const { direction, status, wamid } of world.chat(customerId))
      if (direction === 'fromBusiness' && status === 'delivered') report(wamid, 'read');
  }

  return {
    write,
    readByCustomer,
    addCustomer(person) {
      const customer = createCustomer(person);
      world.putCustomer(customer);
      return customer;
    },
    changePhone(customerId, settings) {
      const before = known(customerId);
      const after = { ...before, ...settings };
      world.putCustomer(after);
      if (before.isOnline || !after.isOnline) return after;
      for (const message of world.chat(after.id)) {
        if (message.status === 'waiting') hand(message);
        // What is only accepted still has its timer.
        if (message.direction === 'fromBusiness' && message.status !== 'accepted') goOn(message);
      }
      return after;
    },
    setOut(message, failsWith) {
      noteReaction(message);
      const { wamid } = message;
      if (failsWith === null) goOn(message);
      else
        scheduler.between(timing.sentMs, () => {
          report(wamid, 'failed', failsWith);
        });
    },
    readByBusiness(wamid) {
      const found = world.message(wamid);
      if (!found) return;
      for (const { direction, status, at, wamid: each } of world.chat(found.customer.id))
        if (direction === 'fromCustomer' && status !== 'read' && at <= found.message.at)
          world.change(each, { status: 'read' });
    },
    lastWroteAt(customerId, phoneNumberId) {
      const times = world
        .chat(customerId)
        .filter((message) => message.direction === 'fromCustomer' && !silentTypes.has(message.type))
        .filter((message) => message.phoneNumberId === phoneNumberId)
        .map(({ at }) => at);
      return times.length === 0 ? null : Math.max(...times);
    },
    resume() {
      for (const { id, isOnline } of world.customers())
        for (const message of world.chat(id))
          if (message.direction === 'fromBusiness' && (isOnline || message.status === 'accepted'))
            goOn(message);
    },
  };
}
