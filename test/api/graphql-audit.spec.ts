import { serverAudits } from 'graphql-http';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';

// Every rule of the GraphQL-over-HTTP draft, the recommended and the optional ones as well.
describe('the GraphQL-over-HTTP audit', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const audits = serverAudits({ url: () => `${app.url}/graphql` });

  it('has all of its 61 rules', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
  });
});
