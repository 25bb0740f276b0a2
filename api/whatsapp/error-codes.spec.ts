import { ownFailure } from '../messages/own-failure.ts';
import { tableOfCodes } from './error-code-table.ts';
import { adviceFor, retryPolicyOf } from './error-codes.ts';

// Every code that Meta documents, as listed with its retry advice.
const documented = [
  0, 1, 2, 3, 4, 10, 33, 100, 190, 368, 470, 80007, 130403, 130429, 130472, 130497, 131000, 131005,
  131008, 131009, 131016, 131021, 131026, 131030, 131031, 131037, 131042, 131045, 131047, 131048,
  131049, 131050, 131051, 131052, 131053, 131056, 131057, 131060, 131062, 131063, 131064, 132000,
  132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069, 133004, 133010, 133016,
  134011, 135000, 137000,
];
const failure = (code: number | null, details: string | null = null) => ({
  code,
  title: "Meta's own title",
  details,
});

describe('adviceFor', () => {
  it.each(documented)('knows what happened at %i and who has to do what', (code) => {
    const { title, advice } = adviceFor(failure(code));
    expect(tableOfCodes.has(code)).toBe(true);
    expect(title).not.toBe("Meta's own title");
    expect(advice).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('tells no code twice', () => {
    expect(tableOfCodes.size).toBe(documented.length + 1); // and 104: no token was sent
  });

  it("shows Meta's details behind the advice", () => {
    expect(adviceFor(failure(100, 'Param text too odd')).advice).toMatch(
      /Details: Param text too odd$/,
    );
  });

  it('shows title, code and details of a code that it does not know', () => {
    const { title, advice, retryable } = adviceFor(failure(139999, 'Something new'));
    expect(title).toBe("Meta's own title");
    expect(advice).toContain('code 139999');
    expect(advice).toContain('Something new');
    expect(retryable).toBe(true);
  });

  it('offers no retry where the same would be refused again', () => {
    const notRetryable = [100, 470, 131021, 131047, 131049, 131050, 131051, 132001];
    for (const code of notRetryable) expect(adviceFor(failure(code)).retryable).toBe(false);
    for (const code of [0, 190, 2, 130429, 131026, 131042, 131056])
      expect(adviceFor(failure(code)).retryable).toBe(true);
  });

  it('warns before an unconfirmed message is sent a second time', () => {
    const { advice, retryable } = adviceFor(
      ownFailure('outcome-unknown', 'No answer within 15 s.'),
    );
    expect(advice).toContain('could arrive twice');
    expect(advice).toContain('No answer within 15 s.');
    expect(retryable).toBe(true);
  });

  it('has advice for a failure without code and without a known title', () => {
    const given = { code: null, title: 'WhatsApp gave no reason', details: null };
    const { title, advice, retryable } = adviceFor(given);
    expect({ title, retryable }).toEqual({ title: given.title, retryable: true });
    expect(advice).toContain('operator');
  });
});

describe('retryPolicyOf', () => {
  it.each([
    [0, 'pause'],
    [190, 'pause'],
    [1, { few: 2 }],
    [2, 'backoff'],
    [4, 'slow'],
    [80007, 'slow'],
    [130429, 'backoff'],
    [131000, { few: 3 }],
    [131016, 'backoff'],
    [131056, 'pair'],
    [131057, 'backoff'],
    [133004, 'backoff'],
  ])('tries again after %i: %j', (code, policy) => {
    expect(retryPolicyOf(failure(code))).toEqual(policy);
  });

  it.each([3, 10, 33, 100, 131005, 131026, 131047, 131048, 131049, 132001, 135000, 200, 299])(
    'never tries again by itself after %i',
    (code) => {
      expect(retryPolicyOf(failure(code))).toBe('never');
    },
  );

  it('takes an unknown code for permanent', () => {
    expect(retryPolicyOf(failure(139999))).toBe('never');
    expect(retryPolicyOf(failure(300))).toBe('never');
    expect(retryPolicyOf({ code: null, title: 'anything', details: null })).toBe('never');
  });

  it('sends what never left again by itself, and what may have left never', () => {
    expect(retryPolicyOf(ownFailure('unreachable'))).toBe('backoff');
    expect(retryPolicyOf(ownFailure('no-token'))).toBe('pause');
    expect(retryPolicyOf(ownFailure('outcome-unknown'))).toBe('never');
  });

  it("does not take Meta's title for one of our own", () => {
    expect(retryPolicyOf({ ...ownFailure('unreachable'), code: 131047 })).toBe('never');
  });
});
