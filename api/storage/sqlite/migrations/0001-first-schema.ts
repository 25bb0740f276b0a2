/**
 * Times are epoch milliseconds. The `id` of a row is what the world outside knows; the integer key
 * is what tables refer to each other by.
 */
export const firstSchema = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Our own numbers, as they turn up in deliveries and sends.
CREATE TABLE business_numbers (
  phone_number_id TEXT PRIMARY KEY,
  display_phone_number TEXT,
  pace_until INTEGER,            -- theoretical arrival time of the per-number rate limit
  next_send_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE contacts (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  phone_number TEXT,
  user_id TEXT,
  username TEXT,
  profile_name TEXT,
  phone_number_since INTEGER,
  profile_since INTEGER
);

-- Every number and user id by which somebody is or was known, until another person claims it.
CREATE TABLE identifiers (
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'user')),
  value TEXT NOT NULL,
  contact INTEGER NOT NULL REFERENCES contacts (key),
  PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE INDEX identifiers_by_contact ON identifiers (contact);

-- The folded words by which a contact is found.
CREATE TABLE contact_words (
  word TEXT NOT NULL,
  contact INTEGER NOT NULL REFERENCES contacts (key),
  PRIMARY KEY (word, contact)
) WITHOUT ROWID;
CREATE INDEX contact_words_by_contact ON contact_words (contact, word);

CREATE TABLE conversations (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  phone_number_id TEXT NOT NULL,
  contact INTEGER NOT NULL REFERENCES contacts (key),
  unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
  last_message INTEGER,          -- messages.ord
  last_activity_at INTEGER NOT NULL,
  activity_second INTEGER NOT NULL,
  last_inbound_at INTEGER,
  refused_at INTEGER,
  pace_until INTEGER,            -- theoretical arrival time of the pair rate limit
  former TEXT NOT NULL DEFAULT '[]' -- JSON: [{id, key}] of conversations joined into this one
);
CREATE UNIQUE INDEX conversations_by_contact ON conversations (contact, phone_number_id);
CREATE INDEX conversations_by_activity ON conversations (activity_second, id);
CREATE INDEX conversations_unread ON conversations (activity_second, id) WHERE unread > 0;
CREATE INDEX conversations_unread_sum ON conversations (unread) WHERE unread > 0;

-- Ids of those that were joined into others.
CREATE TABLE former_contacts (
  id TEXT PRIMARY KEY,
  contact INTEGER NOT NULL REFERENCES contacts (key)
) WITHOUT ROWID;
CREATE INDEX former_contacts_by_contact ON former_contacts (contact);
CREATE TABLE former_conversations (
  id TEXT PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversations (key)
) WITHOUT ROWID;
CREATE INDEX former_conversations_by_conversation ON former_conversations (conversation);

-- ord: second of the timestamp * 2^21 + n, for the n-th message of that second to arrive. So the
-- row id is the order of the chat, and of a search.
CREATE TABLE messages (
  ord INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation INTEGER NOT NULL REFERENCES conversations (key),
  phone_number_id TEXT NOT NULL,
  wamid TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  content TEXT NOT NULL,         -- JSON
  timestamp INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  stage TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  sent_at INTEGER,
  delivered_at INTEGER,
  read_at INTEGER,
  failed_at INTEGER,
  failure TEXT,                  -- JSON
  sender TEXT,
  client_message_id TEXT,
  reply_to_wamid TEXT,
  target_wamid TEXT              -- of a reaction
);
CREATE INDEX messages_by_conversation ON messages (conversation);
CREATE UNIQUE INDEX messages_by_wamid ON messages (wamid, phone_number_id) WHERE wamid IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_id ON messages (client_message_id, sender)
  WHERE client_message_id IS NOT NULL;
CREATE INDEX messages_reactions ON messages (target_wamid, phone_number_id)
  WHERE target_wamid IS NOT NULL;
CREATE INDEX messages_failed ON messages (failed_at)
  WHERE stage = 'FAILED' AND delivered_at IS NULL AND read_at IS NULL;
CREATE INDEX messages_unknown ON messages (stage) WHERE stage = 'UNKNOWN';

-- Inbound messages that nobody has marked seen. Apart from the messages, so that marking a long
-- chat seen removes one range instead of writing a page for each message.
CREATE TABLE unseen (
  conversation INTEGER NOT NULL REFERENCES conversations (key),
  message INTEGER NOT NULL REFERENCES messages (ord),
  is_counted INTEGER NOT NULL,   -- as unread
  PRIMARY KEY (conversation, message)
) WITHOUT ROWID;

-- Each token twice: as it is, and behind the key of its conversation. Nothing but row ids is kept.
CREATE VIRTUAL TABLE search USING fts5 (
  tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii', prefix = '1 2 3 4'
);
-- Every token once: what the beginning of a word may go on to.
CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID;

-- Statuses that came before their message.
CREATE TABLE held_statuses (
  phone_number_id TEXT NOT NULL,
  wamid TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  failure TEXT,
  held_since INTEGER NOT NULL,
  PRIMARY KEY (wamid, phone_number_id, status, at)
) WITHOUT ROWID;
CREATE INDEX held_statuses_by_age ON held_statuses (held_since);

-- One line per conversation; only the head of a line can be due.
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL UNIQUE REFERENCES messages (ord),
  conversation INTEGER NOT NULL REFERENCES conversations (key),
  phone_number_id TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  give_up_at INTEGER NOT NULL,
  refusals INTEGER NOT NULL DEFAULT 0,
  is_head INTEGER NOT NULL,
  lease_until INTEGER            -- set while SENDING
);
CREATE INDEX outbox_lines ON outbox (conversation, position);
CREATE INDEX outbox_heads ON outbox (conversation) WHERE is_head = 1;
CREATE INDEX outbox_due ON outbox (phone_number_id, due_at)
  WHERE is_head = 1 AND lease_until IS NULL;
CREATE INDEX outbox_leases ON outbox (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE attempts (
  message INTEGER NOT NULL REFERENCES messages (ord),
  attempt INTEGER NOT NULL,
  phone_number_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT,
  code INTEGER,
  wamid TEXT,
  PRIMARY KEY (message, attempt)
) WITHOUT ROWID;
CREATE INDEX attempts_by_wamid ON attempts (wamid, phone_number_id) WHERE wamid IS NOT NULL;

-- Read receipts that WhatsApp has to be told: the newest of each conversation.
CREATE TABLE receipts (
  conversation INTEGER PRIMARY KEY REFERENCES conversations (key),
  message INTEGER NOT NULL REFERENCES messages (ord),
  due_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX receipts_due ON receipts (due_at);

CREATE TABLE deliveries (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'DONE', 'SET_ASIDE')),
  size_bytes INTEGER NOT NULL,
  verdicts TEXT NOT NULL,        -- JSON
  body BLOB NOT NULL
);
CREATE INDEX deliveries_open ON deliveries (state, key) WHERE state <> 'DONE';

CREATE TABLE rejections (
  key INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL
);
CREATE TABLE rejection_counts (
  minute INTEGER PRIMARY KEY,    -- epoch minutes
  rejected INTEGER NOT NULL
);

-- The log behind the event feed.
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  conversation_id TEXT NOT NULL,
  message_id TEXT
);
`;
