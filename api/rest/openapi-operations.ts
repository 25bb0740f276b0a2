import { answer, closed, json, limit, open, problem, query, text } from './openapi-parts.ts';

/** Each route with what it takes and every answer that it gives. */
export const operations = {
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'How the server is',
      security: open,
      responses: {
        '200': answer('It works, if perhaps not everything.', 'Health'),
        '421': closed['421'],
        '503': problem('The store is down.'),
      },
    },
  },
  '/messages/send': {
    post: {
      operationId: 'sendMessage',
      summary: 'Send a text message',
      description:
        'Stored durably first, then handed to WhatsApp. Give an Idempotency-Key, and the message is sent once however often you ask.',
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'The same key with the same content gives the same message back.',
          schema: { type: 'string' },
        },
      ],
      requestBody: { required: true, content: json('SendRequest') },
      responses: {
        '200': answer('WhatsApp accepted it.', 'SendAnswer'),
        '202': answer('Stored, and still under way after 10 s.', 'SendAnswer'),
        '400': problem('Not JSON.'),
        '403': problem('Sent by a page of an origin that may not.'),
        '409': problem('The 24-hour window is closed, or the key was used with other content.'),
        '413': problem('Too large.'),
        '415': problem('Not application/json.'),
        '422': problem('Invalid input; `issues` says what.'),
        '502': problem('WhatsApp refused it: `code`, `title`, `advice`.'),
        ...closed,
        '503': problem('Settings are missing (`missing_settings`), or the store is down.'),
      },
    },
  },
  '/messages': {
    get: {
      operationId: 'listMessages',
      summary: 'Messages in the order of the chat, the newest page first',
      parameters: [
        query('phone_number', 'Only those of this person, digits only.'),
        limit,
        query('before', 'Older ones: `previous` of an answer.'),
        query('after', 'Newer ones: `next` of an answer.'),
      ],
      responses: {
        '200': answer('A page.', 'MessagePage'),
        '422': problem('Invalid input; `issues` says what.'),
        ...closed,
      },
    },
  },
  '/conversations': {
    get: {
      operationId: 'listConversations',
      summary: 'Conversations, newest activity first',
      parameters: [limit, query('after', 'The following ones: `next` of an answer.')],
      responses: {
        '200': answer('A page.', 'ConversationPage'),
        '422': problem('Invalid input; `issues` says what.'),
        ...closed,
      },
    },
  },
  '/webhook': {
    get: {
      operationId: 'verifyWebhook',
      summary: "Meta's question whether this address is ours",
      security: open,
      parameters: [
        query('hub.mode', '`subscribe`'),
        query('hub.verify_token', 'WHATSAPP_VERIFY_TOKEN'),
        query('hub.challenge', 'Comes back as the answer.'),
      ],
      responses: {
        '200': text('The challenge.'),
        '403': problem('Another token.'),
        '421': closed['421'],
      },
    },
    post: {
      operationId: 'receiveWebhook',
      summary: 'A delivery from Meta',
      security: open,
      parameters: [
        {
          name: 'X-Hub-Signature-256',
          in: 'header',
          description: 'HMAC-SHA256 of the body with the app secret: `sha256=<hex>`.',
          schema: { type: 'string' },
        },
      ],
      requestBody: { required: true, content: { 'application/json': { schema: {} } } },
      responses: {
        '200': answer('Stored durably.', 'WebhookAnswer'),
        '400': problem('Not JSON, or not a notification of WhatsApp.'),
        '401': problem('The signature is missing or wrong.'),
        '413': problem('Larger than 3 MiB.'),
        '421': closed['421'],
        '503': problem('The store is down; Meta tries again.'),
      },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      summary: 'This document',
      responses: {
        '200': {
          description: 'OpenAPI 3.1',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        ...closed,
      },
    },
  },
};
