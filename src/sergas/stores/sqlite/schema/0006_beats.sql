-- When a lease was renewed: one from the future is of a clock that has been set back since.
ALTER TABLE replicas ADD COLUMN beat_ms INTEGER NOT NULL DEFAULT 0;
