import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** What a customer is about to write. */
export const draftSchema = z
  .object({
    /** @default 'text' */
    type: z.string().min(1).max(60).optional(),
    /** Shorthand for the content of a text. */
    text: z.string().optional(),
    /** What stands under the name of the type; a sample where there is one. */
    content: z.unknown().optional(),
    quotedWamid: z.string().optional(),
    /** Further keys of the message: `referral`, `errors`, another `context` … */
    extras: z.record(z.string(), z.unknown()).optional(),
    /** Epoch milliseconds; absent: now. */
    at: z.number().optional(),
    /** Which number of the business it goes to; absent: the first. */
    phoneNumberId: z.string().optional(),
  })
  .refine((draft) => draft.text !== undefined || draft.type !== undefined, {
    message: 'needs a text or a type',
  });
export type Draft = z.infer<typeof draftSchema>;

export function contentOf(draft: Draft): { type: string; content: unknown } {
  const type = draft.type ?? 'text';
  if (draft.content !== undefined) return { type, content: draft.content };
  if (draft.text !== undefined) return { type, content: withText(type, draft.text) };
  return { type, content: sampleContent(type) };
}

function withText(type: string, text: string): unknown {
  if (type === 'text') return { body: text };
  return { ...sampleContent(type), caption: text };
}

function media(mimeType: string) {
  const id = `10${randomBytes(7).readUIntBE(0, 6).toString().padStart(14, '0').slice(0, 14)}`;
  return {
    mime_type: mimeType,
    sha256: randomBytes(32).toString('base64'),
    id,
    url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&source=webhook`,
  };
}

const samples: Readonly<Record<string, () => object>> = {
  image: () => media('image/jpeg'),
  video: () => media('video/mp4'),
  audio: () => ({ ...media('audio/ogg; codecs=opus'), voice: true }),
  document: () => ({ filename: 'invoice-2041.pdf', ...media('application/pdf') }),
  sticker: () => ({ ...media('image/webp'), animated: false }),
  location: () => ({
    latitude: 51.5014,
    longitude: -0.1419,
    name: 'Canal Wharf Studio',
    address: '12 Canal Wharf, London',
  }),
  contacts: () => [
    {
      name: { formatted_name: 'Nia Bevan', first_name: 'Nia', last_name: 'Bevan' },
      phones: [{ phone: '+44 7700 900456', wa_id: '447700900456', type: 'WORK' }],
    },
  ],
  button: () => ({ payload: 'confirm-delivery', text: 'Confirm' }),
  interactive: () => ({
    type: 'list_reply',
    list_reply: {
      id: 'slot-tue-am',
      title: 'Tuesday morning',
      description: 'Between 08:00 and 12:00',
    },
  }),
  order: () => ({
    catalog_id: '611200348875123',
    text: 'Could you gift-wrap these?',
    product_items: [
      { product_retailer_id: 'stool-ash-45', quantity: 2, item_price: 79.5, currency: 'GBP' },
    ],
  }),
  unsupported: () => ({ type: 'poll_creation' }),
};

/** Something believable of each kind; null for a kind that has no content of its own. */
function sampleContent(type: string): object | null {
  return samples[type]?.() ?? null;
}
