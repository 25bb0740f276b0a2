import { socketUrl } from './live-socket';

describe('socketUrl', () => {
  it('follows the address of the page', () => {
    expect(socketUrl({ protocol: 'http:', host: 'localhost:8000' })).toBe(
      'ws://localhost:8000/graphql',
    );
    expect(socketUrl({ protocol: 'https:', host: 'inbox.example' })).toBe(
      'wss://inbox.example/graphql',
    );
  });
});
