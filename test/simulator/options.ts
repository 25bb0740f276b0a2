/** A time between the two, in milliseconds; drawn anew each time. */
export type RangeMs = readonly [fromMs: number, toMs: number];

/** How long things take. */
export interface Timing {
  /** The API's own answer to a call. */
  readonly answerMs: RangeMs;
  /** From acceptance to the status `sent`. */
  readonly sentMs: RangeMs;
  /** From there, with the phone online, to `delivered`. */
  readonly deliveredMs: RangeMs;
  /** From there to `read`. */
  readonly readMs: RangeMs;
  /** From reading to answering, for customers who answer by themselves. */
  readonly answeringMs: RangeMs;
  /** Before a refused webhook is tried again; doubles each time up to `retryMaxMs`. */
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
  /** How long a webhook waits for its answer. */
  readonly webhookTimeoutMs: number;
}

export const shortTiming: Timing = {
  answerMs: [0, 0],
  sentMs: [5, 20],
  deliveredMs: [10, 30],
  readMs: [20, 50],
  answeringMs: [20, 50],
  retryFirstMs: 100,
  retryMaxMs: 2_000,
  webhookTimeoutMs: 5_000,
};

export interface BusinessNumber {
  /** The phone number id of the send URL. */
  readonly id: string;
  /** The number itself, digits only. */
  readonly display: string;
}

export interface SimulatorLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface SimulatorOptions {
  /** 0: any free one. */
  readonly port: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** What callers of the API have to bring as bearer token. */
  readonly token: string;
  /** Signs the webhooks. */
  readonly appSecret: string;
  /** Where webhooks go; null until `control.pointWebhooksAt` says so. */
  readonly webhookUrl: string | null;
  /** The first is the one customers write to unless they name another. */
  readonly phoneNumbers: readonly [BusinessNumber, ...BusinessNumber[]];
  /** The WhatsApp Business account that owns the numbers. */
  readonly businessAccountId?: string;
  /** @default shortTiming */
  readonly timing?: Partial<Timing>;
  /** Phones and undelivered webhooks are kept here across restarts; absent: in memory only. */
  readonly stateFile?: string;
  /** How numbers behave that were never introduced; absent: they receive and stay silent. */
  readonly strangersAnswerAs?: string;
  readonly clock?: { now(): number };
  /** Numbers in [0, 1): delays and the dice of the faults. */
  readonly random?: () => number;
  readonly log?: SimulatorLog;
}

export const silentLog: SimulatorLog = { info: () => undefined, warn: () => undefined };
