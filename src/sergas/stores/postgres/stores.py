"""The adapters together, over one database."""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sergas.core.stores import Stores
from sergas.stores.postgres.database import Database, open_database
from sergas.stores.postgres.events import EventLog
from sergas.stores.postgres.group_commit import GroupCommit
from sergas.stores.postgres.migrations import migrate
from sergas.stores.postgres.notices import Notices
from sergas.stores.postgres.replicas import Replicas
from sergas.stores.postgres.runs import RunStore
from sergas.stores.postgres.steps import StepStore
from sergas.stores.postgres.threads import ThreadStore
from sergas.stores.postgres.transitions import RunControl
from sergas.stores.postgres.usage import UsageStore
from sergas.stores.postgres.wakeups import WakeUps


@asynccontextmanager
async def open_stores(url: str) -> AsyncGenerator[Stores]:
    """Bring the tables up to date and open them; any number of processes may."""
    await migrate(url)
    notices = Notices(sender=secrets.token_hex(8))
    async with open_database(url) as database:
        appends = GroupCommit(database, notices)
        async with asyncio.TaskGroup() as background:
            work = background.create_task(appends.work())
            try:
                yield _stores(url, database, appends, notices)
            finally:
                work.cancel()


def _stores(url: str, database: Database, appends: GroupCommit, notices: Notices) -> Stores:
    return Stores(
        kind="PostgreSQL",
        events=EventLog(database, appends),
        runs=RunStore(database),
        control=RunControl(database, notices),
        steps=StepStore(database),
        threads=ThreadStore(database),
        usage=UsageStore(database),
        replicas=Replicas(database),
        wakeups=WakeUps(url, notices),
    )
