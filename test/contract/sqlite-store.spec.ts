import { openTestStore } from '../kit/store.ts';
import { describeStore } from './store.contract.ts';

describeStore('SQLite', () => openTestStore());
