import { eventsQuery, createSeenEvents } from './seen-events.ts';
import type { Follower } from './seen-events.ts';

export interface StreamFollower extends Follower {
  readonly response: Response;
  /** Everything that came, as text. */
  readonly raw: () => string;
}

/** Subscribes by server-sent events. */
export async function followEventStream(
  url: string,
  options: {
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<StreamFollower> {
  const seen = createSeenEvents();
  const controller = new AbortController();
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...options.headers,
    },
    body: JSON.stringify({ query: eventsQuery, variables: options.variables }),
    signal: controller.signal,
  });
  let raw = '';
  let taken = 0;

  async function read(): Promise<void> {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return;
      raw += decoder.decode(chunk.value, { stream: true });
      const frames = raw.slice(taken).split('\n\n');
      taken = raw.length - (frames.pop() ?? '').length;
      frames.forEach(takeFrame);
    }
  }

  function takeFrame(frame: string): void {
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    if (data !== undefined) seen.result(JSON.parse(data));
    if (frame.startsWith('event: complete')) seen.complete();
  }

  const reading = read()
    .catch(() => undefined)
    .then(() => {
      seen.close({ code: 0, reason: 'stream ended' });
    });
  const follower = seen.follower(async () => {
    controller.abort();
    await reading;
  });
  return Object.assign(follower, { response, raw: () => raw });
}
