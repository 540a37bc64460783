-- The database's clock; leases run on it, so that the replicas' clocks need not agree.
CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN (extract(epoch FROM clock_timestamp()) * 1000)::bigint;

-- A conversation.
CREATE TABLE threads (
  ordinal     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant      text NOT NULL,
  id          text NOT NULL,
  agent_id    text NOT NULL,
  name        text,
  is_archived boolean NOT NULL DEFAULT false,
  created_ms  bigint NOT NULL,
  updated_ms  bigint NOT NULL,
  last_run_ms bigint,
  UNIQUE (tenant, id)
);
CREATE INDEX threads_recent ON threads (tenant, updated_ms DESC, ordinal DESC);

-- One request worked off by a workflow; `epoch` is the fence against an executor that lost it.
CREATE TABLE runs (
  ordinal         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id              text NOT NULL UNIQUE,
  tenant          text NOT NULL,
  thread_id       text NOT NULL,
  workflow        text NOT NULL,
  status          text NOT NULL,
  leg             integer NOT NULL,
  epoch           integer NOT NULL,
  owner           text,
  is_waiting      boolean NOT NULL DEFAULT false,
  cancel_reason   text,
  cancel_asked_ms bigint,
  cancel_agents   text[] NOT NULL DEFAULT '{}',
  retry_of        text,
  request_key     text NOT NULL,
  content_hash    text NOT NULL,
  input           bytea NOT NULL,
  outcome         bytea NOT NULL,
  created_ms      bigint NOT NULL,
  started_ms      bigint,
  finished_ms     bigint,
  UNIQUE (tenant, request_key),
  FOREIGN KEY (tenant, thread_id) REFERENCES threads (tenant, id) ON DELETE CASCADE
);
CREATE INDEX runs_of_thread ON runs (tenant, thread_id, ordinal);
CREATE INDEX runs_by_origin ON runs (retry_of) WHERE retry_of IS NOT NULL;
-- Every tick of every replica looks at these; there are few, however many runs are stored.
CREATE INDEX runs_unfinished ON runs (ordinal) WHERE status IN ('queued', 'running');
CREATE INDEX runs_waiting ON runs (tenant, thread_id, ordinal)
WHERE status = 'queued' AND is_waiting;
-- At most one run of a thread is active; others may wait.
CREATE UNIQUE INDEX runs_active ON runs (tenant, thread_id)
WHERE status IN ('queued', 'running') AND NOT is_waiting;

-- The executors that are alive.
CREATE TABLE replicas (
  executor   text COLLATE "C" PRIMARY KEY,
  expires_ms bigint NOT NULL
);

-- The event log. The data is bytes, because it comes back exactly as it went in.
CREATE TABLE run_events (
  run_id text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tenant  text NOT NULL,
  seq    bigint NOT NULL,
  epoch  integer NOT NULL,
  data   bytea NOT NULL,
  PRIMARY KEY (run_id, seq)
);

-- What each agent of a run delivered.
CREATE TABLE run_steps (
  run_id  text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tenant  text NOT NULL,
  name    text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  is_done boolean NOT NULL,
  result  bytea NOT NULL,
  patches bytea NOT NULL,
  waiting bytea NOT NULL,
  PRIMARY KEY (run_id, name)
);
