import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SimulatorLog } from './options.ts';
import type { Undelivered } from './deliveries.ts';
import type { WorldState } from './world.ts';

const customerSchema = z.object({
  id: z.string(),
  phoneNumber: z.string().nullable(),
  userId: z.string(),
  username: z.string().nullable(),
  name: z.string(),
  isOnline: z.boolean(),
  sendsReadReceipts: z.boolean(),
  isOnWhatsApp: z.boolean(),
  answersAs: z.string().nullable(),
});

const messageSchema = z.object({
  wamid: z.string(),
  phoneNumberId: z.string(),
  direction: z.enum(['fromCustomer', 'fromBusiness']),
  at: z.number(),
  type: z.string(),
  content: z.unknown(),
  quotedWamid: z.string().nullable(),
  status: z.enum(['waiting', 'accepted', 'sent', 'delivered', 'read', 'failed']),
  failureCode: z.number().nullable(),
  callbackData: z.string().nullable(),
  reactions: z.object({ byCustomer: z.string().nullable(), byBusiness: z.string().nullable() }),
});

const stateSchema = z.object({
  customers: z.array(customerSchema),
  chats: z.array(z.tuple([z.string(), z.array(messageSchema)])),
  /** Bodies that the server has not accepted yet. */
  undelivered: z.array(z.object({ body: z.string(), inbound: z.array(z.string()) })),
});

export interface SimulatorState extends WorldState {
  readonly undelivered: readonly Undelivered[];
}

/** The state of the last run; null when there is none that can be read. */
export function loadState(path: string, log: SimulatorLog): SimulatorState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) log.warn({ err: error, path }, 'the simulator starts anew: no usable state');
    return null;
  }
}

/** Replaces the file as a whole, so that a crash leaves the former one. */
export function saveState(path: string, state: SimulatorState): void {
  writeFileSync(`${path}.next`, JSON.stringify(state));
  renameSync(`${path}.next`, path);
}
