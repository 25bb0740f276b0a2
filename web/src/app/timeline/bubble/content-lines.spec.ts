import { aMessage } from '../../../testing/people';
import type { ContentPartsFragment } from '../../graphql/graphql';
import { contentLines } from './content-lines';

const linesOf = (content: ContentPartsFragment, text = 'as the server tells it') =>
  contentLines(aMessage(1, { content, text }));

const media = {
  __typename: 'MediaContent',
  fileName: null,
  caption: null,
  voice: false,
  mimeType: null,
  size: null,
  durationSeconds: null,
} as const;

describe('contentLines', () => {
  it('shows a text as it is', () => {
    expect(linesOf({ __typename: 'TextContent' }, 'hi')).toEqual({ text: 'hi', details: [] });
  });

  it('shows a file by caption, name and facts, each once', () => {
    expect(linesOf({ ...media, fileName: 'plan.pdf', size: 1400 })).toEqual({
      text: 'plan.pdf',
      details: ['1.4 kB'],
    });
    expect(linesOf({ ...media, fileName: 'plan.pdf', caption: 'The plan' })).toEqual({
      text: 'The plan',
      details: ['plan.pdf'],
    });
    expect(linesOf({ ...media, voice: true, durationSeconds: 14 })).toEqual({
      text: '',
      details: ['0:14'],
    });
  });

  it('shows a place by name, address and coordinates', () => {
    const content = {
      __typename: 'LocationContent',
      latitude: 51.5,
      longitude: -0.12,
      placeName: 'The shop',
      address: '1 High Street',
    } as const;
    expect(linesOf(content)).toEqual({
      text: 'The shop',
      details: ['1 High Street', '51.50000, -0.12000'],
    });
    expect(linesOf({ ...content, latitude: null, placeName: null })).toEqual({
      text: '',
      details: ['1 High Street'],
    });
  });

  it('shows every contact card on a line', () => {
    const cards = [
      { name: 'Kiri Walker', phones: ['+61 491 570 156'], emails: [], organization: 'Bikes' },
      { name: 'Tom', phones: [], emails: [], organization: null },
    ];
    expect(linesOf({ __typename: 'ContactsContent', cards }).details).toEqual([
      'Kiri Walker · Bikes · +61 491 570 156',
      'Tom',
    ]);
  });

  it('shows what was chosen, ordered and not understood', () => {
    expect(
      linesOf(
        { __typename: 'InteractiveReplyContent', title: 'Yes', description: 'Friday' },
        'Yes',
      ),
    ).toEqual({ text: 'Yes', details: ['Friday'] });
    const items = [{ productId: 'desk', quantity: '2', price: '79.5', currency: 'EUR' }];
    expect(linesOf({ __typename: 'OrderContent', orderText: null, items })).toEqual({
      text: '',
      details: ['2 × desk · €79.50'],
    });
    expect(
      linesOf({ __typename: 'UnsupportedContent', rawType: 'poll', reason: null }, 'Poll').text,
    ).toBe('Poll');
  });

  it('shows the buttons that we offered', () => {
    const content = {
      __typename: 'InteractiveContent',
      body: 'Choose',
      header: null,
      footer: 'Reply by noon',
      options: [{ id: '1', title: 'Morning' }],
    } as const;
    expect(linesOf({ ...content, options: [...content.options] }).details).toEqual([
      '▸ Morning',
      'Reply by noon',
    ]);
  });
});
