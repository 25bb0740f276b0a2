import { secondMs, systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { WhatsAppConfig } from '../config.ts';
import { joinSignals } from '../joined-signal.ts';
import type { Log } from '../log.ts';
import type { Failure } from '../messages/delivery-status.ts';
import { ownFailure } from '../messages/own-failure.ts';
import { outcomeOf } from './answer.ts';
import type { Answer, AnswerTo } from './answer.ts';
import { readReceiptBody, sendBody } from './request-body.ts';
import { transportFailureOf } from './transport-failure.ts';
import type { SendOutcome, WhatsApp } from './whatsapp.ts';

export interface CloudApiOptions {
  readonly config: Pick<WhatsAppConfig, 'token' | 'apiVersion' | 'apiBaseUrl'>;
  readonly log: Log;
  /**
   * From the start of a request to the last byte of its answer.
   * @default 15 s
   */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
}

interface Call {
  readonly phoneNumberId: string;
  readonly body: object;
  readonly expects: AnswerTo;
  readonly signal: AbortSignal | undefined;
}

const answerMaxBytes = 1024 * 1024; // 1 MiB; real ones are below 1 KiB

/** WhatsApp by Meta's Cloud API. The token is sent to the configured host and nowhere else. */
export function createCloudApi(options: CloudApiOptions): WhatsApp {
  const { config, log, timeoutMs = 15 * secondMs, clock = systemClock } = options;
  const request = options.fetch ?? fetch;

  async function call({ phoneNumberId, body, expects, signal }: Call): Promise<SendOutcome> {
    const { token } = config;
    if (token === null) return refused(ownFailure('no-token'));
    const timeout = AbortSignal.timeout(timeoutMs);
    const ending = joinSignals(signal === undefined ? [timeout] : [timeout, signal]);
    try {
      const response = await request(addressOf(config, phoneNumberId), {
        method: 'POST',
        // A redirect could carry the token, or the message a second time, to another host.
        redirect: 'manual',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: ending.signal,
      });
      return outcomeOf(await answerOf(response, token), expects, clock.now());
    } catch (error) {
      // fetch rejects when there is no answer; what the message's fate is follows from why.
      return outcomeOfError(error);
    } finally {
      ending.release();
    }
  }

  function outcomeOfError(error: unknown): SendOutcome {
    const { isBeforeSending, reason } = transportFailureOf(error);
    log.debug({ reason, isBeforeSending }, 'no answer from WhatsApp');
    if (isBeforeSending) return refused(ownFailure('unreachable', `${reason}.`));
    const details =
      reason === 'TimeoutError'
        ? `No answer within ${timeoutMs / secondMs} s.`
        : `The connection ended without an answer (${reason}).`;
    return { kind: 'UNKNOWN', failure: ownFailure('outcome-unknown', details) };
  }

  return {
    send: (message, signal) =>
      call({
        phoneNumberId: message.phoneNumberId,
        body: sendBody(message),
        expects: 'message',
        signal,
      }),
    markRead: (phoneNumberId, wamid, signal) =>
      call({ phoneNumberId, body: readReceiptBody(wamid), expects: 'receipt', signal }),
  };
}

function addressOf(
  { apiBaseUrl, apiVersion }: CloudApiOptions['config'],
  phoneNumberId: string,
): string {
  const base = apiBaseUrl.replace(/\/+$/, '');
  return `${base}/${apiVersion}/${encodeURIComponent(phoneNumberId)}/messages`;
}

function refused(failure: Failure): SendOutcome {
  return { kind: 'REFUSED', failure, retryAfterMs: null };
}

async function answerOf(response: Response, token: string): Promise<Answer> {
  const text = await boundedText(response.body);
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    // "Malformed access token EAAG..." quotes it, and the reason of a refusal is stored and shown.
    text: text?.replaceAll(token, '[token]') ?? null,
  };
}

async function boundedText(body: Response['body']): Promise<string | null> {
  if (body === null) return '';
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > answerMaxBytes) {
      await reader.cancel(); // closes the connection
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
