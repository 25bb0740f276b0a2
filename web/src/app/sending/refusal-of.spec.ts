import { aMessage } from '../../testing/people';
import { refusalOf } from './refusal-of';

describe('refusalOf', () => {
  it('tells every issue of an invalid input', () => {
    const issues = [
      { path: ['text'], message: 'Too long.' },
      { path: ['to'], message: 'Not a number.' },
    ];
    expect(refusalOf({ __typename: 'InvalidInputError', message: 'Invalid.', issues }).advice).toBe(
      'Too long. Not a number.',
    );
    expect(
      refusalOf({ __typename: 'InvalidInputError', message: 'Invalid.', issues: [] }).advice,
    ).toBe('Invalid.');
  });

  it.each([
    'NotConfiguredError',
    'ServiceWindowClosedError',
    'NotFoundError',
    'ConflictError',
  ] as const)('passes on what to do about %s', (__typename) => {
    const refusal = refusalOf({ __typename, message: 'Do this.', missingSettings: [] });
    expect(refusal.advice).toBe('Do this.');
    expect(refusal.title).not.toBe('');
  });

  it.each([
    ['INBOUND', 'The customer wrote meanwhile'],
    ['OUTBOUND', 'Somebody answered meanwhile'],
  ] as const)('shows what came meanwhile: %s', (direction, title) => {
    const { id, type, text } = aMessage(1);
    const lastMessage = { id, direction, type, text };
    const refusal = refusalOf({
      __typename: 'StaleConversationError',
      message: 'Somebody wrote.',
      lastMessage,
    });
    expect(refusal).toMatchObject({ title, newerMessageId: id });
    expect(refusal.advice).toContain('message 1');
  });
});
