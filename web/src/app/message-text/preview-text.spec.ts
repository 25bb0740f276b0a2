import { previewText } from './preview-text';

describe('previewText', () => {
  it('is without markers, and no longer than what is shown of it', () => {
    expect(previewText({ type: 'TEXT', text: '*Hello* there' })).toBe('Hello there');
    expect(previewText({ type: 'TEXT', text: 'x'.repeat(60_000) })).toHaveLength(400);
    expect(previewText({ type: 'TEXT', text: `${'x'.repeat(399)}👍` })).toBe('x'.repeat(399));
  });
});
