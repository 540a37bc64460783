-- What an unfinished agent wants to know in its next attempt, and which of its messages stay said.
ALTER TABLE run_steps ADD COLUMN memory BLOB NOT NULL DEFAULT x'6e756c6c';
ALTER TABLE run_steps ADD COLUMN kept BLOB NOT NULL DEFAULT x'5b5d';
