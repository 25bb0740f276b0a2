import { z } from 'zod';
import type { MediaContent } from '../../messages/message-content.ts';
import { label, metaId, optional, text } from './fields.ts';

// The URL beside the id dies after 5 minutes and may point anywhere: the id is all we keep.
const attachment = z.object({
  id: optional(metaId),
  mime_type: optional(label),
  sha256: optional(label),
  filename: optional(label),
  caption: optional(text),
  voice: optional(z.boolean()),
  animated: optional(z.boolean()),
});

export const image = z
  .object({ image: attachment })
  .transform((message) => mediaContent('IMAGE', message.image));

export const video = z
  .object({ video: attachment })
  .transform((message) => mediaContent('VIDEO', message.video));

/** A voice note is an audio that says so. */
export const audio = z
  .object({ audio: attachment })
  .transform((message) => mediaContent('AUDIO', message.audio));

export const document = z
  .object({ document: attachment })
  .transform((message) => mediaContent('DOCUMENT', message.document));

export const sticker = z
  .object({ sticker: attachment })
  .transform((message) => mediaContent('STICKER', message.sticker));

function mediaContent(
  type: MediaContent['type'],
  found: z.output<typeof attachment>,
): MediaContent {
  return {
    type,
    mediaId: found.id,
    mimeType: found.mime_type,
    sha256: found.sha256,
    sizeBytes: null,
    fileName: found.filename,
    caption: found.caption === '' ? null : found.caption,
    isVoice: found.voice ?? false,
    isAnimated: found.animated ?? false,
    state: 'PENDING',
  };
}
