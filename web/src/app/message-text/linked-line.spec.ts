import { linkedLine } from './linked-line';

describe('linkedLine', () => {
  it('makes links of the numbers and mailboxes of a contact card, and of nothing else', () => {
    const { runs } = linkedLine('Tom · +44 7700 900123 · tom@example.com · www.example.com');
    expect(runs.map(({ text, href }) => [text, href])).toEqual([
      ['Tom · ', null],
      ['+44 7700 900123', '/to/447700900123'],
      [' · ', null],
      ['tom@example.com', 'mailto:tom@example.com'],
      [' · www.example.com', null],
    ]);
  });

  it.each(['a@b.cd', '+44 7700 900123'])(
    'draws a card with a flood of %s as it was written: each link is an element of the page',
    (one) => {
      const line = Array(1_000).fill(one).join(' · ');
      expect(linkedLine(line).runs).toEqual([expect.objectContaining({ text: line, href: null })]);
    },
  );
});
