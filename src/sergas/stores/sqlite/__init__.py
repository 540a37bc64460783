"""Every port on one SQLite file, for one process: `open_stores` and nothing else."""

from sergas.stores.sqlite.stores import Stores, open_stores

__all__ = ["Stores", "open_stores"]
