"""What the agents of a run delivered, on PostgreSQL."""

from collections.abc import Sequence

from asyncpg import Record

from sergas.core.errors import Fenced
from sergas.core.ids import RunId
from sergas.core.json import JsonObject, as_object, decode, encode, names_of
from sergas.core.runs import Step
from sergas.stores.postgres.database import Database

# The lock keeps a claim from raising the epoch before this is stored.
_SAVE = """
WITH own AS (SELECT id, tenant FROM runs WHERE id = $1 AND epoch = $2 FOR SHARE)
INSERT INTO run_steps (
  run_id, tenant, name, attempt, is_done, result, patches, waiting, memory, kept)
SELECT id, tenant, $3, $4, $5, $6, $7, $8, $9, $10 FROM own
ON CONFLICT (run_id, name) DO UPDATE
SET attempt = excluded.attempt, is_done = excluded.is_done, result = excluded.result,
    patches = excluded.patches, waiting = excluded.waiting, memory = excluded.memory,
    kept = excluded.kept
RETURNING run_id
"""
_STEPS = "SELECT * FROM run_steps WHERE run_id = $1 ORDER BY name"
_COPY = """
INSERT INTO run_steps (
  run_id, tenant, name, attempt, is_done, result, patches, waiting, memory, kept)
SELECT $2, tenant, name, attempt, is_done, result, patches, waiting, memory, kept
FROM run_steps WHERE run_id = $1
ON CONFLICT (run_id, name) DO NOTHING
"""


class StepStore:
    """`core.ports.StepStore` on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, run_id: RunId, epoch: int, step: Step) -> None:
        """Store the step, or raise Fenced."""
        delivered = (step.result, step.patches, step.waiting, step.memory, step.kept)
        values = (step.name, step.attempt, step.is_done, *map(encode, delivered))
        stored = await self._database.persist(lambda c: c.fetchval(_SAVE, run_id, epoch, *values))
        if stored is None:
            raise Fenced(run_id, epoch)

    async def steps(self, run_id: RunId) -> Sequence[Step]:
        """Return the steps of the run."""
        return [
            _step_of(row) for row in await self._database.run(lambda c: c.fetch(_STEPS, run_id))
        ]

    async def copy(self, source: RunId, target: RunId) -> None:
        """Copy the steps of one run to another that has none of those names."""
        await self._database.run(lambda c: c.execute(_COPY, source, target))


def _step_of(row: Record) -> Step:
    return Step(
        name=row["name"],
        attempt=row["attempt"],
        is_done=row["is_done"],
        result=decode(row["result"]),
        patches=_objects(row["patches"]),
        waiting=_objects(row["waiting"]),
        memory=decode(row["memory"]),
        kept=names_of(decode(row["kept"])),
    )


def _objects(data: bytes) -> tuple[JsonObject, ...]:
    values = decode(data)
    return tuple(as_object(value) for value in values) if isinstance(values, list) else ()
