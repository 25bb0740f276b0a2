import { describeChanges } from './store/changes.contract.ts';
import { describeClockSetBack } from './store/clock-set-back.contract.ts';
import { describeClosing } from './store/closing.contract.ts';
import { describeConversations } from './store/conversations.contract.ts';
import { describeIdentity } from './store/identity.contract.ts';
import { describeJournal } from './store/journal.contract.ts';
import { describeLateOutcomes } from './store/late-outcomes.contract.ts';
import { describeMessages } from './store/messages.contract.ts';
import { describeOutbox } from './store/outbox.contract.ts';
import { describePaging } from './store/paging.contract.ts';
import { describeReceipts } from './store/receipts.contract.ts';
import { describeSearch } from './store/search.contract.ts';
import { describeSends } from './store/sends.contract.ts';
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
    describeMessages(open);
    describeSends(open);
    describeStatuses(open);
    describeConversations(open);
    describePaging(open);
    describeSearch(open);
    describeJournal(open);
    describeOutbox(open);
    describeLateOutcomes(open);
    describeReceipts(open);
    describeClockSetBack(open);
    if (capabilities.hasChangeLog) describeChanges(open);
    describeClosing(open);
  });
}
