-- Who asked for the run; empty while callers have no names.
ALTER TABLE runs ADD COLUMN user_id text NOT NULL DEFAULT '';

-- What each model call used. It outlives its run, so it repeats what is asked for of that;
-- `run_ms` tells a run from a later one that was given the same id.
CREATE TABLE model_calls (
  run_id                   text COLLATE "C" NOT NULL,
  run_ms                   bigint NOT NULL,
  agent                    text COLLATE "C" NOT NULL,
  attempt                  integer NOT NULL,
  number                   integer NOT NULL,
  tenant                   text COLLATE "C" NOT NULL,
  thread_id                text COLLATE "C" NOT NULL,
  user_id                  text COLLATE "C" NOT NULL,
  provider                 text COLLATE "C" NOT NULL,
  model                    text COLLATE "C" NOT NULL,
  input_tokens             bigint NOT NULL,
  output_tokens            bigint NOT NULL,
  reasoning_tokens         bigint NOT NULL,
  cached_input_tokens      bigint NOT NULL,
  cache_write_input_tokens bigint NOT NULL,
  -- Billionths of a US dollar; null where the price is not known.
  cost_nanousd             bigint,
  at_ms                    bigint NOT NULL,
  PRIMARY KEY (run_id, run_ms, agent, attempt, number)
);
CREATE INDEX model_calls_recent ON model_calls (tenant, at_ms);
