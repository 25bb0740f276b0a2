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
    'StaleConversationError',
    'NotFoundError',
    'ConflictError',
  ] as const)('passes on what to do about %s', (__typename) => {
    const refusal = refusalOf({ __typename, message: 'Do this.', missingSettings: [] });
    expect(refusal.advice).toBe('Do this.');
    expect(refusal.title).not.toBe('');
  });
});
