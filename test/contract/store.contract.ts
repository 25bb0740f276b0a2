import { describeIdentity } from './store/identity.contract.ts';
import { describeStatuses } from './store/statuses.contract.ts';
import type { Capabilities, OpenStore } from './store/store-under-test.ts';

/** What every store keeps, rule by rule (docs/guarantees.md), through the port alone. */
export function describeStore(
  name: string,
  open: OpenStore,
  capabilities: Capabilities = { hasChangeLog: true },
): void {
  describe(`${name} as a store`, () => {
    describeIdentity(open);
    describeStatuses(open);
    void capabilities;
  });
}
