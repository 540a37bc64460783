"""Every port on one SQLite file, for one process: `open_stores` and nothing else."""

from sergas.stores.sqlite.stores import open_stores

__all__ = ["open_stores"]
