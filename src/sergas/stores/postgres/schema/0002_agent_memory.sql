-- What an unfinished agent wants to know in its next attempt, and which of its messages stay said.
ALTER TABLE run_steps ADD COLUMN memory bytea NOT NULL DEFAULT 'null'::bytea;
ALTER TABLE run_steps ADD COLUMN kept bytea NOT NULL DEFAULT '[]'::bytea;
