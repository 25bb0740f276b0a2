import { createHmac, timingSafeEqual } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/;

/** The value of `X-Hub-Signature-256` for these bytes. */
export function signatureOf(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/**
 * Why this delivery is not proven to come from Meta, or null when it is. Judges the bytes as they
 * came: a body that was parsed and written again has another signature.
 *
 * @param header `X-Hub-Signature-256`; Node joins a repeated one with a comma.
 */
export function signatureProblem(
  body: Buffer,
  header: string | readonly string[] | undefined,
  appSecret: string,
): string | null {
  if (header === undefined) return 'The X-Hub-Signature-256 header is missing';
  if (typeof header !== 'string' || header.includes(',')) {
    return 'The X-Hub-Signature-256 header came more than once';
  }
  if (header.trim() === '') return 'The X-Hub-Signature-256 header is empty';
  if (!header.startsWith('sha256=')) return 'The signature does not begin with "sha256="';
  if (!form.test(header)) return 'The signature is not 64 lower-case hexadecimal digits';
  return isSame(header, signatureOf(body, appSecret))
    ? null
    : 'The signature does not match: WHATSAPP_APP_SECRET is not the secret of the app that sent this';
}

/** Takes the same time wherever the two differ. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
