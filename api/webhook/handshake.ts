import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Meta's check that the callback URL is ours: https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
const question = z.object({
  'hub.mode': z.literal('subscribe', 'has to be "subscribe"'),
  'hub.verify_token': z.string('has to be given once'),
  'hub.challenge': z.string('has to be given once').min(1).max(1_024),
});

export type HandshakeAnswer = { readonly challenge: string } | { readonly refusal: string };

/** The challenge to send back, or why not. A parameter that came twice is a list, and refused. */
export function answerHandshake(query: unknown, verifyToken: string | null): HandshakeAnswer {
  if (verifyToken === null) {
    return {
      refusal: 'WHATSAPP_VERIFY_TOKEN is not set, so that no callback URL can be verified.',
    };
  }
  const asked = question.safeParse(query);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    return {
      refusal: `${issue?.path.join('.') ?? 'The query'} ${issue?.message ?? 'is invalid'}.`,
    };
  }
  return isSame(asked.data['hub.verify_token'], verifyToken)
    ? { challenge: asked.data['hub.challenge'] }
    : { refusal: 'hub.verify_token is not the one that is set as WHATSAPP_VERIFY_TOKEN.' };
}

/** Digests have one length, so that the comparison tells nothing about the token's. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
