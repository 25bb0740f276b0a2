import { z } from 'zod';
import type { TextContent } from '../../messages/message-content.ts';
import { text } from './fields.ts';

export const textMessage = z
  .object({ text: z.object({ body: text }) })
  .transform((message): TextContent => ({ type: 'TEXT', body: message.text.body }));
