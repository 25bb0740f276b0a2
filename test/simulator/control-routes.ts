import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ChatMessage } from './chat-message.ts';
import type { Control } from './control.ts';
import { personSchema, phoneSettingsSchema } from './customer.ts';
import { draftSchema } from './draft.ts';
import { faultSchema } from './faults.ts';
import { limitsSchema } from './limits.ts';
import { followLive } from './live.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;

const reactionSchema = z.object({ wamid: z.string(), emoji: z.string().nullable() });
const webhookSchema = z.object({ url: z.url() });
const handshakeSchema = z.object({ verifyToken: z.string() });

/** The control API: what tests, scripts and the page use. Invalid input is a 422 with the reason. */
export function controlRoutes(control: Control, server: FastifyInstance): void {
  server.setErrorHandler(answerError);
  customerRoutes(control, server);
  faultRoutes(control, server);

  server.get('/control/sends', () => control.sends());
  server.get('/control/webhooks', () => control.webhooks());
  server.put('/control/webhooks', ({ body }) => {
    control.pointWebhooksAt(webhookSchema.parse(body).url);
    return control.webhooks();
  });
  server.post('/control/handshake', async ({ body }) => ({
    verified: await control.handshake(handshakeSchema.parse(body).verifyToken),
  }));
  server.get('/control/settled', async () => {
    await control.settled({ ms: 60_000 });
    return { settled: true };
  });
  server.get('/control/live', (_request, reply) => followLive(control, reply));
}

function customerRoutes(control: Control, server: FastifyInstance) {
  server.get('/control/overview', () => ({
    business: control.business.display,
    customers: control.customers().map((customer) => ({
      customer,
      lastMessage: lastShown(control.chat(customer.id)),
    })),
  }));
  server.get('/control/customers', () => control.customers());
  server.post('/control/customers', ({ body }) => control.addCustomer(personSchema.parse(body)));
  server.patch('/control/customers/:id', ({ params, body }: ById) =>
    control.changePhone(known(control, params.id), phoneSettingsSchema.parse(body)),
  );
  server.get('/control/customers/:id/messages', ({ params }: ById) =>
    control.chat(known(control, params.id)),
  );
  server.post('/control/customers/:id/messages', ({ params, body }: ById) =>
    control.write(known(control, params.id), draftSchema.parse(body)),
  );
  server.post('/control/customers/:id/reactions', ({ params, body }: ById) => {
    const { wamid, emoji } = reactionSchema.parse(body);
    return control.react(known(control, params.id), wamid, emoji);
  });
  server.post('/control/customers/:id/open', ({ params }: ById) => {
    control.open(known(control, params.id));
    return { opened: true };
  });
}

function faultRoutes(control: Control, server: FastifyInstance) {
  server.get('/control/faults', () => control.faults.list());
  server.post('/control/faults', ({ body }) => control.faults.add(faultSchema.parse(body)));
  server.delete('/control/faults', () => {
    control.faults.reset();
    return control.faults.list();
  });
  server.delete('/control/faults/:id', ({ params }: ById) => {
    control.faults.remove(params.id);
    return control.faults.list();
  });
  server.get('/control/limits', () => control.limits.settings());
  server.patch('/control/limits', ({ body }) => control.limits.change(limitsSchema.parse(body)));
}

/** What stands below a name in the list of chats. */
function lastShown(chat: readonly ChatMessage[]): ChatMessage | null {
  return chat.findLast(({ status }) => status !== 'failed') ?? null;
}

class UnknownCustomerError extends Error {
  override readonly name = 'UnknownCustomerError';
}

function known(control: Control, id: string): string {
  const customer = control.customer(id);
  if (!customer) throw new UnknownCustomerError(`There is no customer ${id}.`);
  return customer.id;
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof UnknownCustomerError) return reply.code(404).send({ error: error.message });
  if (error instanceof z.ZodError)
    return reply.code(422).send({ error: z.prettifyError(error), issues: error.issues });
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  const message = error instanceof Error ? error.message : 'failed';
  return reply.code(typeof status === 'number' ? status : 500).send({ error: message });
}
