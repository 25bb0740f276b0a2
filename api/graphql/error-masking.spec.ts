import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { InvalidInputError, SlowConsumerError, StoreUnavailableError } from '../errors.ts';
import { createErrorMask } from './error-masking.ts';

function openMask() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { mask: createErrorMask(log), lines };
}

const located = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ['messages', 3, 'text'] });

describe('the mask of failures', () => {
  it('lets through what was made for the client', () => {
    const { mask, lines } = openMask();
    const error = new GraphQLError('No such thing', { extensions: { code: 'BAD_USER_INPUT' } });
    expect(mask(error)).toBe(error);
    const wrapped = new GraphQLError('Outer', { originalError: error });
    expect(mask(wrapped)).toBe(wrapped);
    expect(lines).toEqual([]);
  });

  it('hides anything else, keeps its place, and logs it once', () => {
    const { mask, lines } = openMask();
    const error = located(new TypeError('x is undefined', { cause: new Error('why') }));
    const masked = mask(error);
    expect(masked.toJSON()).toEqual({
      message: 'Unexpected error.',
      path: ['messages', 3, 'text'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(mask(error)).toBe(masked);
    expect(mask(masked)).toBe(masked);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain('why');
  });

  it.each([null, undefined, 'a text', 42, { message: 'secret' }])(
    'hides %j, thrown as it is',
    (thrown) => {
      const { mask } = openMask();
      expect(mask(thrown).message).toBe('Unexpected error.');
    },
  );

  it('names what is known', () => {
    const { mask } = openMask();
    expect(mask(located(new StoreUnavailableError('/data/x is full'))).toJSON()).toMatchObject({
      message: 'The store cannot be reached or written at the moment. Try again.',
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
    expect(mask(new SlowConsumerError()).extensions).toEqual({ code: 'SLOW_CONSUMER' });
    const issues = [{ path: ['phoneNumber'], message: 'Digits only.' }];
    expect(mask(located(new InvalidInputError(issues))).extensions).toEqual({
      code: 'BAD_USER_INPUT',
      argument: 'phoneNumber',
      issues,
    });
  });
});
