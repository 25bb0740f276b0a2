import { appName } from '../client.ts';
import { othersAmong, ownAppName } from './other-instances.ts';

describe('other instances', () => {
  it('are seen by the name of their connections', () => {
    expect(othersAmong([undefined, ownAppName, appName])).toBe('some');
    expect(othersAmong([undefined, ownAppName, 'mongosh'])).toBe('none');
  });

  it('are unknown where not even the own connection is seen, or not those of other users', () => {
    expect(othersAmong([undefined, 'mongosh'])).toBe('unknown');
    expect(othersAmong([])).toBe('unknown');
  });
});
