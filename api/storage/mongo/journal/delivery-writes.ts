import type { JournalEntry } from '../../store.ts';
import type { Collections } from '../collections.ts';
import type { DeliveryDocument } from '../documents.ts';
import { gather } from '../gather.ts';
import type { Outcome } from '../gather.ts';
import { writeErrorsOf } from '../unique.ts';

/** The first and the last write of a delivery, those of deliveries that come at the same time together. */
export interface DeliveryWrites {
  insert(delivery: DeliveryDocument): Promise<void>;
  /** Where nobody has applied it a second time meanwhile. */
  writeFirstVerdicts(entry: JournalEntry): Promise<void>;
}

const mostWrites = 4;
/** A body has at most 3 MiB, one message to the server 48 MB. */
const mostBodies = 15;
const mostVerdicts = 400;
const unordered = { ordered: false } as const;

export function createDeliveryWrites({ deliveries }: Collections): DeliveryWrites {
  return {
    insert: gather({
      mostWrites,
      mostItems: mostBodies,
      write: (documents: readonly DeliveryDocument[]) =>
        outcomeOf(deliveries.insertMany([...documents], unordered)),
    }),
    writeFirstVerdicts: gather({
      mostWrites,
      mostItems: mostVerdicts,
      write: (entries: readonly JournalEntry[]) =>
        outcomeOf(deliveries.bulkWrite(entries.map(firstVerdicts), unordered)),
    }),
  };
}

function firstVerdicts({ id, state, verdicts }: JournalEntry) {
  return {
    updateOne: {
      filter: { _id: id, state: 'PENDING' as const },
      update: { $set: { state, verdicts } },
    },
  };
}

async function outcomeOf(writing: Promise<unknown>): Promise<Outcome> {
  try {
    await writing;
    return new Map();
  } catch (error) {
    return new Map(writeErrorsOf(error).map(({ index }) => [index, error]));
  }
}
