import { setMaxListeners } from 'node:events';
import type { FastifyPluginCallback, FastifyReply } from 'fastify';
import { secondMs } from '../clock.ts';
import { InvalidInputError } from '../errors.ts';
import { pluginPath } from '../http/paths.ts';
import { HttpProblem } from '../http/problem.ts';
import { joinSignals } from '../joined-signal.ts';
import { deliveryErrorOf } from '../messages/delivery-error.ts';
import type { Message } from '../messages/message.ts';
import type { Messages, SendResult } from '../messages/messages.ts';
import { sendBody } from './answers.ts';
import type { SendAnswer } from './answers.ts';
import { parseInput } from './input.ts';
import { isoTime, restStatusOf } from './message-json.ts';
import { outcomeOf } from './send-outcome.ts';
import type { OutcomeOptions } from './send-outcome.ts';

export interface SendRouteOptions extends Pick<OutcomeOptions, 'feed' | 'log'> {
  readonly messages: Pick<Messages, 'send' | 'byIds'>;
  /**
   * How long an answer waits for WhatsApp's.
   * @default 10 s
   */
  readonly sendWaitMs?: number | undefined;
}

export function sendRoute(options: SendRouteOptions): FastifyPluginCallback {
  const { messages, feed, log, sendWaitMs = 10 * secondMs } = options;
  return (server, _options, done) => {
    const stopping = new AbortController();
    // Each answer that waits listens to it; Node warns of a leak at eleven.
    setMaxListeners(0, stopping.signal);
    server.addHook('preClose', (closed) => {
      stopping.abort();
      closed();
    });

    server.post(`${pluginPath}/messages/send`, async (request, reply) => {
      const { to, message: text } = parseInput(sendBody, request.body);
      const key = request.headers['idempotency-key'];
      const result = await messages.send({ to, text, clientMessageId: oneOf(key) }, 'owner');
      const message = messageIn(result);
      const timeout = AbortSignal.timeout(sendWaitMs);
      const { signal, release } = joinSignals([stopping.signal, timeout, whenGone(reply)]);
      const outcome = await outcomeOf(message, { feed, messages, log, signal }).finally(release);
      return answerFor(outcome, to, reply);
    });
    done();
  };
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

function answerFor(message: Message, to: string, reply: FastifyReply): FastifyReply {
  const status = restStatusOf(message);
  if (status === 'failed') throw refusedByWhatsApp(message);
  const isAccepted = status === 'sent' || status === 'delivered' || status === 'read';
  const answer: SendAnswer = {
    success: true,
    id: message.id,
    message_id: message.wamid,
    // Between the two there is no difference for the caller: it is still under way.
    status: status === 'sending' ? 'queued' : status,
    to,
    timestamp: isoTime(message.timestamp),
  };
  return reply.code(isAccepted ? 200 : 202).send(answer);
}

function refusedByWhatsApp(message: Message): HttpProblem {
  const error = deliveryErrorOf(message.delivery);
  return new HttpProblem({
    status: 502,
    kind: 'refused-by-whatsapp',
    title: error?.title ?? 'Refused by WhatsApp',
    detail: error?.advice ?? 'WhatsApp refused the message without a reason.',
    members: {
      id: message.id,
      code: error?.code ?? null,
      advice: error?.advice ?? null,
      retryable: error?.retryable ?? false,
    },
  });
}

/** The stored message; what was refused before it was stored is thrown. */
function messageIn(result: SendResult): Message {
  switch (result.kind) {
    case 'message':
      return result.message;
    case 'invalid':
      throw new InvalidInputError(result.issues);
    case 'not-configured':
      throw new HttpProblem({
        status: 503,
        kind: 'not-configured',
        title: 'Not configured',
        detail: result.message,
        members: { missing_settings: result.missingSettings },
      });
    case 'window-closed':
      throw new HttpProblem({
        status: 409,
        kind: 'window-closed',
        title: 'The 24-hour window is closed',
        detail: result.message,
        members: { closed_at: result.closedAt === null ? null : isoTime(result.closedAt) },
      });
    case 'conflict':
      throw new HttpProblem({
        status: 409,
        kind: 'key-used-before',
        title: 'Idempotency-Key used before',
        detail:
          'This Idempotency-Key was used with other content: take a new one for a new message.',
      });
    case 'stale':
      throw new HttpProblem({ status: 409, detail: result.message });
    case 'not-found':
      throw new HttpProblem({ status: 404, detail: result.message });
  }
}
