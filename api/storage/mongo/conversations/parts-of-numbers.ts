import type { Collections } from '../collections.ts';
import { contactTokensOf } from './contact-tokens.ts';

const batchSize = 500;

/** People are found by every part of their numbers. Only adds, so that it does no harm again, nor beside others. */
export async function addPartsOfNumbers({ contacts, conversations }: Collections): Promise<void> {
  const cursor = contacts.find({ 'numbers.0': { $exists: true } }).batchSize(batchSize);
  let batch: ReturnType<typeof additionFor>[] = [];
  const write = async () => {
    if (batch.length > 0) await conversations.bulkWrite(batch, { ordered: false });
    batch = [];
  };
  for await (const contact of cursor) {
    batch.push(additionFor(contact._id, contactTokensOf(contact)));
    if (batch.length === batchSize) await write();
  }
  await write();
}

function additionFor(contactId: string, tokens: readonly string[]) {
  return {
    updateMany: {
      filter: { 'contact.id': contactId },
      update: { $addToSet: { tokens: { $each: [...tokens] } } },
    },
  };
}
