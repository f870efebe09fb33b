-- Instants are Unix seconds UTC, dates YYYY-MM-DD, money minor units. A row that came without a key of its
-- own has a content_key: a hash of what it says and of how many such rows stood before it in its file, so
-- that importing the file again finds it. A row has one of the two, and each index holds only the rows that
-- have its key.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id                INTEGER PRIMARY KEY,
    external_id       TEXT UNIQUE,
    name              TEXT,
    first_name        TEXT,
    last_name         TEXT,
    email             TEXT,
    phone             TEXT,
    wecom_id          TEXT,
    gender            TEXT,
    birthday          TEXT CHECK (birthday IS date(birthday)),
    language          TEXT,
    company           TEXT,
    industry          TEXT,
    country           TEXT,
    region            TEXT,
    city              TEXT,
    time_zone         TEXT,
    preferred_channel TEXT CHECK (preferred_channel IN ('email', 'sms', 'wecom')),
    level             TEXT,
    source            TEXT,
    owner             TEXT,
    registered_at     INTEGER,
    erased_at         INTEGER
) STRICT;

-- Addresses are compared in one form: e-mail in lower case, phone numbers as the import writes them.
CREATE INDEX customers_email ON customers (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX customers_phone ON customers (phone) WHERE phone IS NOT NULL;
CREATE INDEX customers_wecom ON customers (wecom_id) WHERE wecom_id IS NOT NULL;

CREATE TABLE attribute_definitions (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('text', 'integer', 'number', 'boolean', 'instant', 'date')),
    doc  TEXT NOT NULL
) STRICT;

