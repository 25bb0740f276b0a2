import { openTestStore } from '../kit/store.ts';
import { describeHistories } from './store/histories.contract.ts';

describeHistories('SQLite', () => openTestStore());
