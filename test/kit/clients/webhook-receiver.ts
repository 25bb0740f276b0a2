import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export interface ReceivedWebhook {
  readonly body: string;
  readonly signature: string | undefined;
}

const elementSchema = z.looseObject({ id: z.string() });
export type WebhookElement = z.infer<typeof elementSchema>;

const bodySchema = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({
      id: z.string(),
      changes: z.array(
        z.object({
          field: z.string(),
          value: z.object({
            metadata: z.object({ display_phone_number: z.string(), phone_number_id: z.string() }),
            contacts: z.array(z.looseObject({ user_id: z.string() })).default([]),
            messages: z.array(elementSchema).default([]),
            statuses: z.array(elementSchema).default([]),
            message_echoes: z.array(elementSchema).default([]),
          }),
        }),
      ),
    }),
  ),
});
export type WebhookValue = z.infer<typeof bodySchema>['entry'][0]['changes'][0]['value'];

/** All values of a body, whatever entries and changes they are spread over. */
export function valuesOf(body: string): WebhookValue[] {
  const { entry } = bodySchema.parse(JSON.parse(body));
  return entry.flatMap(({ changes }) => changes.map(({ value }) => value));
}

export interface WebhookReceiver {
  readonly url: string;
  /** Bodies that arrived whole, answered with 200 or not. */
  readonly received: readonly ReceivedWebhook[];
  messages(): WebhookElement[];
  statuses(): WebhookElement[];
  /** What the next ones are answered with: a status, or nothing at all. */
  answerWith(answer: number | 'silence'): void;
  stop(): Promise<void>;
}

/** Where webhooks arrive in a test that has no server of ours. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  let answer: number | 'silence' = 200;

  async function take(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request);
    const signature = request.headers['x-hub-signature-256'];
    received.push({
      body,
      signature: typeof signature === 'string' ? signature : undefined,
    });
    if (answer !== 'silence') response.writeHead(answer).end('{"status":"ok"}');
  }

  const all = () => received.flatMap(({ body }) => valuesOf(body));
  const server = createServer((request, response) => {
    // A body that breaks off is not received.
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${actualPort}/plugins/whatsapp/webhook`,
    received,
    messages: () => all().flatMap(({ messages }) => messages),
    statuses: () => all().flatMap(({ statuses }) => statuses),
    answerWith(next) {
      answer = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
