// Angular's libraries are compiled as they are loaded.
import '@angular/compiler';
import { ServerError } from '@apollo/client/errors';
import { graphqlError } from '../../testing/answers';
import { failureOf, reasonOf } from './failure';

const answered = (status: number): ServerError =>
  new ServerError('Refused.', { response: new Response('', { status }), bodyText: '' });

describe('failureOf', () => {
  it('tells what will pass from what will not', () => {
    expect(failureOf(new TypeError('Failed to fetch'))).toBe('passing');
    expect(failureOf(new DOMException('late', 'TimeoutError'))).toBe('passing');
    expect([429, 500, 502, 503].map((status) => failureOf(answered(status)))).toEqual(
      Array.from({ length: 4 }, () => 'passing'),
    );
    expect(failureOf(answered(400))).toBe('lasting');
    expect(failureOf(graphqlError('INTERNAL_SERVER_ERROR'))).toBe('passing');
    expect(failureOf(graphqlError('BAD_USER_INPUT'))).toBe('lasting');
  });

  it('leaves it to the session what a proxy means by 403', () => {
    expect(failureOf(answered(403))).toBe('forbidden');
  });

  it('knows the end of a session in either form', () => {
    expect(failureOf(answered(401))).toBe('signed-out');
    expect(failureOf(graphqlError('UNAUTHENTICATED'))).toBe('signed-out');
  });
});

describe('reasonOf', () => {
  it('passes on the server’s own words where there are some', () => {
    expect(reasonOf(graphqlError('BAD_USER_INPUT', 'first: at most 200.'))).toBe(
      'first: at most 200.',
    );
    expect(reasonOf(new TypeError('Failed to fetch'))).toContain('could not be reached');
  });
});
