import type { Control } from '../../simulator/control.ts';
import type { Api } from './api.ts';
import { pick } from './random.ts';

export interface Traffic {
  /** By id: what the business has sent through the API. */
  readonly sent: ReadonlyMap<string, string>;
  readonly figures: TrafficFigures;
  /** Resolves when the time is over and every call has been answered. */
  run(durationMs: number): Promise<void>;
}

export interface TrafficFigures {
  readonly written: number;
  readonly sent: number;
  readonly readMarks: number;
  /** Sends that the API refused, or that failed otherwise. */
  readonly refusals: readonly string[];
}

export interface TrafficOptions {
  readonly control: Control;
  readonly api: Api;
  readonly random: () => number;
  /** Messages per second. */
  readonly rate: number;
  /** Of all messages; the rest is written by customers. @default 0.35 */
  readonly shareOfSends?: number;
  readonly people: readonly string[];
  /** Now and then: somebody's connection breaks. */
  readonly onMishap: () => void;
}

const tickMs = 20;
const readMarksPerMessage = 0.1;
const mishapsPerMessage = 0.004;

const words =
  'order lamp stool brass oak please thanks when tomorrow address invoice parcel colour straße größe été مرحبا 你好 👍 🎉 it is the and'.split(
    ' ',
  );
const kinds = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'order'];

/** Customers write, the business answers and reads, at a steady rate. */
export function createTraffic(options: TrafficOptions): Traffic {
  const { control, api, random, rate, people, onMishap, shareOfSends = 0.35 } = options;
  const sent = new Map<string, string>();
  const conversations = new Set<string>();
  const calls = new Set<Promise<void>>();
  const figures = { written: 0, sent: 0, readMarks: 0 };
  const refusals: string[] = [];
  let count = 0;

  function sentence(): string {
    const length = 1 + Math.floor(random() * 12);
    const text = Array.from({ length }, () => pick(random, words)).join(' ');
    return `${text} ${(count += 1)}`;
  }

  function write(person: string) {
    figures.written += 1;
    const quoted = random() < 0.1 ? pick(random, control.chat(person))?.wamid : undefined;
    const quote = quoted === undefined ? {} : { quotedWamid: quoted };
    const roll = random();
    if (roll < 0.05 && quoted !== undefined) control.react(person, quoted, '👍');
    else if (roll < 0.15) control.write(person, { type: pick(random, kinds) ?? 'image', ...quote });
    else control.write(person, { text: sentence(), ...quote });
  }

  async function send(to: string) {
    figures.sent += 1;
    const input = { to, text: sentence(), clientMessageId: `soak-${figures.sent}` };
    const answer = await api.send(input);
    if (answer.kind === 'refused') refusals.push(answer.reason);
    else {
      sent.set(answer.id, input.text);
      conversations.add(answer.conversationId);
    }
  }

  function call(work: Promise<void>) {
    const settled = work.catch((error: unknown) => {
      refusals.push(String(error));
    });
    calls.add(settled);
    void settled.then(() => calls.delete(settled));
  }

  function actOnce() {
    const person = pick(random, people) ?? '';
    if (random() < shareOfSends) call(send(person));
    else write(person);
    if (random() < mishapsPerMessage) onMishap();
    const conversation = random() < readMarksPerMessage && pick(random, [...conversations]);
    if (typeof conversation !== 'string') return;
    figures.readMarks += 1;
    call(api.markRead(conversation));
  }

  return {
    sent,
    get figures() {
      return { ...figures, refusals };
    },
    async run(durationMs) {
      const startedAt = performance.now();
      let done = 0;
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const elapsedMs = Math.min(performance.now() - startedAt, durationMs);
          const due = Math.floor((elapsedMs / 1_000) * rate);
          for (; done < due; done += 1) actOnce();
          if (elapsedMs < durationMs) return;
          clearInterval(timer);
          resolve();
        }, tickMs);
      });
      await Promise.all(calls);
    },
  };
}
