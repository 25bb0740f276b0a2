import { z } from 'zod';
import type { InteractiveReplyContent } from '../../messages/message-content.ts';
import { label, optional, text } from './fields.ts';

/** A tap on a quick reply of a template. */
export const button = z
  .object({ button: z.object({ text: optional(label), payload: optional(text) }) })
  .transform(({ button: { text: title, payload } }): InteractiveReplyContent => ({
    type: 'BUTTON',
    title: title ?? payload ?? 'Button',
    description: null,
    payload,
    responseJson: null,
  }));

const choice = z.object({ id: optional(text), title: label, description: optional(label) });

/** `response_json` is JSON in a string, and stays one. */
const answer = z.object({
  name: optional(label),
  body: optional(text),
  response_json: text,
});

const picked = (found: z.output<typeof choice>): InteractiveReplyContent => ({
  type: 'INTERACTIVE',
  title: found.title,
  description: found.description,
  payload: found.id,
  responseJson: null,
});

/** A tap on a button or a row of ours, or a form filled in. Any other one is kept as unsupported. */
export const interactive = z
  .object({
    interactive: z.discriminatedUnion('type', [
      z.object({ type: z.literal('button_reply'), button_reply: choice }),
      z.object({ type: z.literal('list_reply'), list_reply: choice }),
      z.object({ type: z.literal('nfm_reply'), nfm_reply: answer }),
    ]),
  })
  .transform(({ interactive: reply }): InteractiveReplyContent => {
    switch (reply.type) {
      case 'button_reply':
        return picked(reply.button_reply);
      case 'list_reply':
        return picked(reply.list_reply);
      case 'nfm_reply':
        return {
          type: 'INTERACTIVE',
          title: reply.nfm_reply.body ?? reply.nfm_reply.name ?? 'Form',
          description: null,
          payload: reply.nfm_reply.name,
          responseJson: reply.nfm_reply.response_json,
        };
    }
  });
