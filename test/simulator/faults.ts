import { z } from 'zod';

/** What can go wrong on demand. */
export const faultKinds = [
  /** Refuses a send with `code` (131000 unless told); `retryAfterSeconds` becomes the header. */
  'send-error',
  /** Accepts a send, and a `failed` status with `code` follows. */
  'send-fails-later',
  /** Never answers. Accepts the send unless `accepts` is false. */
  'send-timeout',
  /** Resets the connection instead of an answer. Accepts the send only if `accepts` is true. */
  'send-reset',
  /** Answers 502 with a page of HTML. Accepts the send only if `accepts` is true. */
  'send-nonsense',
  /** Answers after `ms`. */
  'send-slow',
  /** `read` comes without `delivered`, as when the chat is open. */
  'delivered-left-out',
  /** Holds a webhook back for `ms`. */
  'webhook-delay',
  /** Holds each webhook back for another time up to `ms`, so that they overtake each other. */
  'webhook-reorder',
  /** Posts the same body again, up to `ms` later. */
  'webhook-duplicate',
  /** Collects webhooks for `ms` and posts them as one body. */
  'webhook-batch',
  /** Breaks the connection in the middle of the body; tried again, as after any failure. */
  'webhook-interrupt',
  /** Delivers, but the answer gets lost: the whole body comes again. */
  'webhook-answer-lost',
  /** Loses the webhook for good. */
  'webhook-drop',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultSchema = z.object({
  kind: z.enum(faultKinds),
  /** Ends after so many; absent: until reset. */
  times: z.int().positive().optional(),
  /** The chance of each. */
  rate: z.number().min(0).max(1).default(1),
  /** Only for this customer (number or user id). */
  to: z.string().optional(),
  code: z.int().nonnegative().optional(),
  /** Milliseconds. */
  ms: z.int().nonnegative().max(600_000).optional(),
  accepts: z.boolean().optional(),
  retryAfterSeconds: z.int().nonnegative().optional(),
});
export type FaultRequest = z.input<typeof faultSchema>;

export interface Fault extends z.infer<typeof faultSchema> {
  readonly id: string;
  /** How often it has struck. */
  readonly struck: number;
}

export interface Faults {
  add(request: FaultRequest): Fault;
  list(): readonly Fault[];
  remove(id: string): boolean;
  /** Ends all of them. */
  reset(): void;
  /** Rolls the dice: the fault that strikes here, or null. */
  strike(kind: FaultKind, customerId?: string | null): Fault | null;
}

export function createFaults({ random }: { readonly random: () => number }): Faults {
  const active = new Map<string, Fault>();
  let count = 0;

  function strikes(fault: Fault, kind: FaultKind, customerId: string | null): boolean {
    if (fault.kind !== kind) return false;
    if (fault.to !== undefined && fault.to !== customerId) return false;
    return fault.rate >= 1 || random() < fault.rate;
  }

  return {
    add(request) {
      count += 1;
      const fault = { ...faultSchema.parse(request), id: `fault-${count}`, struck: 0 };
      active.set(fault.id, fault);
      return fault;
    },
    list: () => [...active.values()],
    remove: (id) => active.delete(id),
    reset() {
      active.clear();
    },
    strike(kind, customerId = null) {
      const fault = [...active.values()].find((one) => strikes(one, kind, customerId));
      if (!fault) return null;
      const struck = { ...fault, struck: fault.struck + 1 };
      if (struck.struck === fault.times) active.delete(fault.id);
      else active.set(fault.id, struck);
      return struck;
    },
  };
}
