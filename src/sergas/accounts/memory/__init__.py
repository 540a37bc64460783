"""The ledger: what we promised, what was advised before and what became of it."""
