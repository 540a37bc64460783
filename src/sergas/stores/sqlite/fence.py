"""The fence: a write in the name of a run counts only in the run's present epoch."""

import sqlite3

from sergas.core.errors import Fenced
from sergas.core.ids import RunId, TenantId


def check_epoch(connection: sqlite3.Connection, run_id: RunId, epoch: int) -> TenantId:
    """Make sure, inside the caller's transaction, that the run is still in this epoch.

    Returns the run's tenant, which every row of the run carries.

    Raises:
        Fenced: it is not, or the run is gone.
    """
    row = connection.execute("SELECT epoch, tenant FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None or row[0] != epoch:
        raise Fenced(run_id, epoch)
    return TenantId(row[1])
