-- Who asked for the run; empty while callers have no names.
ALTER TABLE runs ADD COLUMN user_id TEXT NOT NULL DEFAULT '';

-- What each model call used. It outlives its run, so it repeats what is asked for of that;
-- `run_ms` tells a run from a later one that was given the same id.
CREATE TABLE model_calls (
  run_id                   TEXT NOT NULL,
  run_ms                   INTEGER NOT NULL,
  agent                    TEXT NOT NULL,
  attempt                  INTEGER NOT NULL,
  number                   INTEGER NOT NULL,
  tenant                   TEXT NOT NULL,
  thread_id                TEXT NOT NULL,
  user_id                  TEXT NOT NULL,
  provider                 TEXT NOT NULL,
  model                    TEXT NOT NULL,
  input_tokens             INTEGER NOT NULL,
  output_tokens            INTEGER NOT NULL,
  reasoning_tokens         INTEGER NOT NULL,
  cached_input_tokens      INTEGER NOT NULL,
  cache_write_input_tokens INTEGER NOT NULL,
  -- Billionths of a US dollar; null where the price is not known.
  cost_nanousd             INTEGER,
  at_ms                    INTEGER NOT NULL,
  PRIMARY KEY (run_id, run_ms, agent, attempt, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_calls_recent ON model_calls (tenant, at_ms);
