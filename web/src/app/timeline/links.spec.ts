import { linksIn } from './links';

const found = (text: string) =>
  linksIn(text).map(({ start, end, href }) => [text.slice(start, end), href]);

describe('linksIn', () => {
  it('finds web addresses, with and without their scheme', () => {
    expect(
      found('See https://example.com/a?b=1#c and www.example.org, or HTTP://Example.com'),
    ).toEqual([
      ['https://example.com/a?b=1#c', 'https://example.com/a?b=1#c'],
      ['www.example.org', 'https://www.example.org/'],
      ['HTTP://Example.com', 'http://example.com/'],
    ]);
  });

  it.each([
    ['(https://example.com/a)', 'https://example.com/a'],
    ['https://en.wikipedia.org/wiki/Bus_(film)!', 'https://en.wikipedia.org/wiki/Bus_(film)'],
    ['https://example.com/a/.', 'https://example.com/a/'],
    ['https://example.com/a…', 'https://example.com/a'],
    ['*https://example.com*', 'https://example.com'],
    ['"https://example.com"', 'https://example.com'],
    ['<https://example.com>', 'https://example.com'],
    ['https://example.com。', 'https://example.com'],
    ['https://example.com/a?)).', 'https://example.com/a'],
  ])('leaves what stands around it outside: %s', (text, address) => {
    expect(found(text).map(([shown]) => shown)).toEqual([address]);
  });

  it('finds e-mail addresses', () => {
    expect(found('Write to anna.b+shop@mail.example.com. Or _tom@example.org_')).toEqual([
      ['anna.b+shop@mail.example.com', 'mailto:anna.b+shop@mail.example.com'],
      ['tom@example.org', 'mailto:tom@example.org'],
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'https://nowhere',
    'http://[',
    'xhttps//example.com',
    'www.',
    '@example.com',
    'anna@example',
    'anna@-.com',
    'https://bank.example@elsewhere.example/',
  ])('takes %j for no link', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('finds phone numbers outside of other addresses, and leads to their chats', () => {
    expect(
      found('Ask +44 7700 900123 or tom@example.org, or see https://example.com/+447700900123'),
    ).toEqual([
      ['+44 7700 900123', '/to/447700900123'],
      ['tom@example.org', 'mailto:tom@example.org'],
      ['https://example.com/+447700900123', 'https://example.com/+447700900123'],
    ]);
    expect(linksIn('+44 7700 900123')[0]?.opensHere).toBe(true);
    expect(found('+44 7700 900123_anna@example.com')).toEqual([
      ['900123_anna@example.com', 'mailto:900123_anna@example.com'],
    ]);
  });

  it('takes what is too long for an address for none', () => {
    expect(found(`https://example.com/${'a'.repeat(3000)}`)).toEqual([]);
  });

  it('ends an address where the direction of writing is turned', () => {
    expect(found('https://example.com/\u202ego.knab')).toEqual([
      ['https://example.com/', 'https://example.com/'],
    ]);
  });

  it('gives an address of mail within a web address to the latter', () => {
    expect(found('https://example.com/?to=anna@example.org')).toHaveLength(1);
  });
});
