import { answer, closed, limit, problem, query } from '../rest/openapi-parts.ts';

const id = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Of a delivery.',
  schema: { type: 'string' },
};
const invalid = problem('Invalid input; `issues` says what.');
const missing = problem('There is no such delivery, or it was removed after its days.');

/** The journal's part of the OpenAPI document. */
export const journalOperations = {
  '/journal': {
    get: {
      operationId: 'listDeliveries',
      summary: 'Webhook deliveries and what became of them, newest first',
      parameters: [
        query('state', 'Only those in this state.', {
          type: 'string',
          enum: ['PENDING', 'DONE', 'SET_ASIDE'],
        }),
        limit,
        query('before', 'Older ones: `next` of an answer.'),
      ],
      responses: { '200': answer('A page.', 'DeliveryPage'), '422': invalid, ...closed },
    },
  },
  '/journal/rejections': {
    get: {
      operationId: 'listRejections',
      summary: 'Deliveries that were refused, and why; without their bodies',
      parameters: [limit],
      responses: { '200': answer('The newest.', 'Rejections'), '422': invalid, ...closed },
    },
  },
  '/journal/{id}': {
    get: {
      operationId: 'getDelivery',
      summary: 'A delivery with its body as it came',
      parameters: [id],
      responses: { '200': answer('It.', 'DeliveryWithBody'), '404': missing, ...closed },
    },
  },
  '/journal/{id}/replay': {
    post: {
      operationId: 'replayDelivery',
      summary: 'Understand a delivery anew and apply it once more',
      description: 'What was applied stays as it is: twice is the same as once.',
      parameters: [id],
      responses: {
        '200': answer('What became of it.', 'Delivery'),
        '403': problem('Sent by a page of an origin that may not.'),
        '404': missing,
        ...closed,
      },
    },
  },
};
