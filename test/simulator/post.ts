import { request } from 'node:http';
import type { Agent } from 'node:http';

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly signature: string;
  readonly timeoutMs: number;
  readonly agent: Agent;
  /** Breaks the connection in the middle of the body. */
  readonly isInterrupted: boolean;
}

/** Posts a webhook; the HTTP status, or null when none came. Never rejects. */
export function post(options: Post): Promise<number | null> {
  const { url, body, signature, timeoutMs, agent, isInterrupted } = options;
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'facebookexternalua',
      'x-hub-signature-256': signature,
    };
    const outgoing = request(url, { method: 'POST', headers, agent, timeout: timeoutMs });
    outgoing.on('response', (response) => {
      response.resume();
      response.on('error', () => {
        resolve(null);
      });
      response.on('end', () => {
        resolve(response.statusCode ?? null);
      });
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => {
      resolve(null);
    });
    outgoing.on('close', () => {
      resolve(null);
    });
    if (!isInterrupted) outgoing.end(body);
    else outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
  });
}
