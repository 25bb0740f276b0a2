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

  it.each(['\u2044', '\u2215', '\u29f8', '\u2571'])(
    'ends an address at %j, which looks like a slash: what follows would be drawn as its path',
    (slash) => {
      expect(found(`https://bank.example${slash}login.elsewhere.example`)).toEqual([
        ['https://bank.example', 'https://bank.example/'],
      ]);
    },
  );

  it('ends an address where the direction of writing is turned', () => {
    expect(found('https://example.com/\u202ego.knab')).toEqual([
      ['https://example.com/', 'https://example.com/'],
    ]);
  });

  it.each([
    ['https://example.com/a', null],
    ['HTTPS://Example.com', null],
    ['www.example.com:8080/a', null],
    ['https://xn--mller-kva.example/', null],
    ['https://müller.example/', 'xn--mller-kva.example'],
    // The first letter is a Cyrillic one.
    ['https://аpple.example/login', 'xn--pple-43d.example'],
    ['www.аpple.example', 'www.xn--pple-43d.example'],
    // It leads where its host says, whatever else it holds.
    ['https://аpple.example/xn--pple-43d.example', 'xn--pple-43d.example'],
    ['https://ｅxample.com/', 'example.com'],
    ['http://0x7f.0.0.1/', '127.0.0.1'],
  ])('says to which host %s leads where it is written otherwise: %s', (text, host) => {
    expect(linksIn(text).map((link) => link.host)).toEqual([host]);
  });

  it('gives an address of mail within a web address to the latter', () => {
    expect(found('https://example.com/?to=anna@example.org')).toHaveLength(1);
  });
});
