import { z } from 'zod';
import { maxPageSize } from '../paging.ts';

// What the REST routes take and give; the OpenAPI document is made from these.

const time = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds.' });
const cursor = z.string().nullable();
const phoneNumber = z.string().meta({
  pattern: String.raw`^\d{7,15}$`,
  description: 'Country code first, digits only, no +; 7 to 15 digits.',
});

const statuses = [
  'received',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
] as const;
const status = z
  .enum(statuses)
  .describe('`unknown`: the connection broke, and WhatsApp may have taken it; settles by itself.');

export const sendBody = z
  .object({
    to: phoneNumber,
    message: z.string().meta({ minLength: 1, maxLength: 4096 }),
    message_type: z.literal('text').default('text'),
  })
  .describe('A text message to one person.');

const sendAnswer = z
  .object({
    success: z.literal(true),
    id: z.string().describe("This server's id of the message."),
    message_id: z.string().nullable().describe("WhatsApp's id; null until WhatsApp accepted it."),
    status,
    to: phoneNumber,
    timestamp: time,
  })
  .describe('The message, as far as it has come.');

const deliveryError = z
  .object({
    code: z.int().nullable().describe("Meta's code; null where it gave none."),
    title: z.string(),
    advice: z.string().describe('What to do next.'),
    retryable: z.boolean(),
  })
  .describe('Why a message failed.');

const messageJson = z
  .object({
    id: z.string().describe("This server's id of the message."),
    message_id: z.string().nullable().describe("WhatsApp's id; null until WhatsApp accepted it."),
    from: z
      .string()
      .nullable()
      .describe(
        "Phone number, digits only; the user id of a person without a known number; null while the business's own number is not known from a webhook.",
      ),
    to: z.string().nullable().describe('As `from`.'),
    message: z.string().describe('Body or caption, or one line for kinds without text.'),
    message_type: z.string().describe('For example `text`, `image`, `location`.'),
    direction: z.enum(['incoming', 'outgoing']),
    status,
    timestamp: time,
    error: deliveryError.nullable(),
  })
  .describe('One message of a chat.');

const messagesAnswer = z
  .object({
    messages: z.array(messageJson).describe('Oldest first.'),
    next: cursor.describe('Give it as `after` for newer ones; null where there are none.'),
    previous: cursor.describe('Give it as `before` for older ones; null where there are none.'),
  })
  .describe('A page of messages.');

const conversationJson = z
  .object({
    id: z.string(),
    phone_number: phoneNumber.nullable().describe('Null for people known by a user id only.'),
    name: z.string(),
    last_message: z.string().nullable(),
    last_message_time: time,
    unread_count: z.int().min(0),
    window_expires_at: time
      .nullable()
      .describe('Until when free-form messages may be sent; null when they have never written.'),
  })
  .describe('The chat with one person.');

const conversationsAnswer = z
  .object({
    conversations: z.array(conversationJson).describe('Newest activity first.'),
    next: cursor.describe('Give it as `after` for the following ones; null at the end.'),
  })
  .describe('A page of conversations.');

const healthAnswer = z
  .object({
    status: z.enum(['healthy', 'degraded']),
    plugin: z.literal('whatsapp'),
    configured: z.boolean(),
    missing_settings: z.array(z.string()),
    warnings: z.array(z.string()),
    api_version: z.string(),
    phone_number_id: z.string().nullable(),
    store: z.object({
      kind: z.enum(['embedded', 'mongodb']),
      ok: z.boolean(),
      latency_ms: z.number().nullable(),
      detail: z.string().nullable(),
    }),
    version: z.string(),
  })
  .describe('How the server is. No secrets.');

const problemJson = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    issues: z
      .array(z.object({ path: z.array(z.string()), message: z.string() }))
      .optional()
      .describe('What is wrong with the input, field by field.'),
  })
  .describe('RFC 9457; refusals have members of their own besides.');

const webhookAnswer = z.object({ status: z.literal('ok') }).describe('It was stored durably.');

const limit = z
  .string()
  .refine((text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= maxPageSize)
  .transform(Number)
  .optional();

export const messagesQuery = z.object({
  phone_number: z.string().optional(),
  limit,
  before: z.string().optional(),
  after: z.string().optional(),
});

export const conversationsQuery = messagesQuery.pick({ limit: true, after: true });

/** By the names that they have in the OpenAPI document. */
export const answers = {
  SendAnswer: sendAnswer,
  DeliveryError: deliveryError,
  Message: messageJson,
  MessagePage: messagesAnswer,
  Conversation: conversationJson,
  ConversationPage: conversationsAnswer,
  Health: healthAnswer,
  WebhookAnswer: webhookAnswer,
  Problem: problemJson,
};
export const requests = { SendRequest: sendBody };

export type SendAnswer = z.infer<typeof sendAnswer>;
export type MessageJson = z.infer<typeof messageJson>;
export type MessagesAnswer = z.infer<typeof messagesAnswer>;
export type ConversationJson = z.infer<typeof conversationJson>;
export type ConversationsAnswer = z.infer<typeof conversationsAnswer>;
export type HealthAnswer = z.infer<typeof healthAnswer>;
