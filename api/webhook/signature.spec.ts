import { webhookFixture } from '../../test/kit/webhook-bodies.ts';
import { signatureOf, signatureProblem } from './signature.ts';

const secret = 'example-app-secret';
const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
const signature = 'sha256=eb4b54cb68820a953c6ac314910c47e62f8e1b39bbda1006514617140c6d3870';

describe('the signature of a delivery', () => {
  it.each([
    [
      'an empty notification',
      body,
      'eb4b54cb68820a953c6ac314910c47e62f8e1b39bbda1006514617140c6d3870',
    ],
    [
      'escapes, which are judged as they stand',
      Buffer.from(String.raw`{"t":"caf\u00e9 \ud83d\ude00 \/"}`),
      'f78fd3cc7b6a172b51c3fb2d0982cc993976dc9b59182f8c977351f0b91f5e6a',
    ],
    [
      'the bytes of a file',
      webhookFixture('text'),
      'ed81aea53bbc2b61871284d50767c2de10a6bbeeb6865d1a60864fdf636209f9',
    ],
  ])('is the HMAC of %s', (_what, bytes, digest) => {
    expect(signatureOf(bytes, secret)).toBe(`sha256=${digest}`);
    expect(signatureProblem(bytes, `sha256=${digest}`, secret)).toBeNull();
  });

  it('does not fit a body that was parsed and written again', () => {
    const bytes = Buffer.from(String.raw`{"t":"caf\u00e9"}`);
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
    expect(signatureProblem(rewritten, signatureOf(bytes, secret), secret)).toContain(
      'does not match',
    );
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['blank', '  '],
    ['of another secret', signatureOf(body, 'another-secret')],
    ['of another body', signatureOf(Buffer.from('{}'), secret)],
    ['in upper case', signature.toUpperCase().replace('SHA256', 'sha256')],
    ['without its prefix', signature.slice('sha256='.length)],
    ['SHA-1', 'sha1=0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33'],
    ['too short', signature.slice(0, -1)],
    ['too long', `${signature}0`],
    ['followed by a line break', `${signature}\n`],
    ['no hexadecimal', `sha256=${'z'.repeat(64)}`],
    ['doubled, as Node joins it', `${signature}, ${signature}`],
    ['doubled, as a list', [signature, signature]],
  ])('is refused when it is %s', (_what, header) => {
    expect(signatureProblem(body, header, secret)).not.toBeNull();
  });

  it('is refused with a reason of its own for each thing that can be wrong', () => {
    const wrong = [undefined, '', signature.slice(7), `${signature}0`, [signature], 'sha256='];
    const reasons = [...wrong, signatureOf(body, 'another-secret')].map((header) =>
      signatureProblem(body, header, secret),
    );
    // The last two of `wrong` but one share their form: too long and too short.
    expect(new Set(reasons).size).toBe(6);
    for (const reason of reasons) expect(reason).not.toContain(secret);
  });

  it('is refused when one bit of the body differs', () => {
    const flipped = Buffer.from(body);
    flipped[10] = (flipped[10] ?? 0) ^ 1;
    expect(signatureProblem(flipped, signature, secret)).toContain('does not match');
  });
});
