"""The fence: a write in the name of a run counts only in the run's present epoch."""

import sqlite3

from sergas.core.errors import Fenced
from sergas.core.ids import RunId


def check_epoch(connection: sqlite3.Connection, run_id: RunId, epoch: int) -> None:
    """Make sure, inside the caller's transaction, that the run is still in this epoch.

    Raises:
        Fenced: it is not, or the run is gone.
    """
    row = connection.execute("SELECT epoch FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None or row[0] != epoch:
        raise Fenced(run_id, epoch)
