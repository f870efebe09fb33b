-- What was computed over the whole population, so that the next question need not compute it again. All of it may be lost.
CREATE TABLE populations (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,    -- of the trait or the model
    definition TEXT NOT NULL,    -- a hash of its text and of all that it asks
    holds_at   INTEGER,          -- the instant; NULL where it is the same at any that is not before the latest row
    state      INTEGER NOT NULL, -- the setting data_state, which is another number after each change of the data
    has_values INTEGER NOT NULL  -- 0 for a model that gave nothing
) STRICT;

CREATE INDEX populations_name ON populations (name, definition, state);

CREATE TABLE population_values (
    population_id INTEGER NOT NULL,
    customer_id   INTEGER NOT NULL,
    value         ANY NOT NULL,
    PRIMARY KEY (population_id, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE population_numbers (
    population_id INTEGER NOT NULL,
    name          TEXT NOT NULL,
    value         ANY NOT NULL,
    PRIMARY KEY (population_id, name)
) STRICT, WITHOUT ROWID;
