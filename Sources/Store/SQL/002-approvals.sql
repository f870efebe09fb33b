-- Who has approved which dry run. The run is told by the hash of its decisions, for its file may be moved or changed.
CREATE TABLE approvals (
    id          INTEGER PRIMARY KEY,
    run         TEXT NOT NULL, -- the file, relative to the workspace
    hash        TEXT NOT NULL,
    campaigns   TEXT NOT NULL, -- a JSON list of names
    starts_at   INTEGER NOT NULL,
    days        INTEGER NOT NULL,
    decisions   INTEGER NOT NULL,
    sent        INTEGER NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at INTEGER NOT NULL
) STRICT;
