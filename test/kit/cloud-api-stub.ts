import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the stub does with a request. */
export type StubAnswer =
  | { readonly kind: 'accept'; readonly wamid?: string }
  | {
      readonly kind: 'refuse';
      readonly code: number;
      readonly status?: number;
      readonly message?: string;
      readonly details?: string;
      readonly headers?: Record<string, string>;
    }
  | {
      readonly kind: 'raw';
      readonly status: number;
      readonly body: string;
      readonly headers?: Record<string, string>;
    }
  /** Closes the connection, before the answer or in the middle of it. */
  | { readonly kind: 'reset'; readonly midBody?: boolean }
  /** Never answers. */
  | { readonly kind: 'silence' };

export interface CloudApiStub {
  readonly url: string;
  /** Everything that arrived, oldest first. */
  readonly requests: readonly StubRequest[];
  /** Decides about the requests from now on; accepts all until told otherwise. */
  answerWith(decide: (request: StubRequest) => StubAnswer | Promise<StubAnswer>): void;
  /** Safe twice. */
  close(): Promise<void>;
}

/** A real HTTP server that answers as the Cloud API does, or as badly as a test wants. */
export async function startCloudApiStub(): Promise<CloudApiStub> {
  const requests: StubRequest[] = [];
  let decide: (request: StubRequest) => StubAnswer | Promise<StubAnswer> = () => ({
    kind: 'accept',
  });
  let accepted = 0;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    requests.push(request);
    const answer = await decide(request);
    if (answer.kind === 'accept') accepted += 1;
    respond(
      response,
      request,
      answer.kind === 'accept' ? { wamid: `wamid.stub-${accepted}`, ...answer } : answer,
    );
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerWith(next) {
      decide = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
  const body: unknown = JSON.parse(await text(incoming));
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: typeof body === 'object' && body !== null ? { ...body } : {},
  };
}

function respond(response: ServerResponse, request: StubRequest, answer: StubAnswer): void {
  switch (answer.kind) {
    case 'accept':
      sendJson(response, 200, { body: acceptance(request, answer.wamid ?? 'wamid.stub') });
      return;
    case 'refuse':
      sendJson(response, answer.status ?? 400, { body: refusal(answer), headers: answer.headers });
      return;
    case 'raw':
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    case 'reset':
      if (answer.midBody === true) {
        response.writeHead(200, { 'content-length': '500' }).write('{"messages":[{"id":"wamid.cut');
        // The part that was written has to reach the client before the connection ends.
        setImmediate(() => response.destroy());
      } else {
        response.destroy();
      }
      return;
    case 'silence':
      return;
  }
}

function acceptance({ body }: StubRequest, wamid: string): object {
  if (body['status'] === 'read') return { success: true };
  const input = body['to'] ?? body['recipient'];
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input, wa_id: String(input).replace('+', '') }],
    messages: [{ id: wamid }],
  };
}

function refusal(answer: Extract<StubAnswer, { kind: 'refuse' }>): object {
  const details = answer.details === undefined ? {} : { details: answer.details };
  return {
    error: {
      message: `(#${answer.code}) ${answer.message ?? 'Refused'}`,
      type: 'OAuthException',
      code: answer.code,
      error_data: { messaging_product: 'whatsapp', ...details },
      fbtrace_id: 'Atrace',
    },
  };
}

function sendJson(
  response: ServerResponse,
  status: number,
  {
    body,
    headers = {},
  }: { readonly body: object; readonly headers?: Record<string, string> | undefined },
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body));
}