CREATE TABLE attribute_values (
    customer_id  INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    attribute_id INTEGER NOT NULL REFERENCES attribute_definitions (id) ON DELETE CASCADE,
    value        ANY NOT NULL,
    PRIMARY KEY (customer_id, attribute_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    tag         TEXT NOT NULL,
    tagged_at   INTEGER,
    PRIMARY KEY (customer_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, customer_id);

CREATE TABLE interests (
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    interest    TEXT NOT NULL,
    weight      REAL NOT NULL DEFAULT 1,
    noted_at    INTEGER,
    PRIMARY KEY (customer_id, interest)
) STRICT, WITHOUT ROWID;
CREATE INDEX interests_interest ON interests (interest, customer_id);

CREATE TABLE products (
    id       INTEGER PRIMARY KEY,
    sku      TEXT NOT NULL UNIQUE,
    name     TEXT,
    category TEXT,
    brand    TEXT,
    price    INTEGER,
    url      TEXT,
    active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE orders (
    id           INTEGER PRIMARY KEY,
    order_number TEXT,
    content_key  BLOB,
    customer_id  INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    placed_at    INTEGER NOT NULL,
    status       TEXT NOT NULL DEFAULT 'paid'
                 CHECK (status IN ('pending', 'paid', 'shipped', 'completed', 'cancelled', 'refunded')),
    amount       INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    item_count   REAL NOT NULL DEFAULT 0,
    source       TEXT,
    coupon       TEXT
) STRICT;
CREATE UNIQUE INDEX orders_key ON orders (order_number) WHERE order_number IS NOT NULL;
CREATE UNIQUE INDEX orders_content ON orders (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX orders_customer ON orders (customer_id, placed_at);

CREATE TABLE order_items (
    order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line       INTEGER NOT NULL,
    product_id INTEGER REFERENCES products (id),
    quantity   REAL NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_items_product ON order_items (product_id, order_id);

CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    external_id TEXT,
    content_key BLOB,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    type        TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    product_id  INTEGER REFERENCES products (id),
    category    TEXT,
    url         TEXT
) STRICT;
CREATE UNIQUE INDEX events_key ON events (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX events_content ON events (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX events_customer ON events (customer_id, occurred_at);

-- Append-only: what a customer agreed to, and when they took it back, is evidence.
CREATE TABLE consents (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    channel     TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'wecom')),
    status      TEXT NOT NULL CHECK (status IN ('granted', 'withdrawn')),
    recorded_at INTEGER NOT NULL,
    source      TEXT,
    UNIQUE (customer_id, channel, recorded_at, status)
) STRICT;
CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents
BEGIN SELECT RAISE (ABORT, 'consents are append-only'); END;
CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents
BEGIN SELECT RAISE (ABORT, 'consents are append-only'); END;

-- Addresses that must not be written to, whoever they belong to.
CREATE TABLE suppressions (
    channel       TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'wecom')),
    address       TEXT NOT NULL,
    reason        TEXT NOT NULL CHECK (reason IN ('hard_bounce', 'complaint', 'unsubscribe', 'manual')),
    suppressed_at INTEGER,
    PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    id          INTEGER PRIMARY KEY,
    external_id TEXT,
    content_key BLOB,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    campaign    TEXT,
    step        TEXT,
    channel     TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'wecom')),
    address     TEXT,
    kind        TEXT NOT NULL DEFAULT 'marketing' CHECK (kind IN ('marketing', 'transactional')),
    subject     TEXT,
    sent_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_key ON messages (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX messages_content ON messages (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX messages_customer ON messages (customer_id, sent_at);
CREATE INDEX messages_address ON messages (address, campaign) WHERE address IS NOT NULL;

CREATE TABLE message_events (
    id          INTEGER PRIMARY KEY,
    external_id TEXT,
    content_key BLOB,
    message_id  INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    type        TEXT NOT NULL CHECK (type IN ('delivered', 'open', 'click', 'soft_bounce', 'hard_bounce',
                                              'complaint', 'unsubscribe')),
    occurred_at INTEGER NOT NULL,
    url         TEXT
) STRICT;
CREATE UNIQUE INDEX message_events_key ON message_events (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX message_events_content ON message_events (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX message_events_message ON message_events (message_id, type);
CREATE INDEX message_events_customer ON message_events (customer_id, occurred_at);

CREATE TABLE interactions (
    id          INTEGER PRIMARY KEY,
    external_id TEXT,
    content_key BLOB,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    type        TEXT NOT NULL CHECK (type IN ('email', 'call', 'meeting', 'chat', 'visit')),
    occurred_at INTEGER NOT NULL,
    subject     TEXT,
    notes       TEXT,
    owner       TEXT
) STRICT;
CREATE UNIQUE INDEX interactions_key ON interactions (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX interactions_content ON interactions (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX interactions_customer ON interactions (customer_id, occurred_at);

CREATE TABLE feedback (
    id          INTEGER PRIMARY KEY,
    external_id TEXT,
    content_key BLOB,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    survey      TEXT,
    score       REAL,
    comment     TEXT,
    given_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX feedback_key ON feedback (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX feedback_content ON feedback (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX feedback_customer ON feedback (customer_id, given_at);

CREATE TABLE tasks (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    title       TEXT NOT NULL,
    owner       TEXT,
    due_at      INTEGER,
    created_at  INTEGER NOT NULL,
    status      TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'cancelled')),
    campaign    TEXT
) STRICT;
CREATE INDEX tasks_customer ON tasks (customer_id, created_at);

CREATE TABLE tickets (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    title       TEXT NOT NULL,
    owner       TEXT,
    due_at      INTEGER,
    created_at  INTEGER NOT NULL,
    status      TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'cancelled')),
    campaign    TEXT
) STRICT;
CREATE INDEX tickets_customer ON tickets (customer_id, created_at);

CREATE TABLE points_ledger (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    points      INTEGER NOT NULL,
    reason      TEXT,
    occurred_at INTEGER NOT NULL
) STRICT;
CREATE INDEX points_ledger_customer ON points_ledger (customer_id, occurred_at);

-- The text of every script that ever decided something, by content hash.
CREATE TABLE script_versions (
    id        INTEGER PRIMARY KEY,
    path      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    source    TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    UNIQUE (path, hash)
) STRICT;

CREATE TABLE enrolments (
    id                INTEGER PRIMARY KEY,
    customer_id       INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    campaign          TEXT NOT NULL,
    script_version_id INTEGER REFERENCES script_versions (id),
    entered_at        INTEGER NOT NULL,
    ended_at          INTEGER,
    outcome           TEXT
) STRICT;
CREATE INDEX enrolments_customer ON enrolments (customer_id, campaign, entered_at);

CREATE TABLE audit_log (
    id          INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;
