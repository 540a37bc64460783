-- A conversation.
CREATE TABLE threads (
  ordinal     INTEGER PRIMARY KEY,
  tenant      TEXT NOT NULL,
  id          TEXT NOT NULL,
  agent_id    TEXT NOT NULL,
  name        TEXT,
  is_archived INTEGER NOT NULL DEFAULT 0,
  created_ms  INTEGER NOT NULL,
  updated_ms  INTEGER NOT NULL,
  last_run_ms INTEGER,
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX threads_recent ON threads (tenant, updated_ms DESC, ordinal DESC);

-- One request worked off by a workflow; `epoch` is the fence against an executor that lost it.
CREATE TABLE runs (
  ordinal         INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  tenant          TEXT NOT NULL,
  thread_id       TEXT NOT NULL,
  workflow        TEXT NOT NULL,
  status          TEXT NOT NULL,
  leg             INTEGER NOT NULL,
  epoch           INTEGER NOT NULL,
  owner           TEXT,
  is_waiting      INTEGER NOT NULL DEFAULT 0,
  cancel_reason   TEXT,
  cancel_asked_ms INTEGER,
  cancel_agents   TEXT NOT NULL DEFAULT '[]',
  retry_of        TEXT,
  request_key     TEXT NOT NULL,
  content_hash    TEXT NOT NULL,
  input           BLOB NOT NULL,
  outcome         BLOB NOT NULL,
  created_ms      INTEGER NOT NULL,
  started_ms      INTEGER,
  finished_ms     INTEGER,
  UNIQUE (tenant, request_key),
  FOREIGN KEY (tenant, thread_id) REFERENCES threads (tenant, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX runs_of_thread ON runs (tenant, thread_id, ordinal);
CREATE INDEX runs_by_origin ON runs (retry_of) WHERE retry_of IS NOT NULL;
CREATE INDEX runs_by_status ON runs (status, ordinal);
-- At most one run of a thread is active; others may wait.
CREATE UNIQUE INDEX runs_active ON runs (tenant, thread_id)
WHERE status IN ('queued', 'running') AND is_waiting = 0;

-- The executors that are alive.
CREATE TABLE replicas (
  executor   TEXT PRIMARY KEY,
  expires_ms INTEGER NOT NULL
) STRICT;

-- The event log.
CREATE TABLE run_events (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tenant  TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  data   BLOB NOT NULL,
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

-- What each agent of a run delivered.
CREATE TABLE run_steps (
  run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tenant  TEXT NOT NULL,
  name    TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  is_done INTEGER NOT NULL,
  result  BLOB NOT NULL,
  patches BLOB NOT NULL,
  waiting BLOB NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;
