"""Every port on one PostgreSQL database, for any number of processes."""

from sergas.stores.postgres.migrations import migrate
from sergas.stores.postgres.stores import open_stores

__all__ = ["migrate", "open_stores"]
