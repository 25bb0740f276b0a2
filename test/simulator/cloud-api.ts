import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Customer } from './customer.ts';
import type { Faults } from './faults.ts';
import { graphError, graphErrorBody } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';
import type { BusinessNumber, Timing } from './options.ts';
import type { Phones } from './phones.ts';
import { understand } from './send-body.ts';
import type { ReadReceipt, Send } from './send-body.ts';
import type { SendResult, Sends } from './sends.ts';
import type { World } from './world.ts';

export interface CloudApiOptions {
  readonly token: string;
  readonly phoneNumbers: readonly BusinessNumber[];
  readonly timing: Timing;
  readonly random: () => number;
  readonly sends: Sends;
  readonly phones: Phones;
  readonly world: World;
  readonly faults: Faults;
}

type MessagesRequest = FastifyRequest<{ Params: { phoneNumberId: string } }>;

/** `POST /{version}/{phone_number_id}/messages`, as the Graph API answers it. */
export function cloudApiRoutes(options: CloudApiOptions) {
  const { token, phoneNumbers, timing, random, sends, phones, world, faults } = options;

  async function answerMessages(request: MessagesRequest, reply: FastifyReply) {
    const [fromMs, toMs] = timing.answerMs;
    if (toMs > 0) await delay(fromMs + random() * (toMs - fromMs));
    const problem = callerProblem(request);
    if (problem) return refuse(reply, problem);
    const business = phoneNumbers.find(({ id }) => id === request.params.phoneNumberId);
    if (!business) return refuse(reply, unknownNumber(request.params.phoneNumberId));
    const understood = understand(request.body);
    if (understood.kind === 'refused') return refuse(reply, understood.error);
    if (understood.kind === 'read') return noteReceipt(understood.receipt, reply);
    return answerSend(understood.send, business, reply);
  }

  function callerProblem({ headers }: FastifyRequest): GraphError | null {
    if (headers.authorization === undefined) return graphError(104);
    return headers.authorization === `Bearer ${token}` ? null : graphError(190);
  }

  function noteReceipt({ wamid, isTyping }: ReadReceipt, reply: FastifyReply) {
    phones.readByBusiness(wamid);
    const found = world.message(wamid);
    if (found && isTyping) world.announceTyping(found.customer.id, true);
    return reply.send({ success: true });
  }

  async function answerSend(send: Send, business: BusinessNumber, reply: FastifyReply) {
    const customer = sends.recipientOf(send, business);
    if ('code' in customer) {
      sends.note(send, business, { customer: null, wamid: null, errorCode: customer.code });
      return refuse(reply, customer);
    }
    const slow = faults.strike('send-slow', customer.id);
    if (slow) await delay(slow.ms ?? 1_000);
    const breakage = breakageOf(customer);
    if (breakage && !breakage.accepts) return breakage.act(reply);
    const result = sends.take(send, business, customer);
    const wamid = result.kind === 'accepted' ? result.wamid : null;
    const errorCode = result.kind === 'refused' ? result.error.code : null;
    sends.note(send, business, { customer, wamid, errorCode });
    return breakage && wamid !== null ? breakage.act(reply) : answerResult(send, result, reply);
  }

  function breakageOf({ id }: Customer) {
    const timeout = faults.strike('send-timeout', id);
    if (timeout) return { accepts: timeout.accepts ?? true, act: keepSilent };
    const reset = faults.strike('send-reset', id);
    if (reset) return { accepts: reset.accepts ?? false, act: breakConnection };
    const nonsense = faults.strike('send-nonsense', id);
    return nonsense && { accepts: nonsense.accepts ?? false, act: talkNonsense };
  }

  return (server: FastifyInstance) => {
    server.setErrorHandler((error, _request, reply) =>
      refuse(reply, graphError(100, error instanceof Error ? error.message : 'Invalid body')),
    );
    // Other paths of the same host are not the API's.
    server.post<{ Params: { phoneNumberId: string } }>(
      '/:version(^v\\d+\\.\\d+$)/:phoneNumberId/messages',
      answerMessages,
    );
  };
}

function answerResult(send: Send, result: SendResult, reply: FastifyReply) {
  if (result.kind === 'refused') {
    if (result.retryAfterSeconds !== undefined)
      void reply.header('retry-after', result.retryAfterSeconds);
    return refuse(reply, result.error);
  }
  const { customer, wamid } = result;
  const contact =
    send.to === null
      ? { input: send.userId, user_id: customer.userId }
      : { input: send.to, wa_id: customer.phoneNumber };
  return reply.send({
    messaging_product: 'whatsapp',
    contacts: [contact],
    messages: [{ id: wamid, ...(send.type === 'template' ? { message_status: 'accepted' } : {}) }],
  });
}

function refuse(reply: FastifyReply, error: GraphError) {
  return reply.code(error.httpStatus).send(graphErrorBody(error));
}

function unknownNumber(id: string): GraphError {
  return graphError(33, `Object with ID '${id}' does not exist or cannot be loaded.`);
}

function keepSilent(reply: FastifyReply) {
  reply.hijack();
  return reply;
}

function breakConnection(reply: FastifyReply) {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function talkNonsense(reply: FastifyReply) {
  return reply
    .code(502)
    .type('text/html')
    .send('<html><body><h1>502 Bad Gateway</h1></body></html>');
}
