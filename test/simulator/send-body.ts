import { z } from 'zod';
import { graphError } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';

/** A send as the API has understood it. */
export interface Send {
  /** As given, before it is dialled. */
  readonly to: string | null;
  readonly userId: string | null;
  readonly type: string;
  readonly content: unknown;
  readonly quotedWamid: string | null;
  readonly callbackData: string | null;
}

export interface ReadReceipt {
  readonly wamid: string;
  readonly isTyping: boolean;
}

export type Understood =
  | { readonly kind: 'send'; readonly send: Send }
  | { readonly kind: 'read'; readonly receipt: ReadReceipt }
  | { readonly kind: 'refused'; readonly error: GraphError };

// Characters; which kind Meta counts is not documented, UTF-16 units are the stricter.
const textMaxLength = 4_096;
const callbackDataMaxLength = 512;

const types = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'interactive',
  'template',
];

const bodySchema = z.looseObject({
  messaging_product: z.literal('whatsapp'),
  to: z.string().optional(),
  recipient: z.string().optional(),
  recipient_type: z.enum(['individual', 'group']).optional(),
  type: z.string().default('text'),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(callbackDataMaxLength).optional(),
  status: z.literal('read').optional(),
  message_id: z.string().optional(),
  typing_indicator: z.object({ type: z.literal('text') }).optional(),
});
type Body = z.infer<typeof bodySchema>;

const textSchema = z.object({ body: z.string(), preview_url: z.boolean().optional() });

/** Checks the body of `POST /{phone_number_id}/messages` in about the order that the real one does. */
export function understand(body: unknown): Understood {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return refuse(100, describe(parsed.error));
  if (parsed.data.status === 'read') return understandReceipt(parsed.data);
  return understandSend(parsed.data);
}

function understandReceipt({ message_id: wamid, typing_indicator: typing }: Body): Understood {
  if (wamid === undefined) return refuse(100, 'The parameter message_id is required.');
  if (!wamid.startsWith('wamid.')) return refuse(131009, 'The message id is not valid.');
  return { kind: 'read', receipt: { wamid, isTyping: typing !== undefined } };
}

function understandSend(body: Body): Understood {
  const { to, recipient, type, context, biz_opaque_callback_data: callbackData } = body;
  if (to === undefined && recipient === undefined)
    return refuse(100, 'The parameter to is required.');
  if (!types.includes(type)) return refuse(100, `Param type must be one of {${types.join(', ')}}`);
  const content = body[type];
  if (content === undefined || content === null)
    return refuse(131008, `Parameter '${type}' is mandatory for type '${type}'`);
  const problem = type === 'text' ? textProblem(content) : null;
  if (problem) return { kind: 'refused', error: problem };
  const send = {
    to: to ?? null,
    userId: to === undefined ? (recipient ?? null) : null,
    type,
    content,
    quotedWamid: context?.message_id ?? null,
    callbackData: callbackData ?? null,
  };
  return { kind: 'send', send };
}

function textProblem(content: unknown): GraphError | null {
  const text = textSchema.safeParse(content);
  if (!text.success) return graphError(131008, "Parameter 'text.body' is mandatory");
  if (text.data.body.trim() === '') return graphError(131008, 'Text body is required');
  if (text.data.body.length > textMaxLength)
    return graphError(100, `Param text['body'] must be at most ${textMaxLength} characters long.`);
  return null;
}

function refuse(code: number, details: string): Understood {
  return { kind: 'refused', error: graphError(code, details) };
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = issue?.path.join('.') ?? '';
  return name === '' ? 'The body has to be a JSON object.' : `The parameter ${name} is not valid.`;
}
