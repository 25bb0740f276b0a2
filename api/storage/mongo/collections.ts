import type { Collection, Db } from 'mongodb';
import type {
  ContactDocument,
  ConversationDocument,
  DeliveryDocument,
  HeldStatusDocument,
  IdentifierDocument,
  LineDocument,
  MarkDocument,
  MessageDocument,
  NumberDocument,
  ReceiptDocument,
  RejectionCountDocument,
  RejectionDocument,
  SettingDocument,
  WordDocument,
} from './documents.ts';

export interface Collections {
  readonly identifiers: Collection<IdentifierDocument>;
  readonly contacts: Collection<ContactDocument>;
  readonly conversations: Collection<ConversationDocument>;
  readonly messages: Collection<MessageDocument>;
  readonly lines: Collection<LineDocument>;
  readonly numbers: Collection<NumberDocument>;
  readonly receipts: Collection<ReceiptDocument>;
  readonly heldStatuses: Collection<HeldStatusDocument>;
  readonly deliveries: Collection<DeliveryDocument>;
  readonly rejections: Collection<RejectionDocument>;
  readonly rejectionCounts: Collection<RejectionCountDocument>;
  readonly settings: Collection<SettingDocument>;
  readonly searchWords: Collection<WordDocument>;
  readonly marks: Collection<MarkDocument>;
}

export function collectionsOf(database: Db): Collections {
  return {
    identifiers: database.collection('identifiers'),
    contacts: database.collection('contacts'),
    conversations: database.collection('conversations'),
    messages: database.collection('messages'),
    lines: database.collection('lines'),
    numbers: database.collection('numbers'),
    receipts: database.collection('receipts'),
    heldStatuses: database.collection('held_statuses'),
    deliveries: database.collection('deliveries'),
    rejections: database.collection('rejections'),
    rejectionCounts: database.collection('rejection_counts'),
    settings: database.collection('settings'),
    searchWords: database.collection('search_words'),
    marks: database.collection('marks'),
  };
}

export function namesOf(collections: Collections): (keyof Collections)[] {
  // What `collectionsOf` puts in are these and nothing else.
  return Object.keys(collections) as (keyof Collections)[];
}
