-- One dry run: what was asked (run, campaigns), every decision, and what to show of it. A change of these tables
-- takes another RunFileWriter.formatVersion.
CREATE TABLE run (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a message costs on a channel, or each part of a text message, in major units.
CREATE TABLE prices (
    channel TEXT PRIMARY KEY,
    price   REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- The scripts as they were, for the lines that decisions, events and flow name.
CREATE TABLE scripts (
    path TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE campaigns (
    name           TEXT PRIMARY KEY,
    description    TEXT NOT NULL,
    audience       TEXT NOT NULL,
    has_audience   INTEGER NOT NULL, -- 0 for a follow-up
    audience_count INTEGER NOT NULL,
    silent_count   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How customers came to enter a campaign, from all of them on, stage by stage.
CREATE TABLE funnel (
    campaign TEXT NOT NULL,
    kind     TEXT NOT NULL, -- condition, event, meant, audience
    text     TEXT NOT NULL,
    script   TEXT,
    time     INTEGER,       -- when all were asked
    count    INTEGER        -- of customers; null where a rule raised
) STRICT;

-- What came of the goals of campaigns: journeys that got a message, and those that were held out.
CREATE TABLE goals (
    campaign TEXT NOT NULL,
    variant  TEXT,             -- null where the campaign has none
    held_out INTEGER NOT NULL, -- 1 or 0
    journeys INTEGER NOT NULL,
    met      INTEGER NOT NULL  -- how many of them met the goal in the run
) STRICT;

CREATE TABLE decisions (
    id           INTEGER PRIMARY KEY,
    customer_id  INTEGER NOT NULL,
    campaign     TEXT NOT NULL,
    step         TEXT NOT NULL,
    script       TEXT NOT NULL,
    time         INTEGER NOT NULL,
    local_time   TEXT NOT NULL,
    channel      TEXT,
    address      TEXT,
    outcome      TEXT NOT NULL,
    reason       TEXT,
    detail       TEXT,
    subject      TEXT,
    body_hash    TEXT,
    scheduled    INTEGER, -- when the journey asked, where the message was held before
    held_by      TEXT,
    displaced_by TEXT,    -- the campaigns whose messages used up the cap: a JSON list of names
    variant      TEXT,
    parts        INTEGER, -- of a text message
    place        INTEGER NOT NULL -- how many events of the person came before
) STRICT;

-- The messages of decisions, each different one once; empty unless the person asked for them.
CREATE TABLE bodies (
    hash      TEXT PRIMARY KEY, -- decisions.body_hash
    subject   TEXT,
    preheader TEXT,
    from_name TEXT,
    reply_to  TEXT,
    body      TEXT NOT NULL, -- HTML, or the text where there is none
    text      TEXT           -- beside HTML
) STRICT;

-- Entries, reactions, and what journeys did.
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    campaign    TEXT NOT NULL,
    time        INTEGER NOT NULL,
    local_time  TEXT,            -- the customer's, where it differs from the workspace's
    word        TEXT NOT NULL,
    script      TEXT,
    subject     TEXT,
    owner       TEXT,
    due         INTEGER,
    place       INTEGER NOT NULL -- how many events of the person came before
) STRICT;

-- What replays of journeys need of each person, by the lowest customer; the bytes are those of JourneyRecord+Coding.
CREATE TABLE journeys (
    person INTEGER PRIMARY KEY,
    record BLOB NOT NULL
) STRICT;

-- Names that records have by number.
CREATE TABLE names (
    number INTEGER PRIMARY KEY,
    text   TEXT NOT NULL
) STRICT;

-- How many journeys went from a step to the next; without a source it is the entry, without a target the end.
CREATE TABLE flow (
    campaign TEXT NOT NULL,
    source   TEXT,
    answer   TEXT NOT NULL,
    target   TEXT,
    word     TEXT NOT NULL,
    count    INTEGER NOT NULL
) STRICT;

CREATE TABLE samples (
    customer_id INTEGER NOT NULL,
    campaign    TEXT NOT NULL,
    channel     TEXT NOT NULL,
    address     TEXT NOT NULL,
    subject     TEXT,
    preheader   TEXT,
    body        TEXT NOT NULL, -- HTML, or the text where there is none
    text        TEXT,          -- beside HTML
    from_name   TEXT,
    reply_to    TEXT,
    parts       INTEGER        -- of a text message
) STRICT;

CREATE TABLE problems (
    campaign    TEXT NOT NULL,
    location    TEXT NOT NULL,
    message     TEXT NOT NULL,
    count       INTEGER NOT NULL,
    customer_id INTEGER NOT NULL
) STRICT;

-- What plugins add to the reports.
CREATE TABLE sections (
    plugin  TEXT NOT NULL,
    name    TEXT NOT NULL,
    title   TEXT NOT NULL,
    columns TEXT NOT NULL, -- a JSON list of names
    rows    TEXT NOT NULL, -- a JSON list of lists, a plain value for each column
    problem TEXT           -- why there are no rows
) STRICT;
