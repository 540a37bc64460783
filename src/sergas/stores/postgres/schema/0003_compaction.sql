-- Whether retention has looked at the run's log; the index holds those that it has not.
ALTER TABLE runs ADD COLUMN is_compacted boolean NOT NULL DEFAULT false;
CREATE INDEX runs_uncompacted ON runs (finished_ms)
WHERE status IN ('completed', 'cancelled', 'failed') AND NOT is_compacted;

-- How the original events of a compacted log are cut out of its merged ones.
CREATE TABLE run_cuts (
  run_id text PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  tenant text NOT NULL,
  data   bytea NOT NULL
);
