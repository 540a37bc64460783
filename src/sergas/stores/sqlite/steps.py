"""What the agents of a run delivered, on SQLite."""

import sqlite3
from collections.abc import Sequence

from sergas.core.ids import RunId
from sergas.core.json import JsonObject, as_object, decode, encode, names_of
from sergas.core.runs import Step
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.fence import check_epoch

_SAVE = """
INSERT INTO run_steps (
  run_id, tenant, name, attempt, is_done, result, patches, waiting, memory, kept)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, name) DO UPDATE
SET attempt = excluded.attempt, is_done = excluded.is_done, result = excluded.result,
    patches = excluded.patches, waiting = excluded.waiting, memory = excluded.memory,
    kept = excluded.kept
"""
_STEPS = "SELECT * FROM run_steps WHERE run_id = ? ORDER BY name"
_COPY = """
INSERT INTO run_steps (
  run_id, tenant, name, attempt, is_done, result, patches, waiting, memory, kept)
SELECT ?, tenant, name, attempt, is_done, result, patches, waiting, memory, kept
FROM run_steps WHERE run_id = ?
ON CONFLICT (run_id, name) DO NOTHING
"""


class StepStore:
    """`core.ports.StepStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, run_id: RunId, epoch: int, step: Step) -> None:
        """Store the step, or raise Fenced."""

        def upsert(connection: sqlite3.Connection) -> None:
            tenant = check_epoch(connection, run_id, epoch)
            delivered = (step.result, step.patches, step.waiting, step.memory, step.kept)
            values = map(encode, delivered)
            connection.execute(
                _SAVE, (run_id, tenant, step.name, step.attempt, step.is_done, *values)
            )

        await self._database.persist(upsert)

    async def steps(self, run_id: RunId) -> Sequence[Step]:
        """Return the steps of the run."""
        return await self._database.read(
            lambda c: [_step_of(row) for row in c.execute(_STEPS, (run_id,))]
        )

    async def copy(self, source: RunId, target: RunId) -> None:
        """Copy the steps of one run to another that has none of those names."""
        await self._database.write(lambda c: c.execute(_COPY, (target, source)) and None)


def _step_of(row: sqlite3.Row) -> Step:
    return Step(
        name=row["name"],
        attempt=row["attempt"],
        is_done=bool(row["is_done"]),
        result=decode(row["result"]),
        patches=_objects(row["patches"]),
        waiting=_objects(row["waiting"]),
        memory=decode(row["memory"]),
        kept=names_of(decode(row["kept"])),
    )


def _objects(data: bytes) -> tuple[JsonObject, ...]:
    values = decode(data)
    return tuple(as_object(value) for value in values) if isinstance(values, list) else ()
