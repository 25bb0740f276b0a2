import { answerHandshake } from './handshake.ts';

const token = 'verify-me';
const question = {
  'hub.mode': 'subscribe',
  'hub.verify_token': token,
  'hub.challenge': '1158201444',
};

describe('the handshake', () => {
  it('gives the challenge back to whoever knows the verify token', () => {
    expect(answerHandshake(question, token)).toEqual({ challenge: '1158201444' });
  });

  it.each([
    ['another token', { 'hub.verify_token': 'verify-mE' }],
    ['a token of another length', { 'hub.verify_token': 'verify-me-too' }],
    ['an empty token', { 'hub.verify_token': '' }],
    ['no token', { 'hub.verify_token': undefined }],
    ['the token twice', { 'hub.verify_token': [token, token] }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
    ['no mode', { 'hub.mode': undefined }],
    ['the challenge twice', { 'hub.challenge': ['1', '2'] }],
    ['no challenge', { 'hub.challenge': undefined }],
    ['an empty challenge', { 'hub.challenge': '' }],
    ['a challenge without end', { 'hub.challenge': 'x'.repeat(1_025) }],
  ])('is refused with %s', (_what, changed) => {
    const answer = answerHandshake({ ...question, ...changed }, token);
    expect(answer).toHaveProperty('refusal');
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  it('is refused, and says what to set, while no verify token is configured', () => {
    expect(answerHandshake({ ...question, 'hub.verify_token': '' }, null)).toEqual({
      refusal: expect.stringContaining('WHATSAPP_VERIFY_TOKEN is not set') as unknown,
    });
  });

  it.each([[undefined], [null], ['hub.mode=subscribe'], [{}]])(
    'is refused for the query %j',
    (query) => {
      expect(answerHandshake(query, token)).toHaveProperty('refusal');
    },
  );
});
