-- Whether retention has looked at the run's log; the index holds those that it has not.
ALTER TABLE runs ADD COLUMN is_compacted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_uncompacted ON runs (finished_ms)
WHERE status IN ('completed', 'cancelled', 'failed') AND is_compacted = 0;

-- How the original events of a compacted log are cut out of its merged ones.
CREATE TABLE run_cuts (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  tenant TEXT NOT NULL,
  data   BLOB NOT NULL
) STRICT;
