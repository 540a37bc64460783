"""Every port on one SQLite file, for one process: `open_stores`, and `check_free` before it."""

from sergas.stores.sqlite.database import check_free
from sergas.stores.sqlite.stores import open_stores

__all__ = ["check_free", "open_stores"]
