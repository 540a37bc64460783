"""What the model calls of all runs used, on SQLite."""

import sqlite3
from collections.abc import Collection, Sequence

from sergas.core.ids import RunId
from sergas.core.json import encode
from sergas.core.runs import Run
from sergas.core.usage import (
    ModelCall,
    UsageBy,
    UsageFilter,
    UsageRow,
    UsageSum,
    UsageTotal,
)
from sergas.stores.sqlite.database import Database

_RECORD = """
INSERT OR REPLACE INTO model_calls (
  run_id, run_ms, tenant, thread_id, user_id, agent, attempt, number, provider, model,
  input_tokens, output_tokens, reasoning_tokens, cached_input_tokens, cache_write_input_tokens,
  cost_nanousd, at_ms)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# The run has to be the one that the calls were made for, not an older one with its id.
_SUMS = """
SELECT
  run_id, agent, provider, model,
  count(*), sum(input_tokens), sum(output_tokens), sum(reasoning_tokens),
  sum(cached_input_tokens), sum(cache_write_input_tokens), coalesce(sum(cost_nanousd), 0),
  sum(iif(cost_nanousd IS NULL, input_tokens + output_tokens, 0))
FROM model_calls JOIN runs ON runs.id = run_id AND runs.created_ms = run_ms
WHERE run_id IN (SELECT value FROM json_each(?))
GROUP BY run_id, agent, provider, model
ORDER BY run_id, agent, provider, model
"""
# Absent values mean "any"; the page begins after the key `after`.
_TABLE = """
WITH call AS (
  SELECT
    CASE :by
      WHEN 'agent' THEN agent WHEN 'run' THEN run_id WHEN 'thread' THEN thread_id
      WHEN 'user' THEN user_id WHEN 'tenant' THEN tenant WHEN 'model' THEN provider || '/' || model
      WHEN 'day' THEN date(at_ms / 1000, 'unixepoch')
    END AS key, *
  FROM model_calls
  WHERE tenant = :tenant
    AND (:since IS NULL OR at_ms >= :since)
    AND (:until IS NULL OR at_ms < :until)
    AND (:run IS NULL OR run_id = :run)
    AND (:thread IS NULL OR thread_id = :thread)
)
SELECT
  key,
  count(*), sum(input_tokens), sum(output_tokens), sum(reasoning_tokens),
  sum(cached_input_tokens), sum(cache_write_input_tokens), coalesce(sum(cost_nanousd), 0),
  sum(iif(cost_nanousd IS NULL, input_tokens + output_tokens, 0))
FROM call
WHERE :after IS NULL OR key > :after
GROUP BY key ORDER BY key LIMIT :limit
"""
_DELETE_ORPHANS = """
DELETE FROM model_calls WHERE (run_id, run_ms, agent, attempt, number) IN (
  SELECT run_id, run_ms, agent, attempt, number FROM model_calls
  WHERE at_ms < ? AND NOT EXISTS (
    SELECT 1 FROM runs WHERE runs.id = run_id AND runs.created_ms = run_ms)
  LIMIT ?)
"""


class UsageStore:
    """`core.usage.UsageStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, run: Run, calls: Sequence[ModelCall]) -> None:
        """Store the calls, in the place of earlier reports of the same ones."""
        rows = [_row_of(run, call) for call in calls]
        await self._database.persist(lambda c: c.executemany(_RECORD, rows) and None)

    async def sums(self, run_ids: Collection[RunId]) -> Sequence[UsageSum]:
        """Return what the runs used, by run, agent and model."""
        ids = encode(list(run_ids)).decode()

        def select(connection: sqlite3.Connection) -> list[UsageSum]:
            rows = connection.execute(_SUMS, (ids,)).fetchall()
            return [_sum_of(*row) for row in rows]

        return await self._database.read(select)

    async def table(
        self, wanted: UsageFilter, by: UsageBy, *, after: str | None = None, limit: int = 50
    ) -> Sequence[UsageRow]:
        """Add the wanted usage up, in the order of the keys."""
        parameters = {
            "by": by.value,
            "tenant": wanted.tenant,
            "since": wanted.since_ms,
            "until": wanted.until_ms,
            "run": wanted.run_id,
            "thread": wanted.thread_id,
            "after": after,
            "limit": limit,
        }

        def select(connection: sqlite3.Connection) -> list[UsageRow]:
            rows = connection.execute(_TABLE, parameters).fetchall()
            return [UsageRow(row[0], UsageTotal(*row[1:])) for row in rows]

        return await self._database.read(select)

    async def delete_orphans(self, before_ms: int, limit: int) -> int:
        """Delete old calls of runs that are gone."""
        return await self._database.write(
            lambda c: c.execute(_DELETE_ORPHANS, (before_ms, limit)).rowcount
        )


def _row_of(run: Run, call: ModelCall) -> tuple[str | int | None, ...]:
    used = call.usage
    return (
        *(run.id, run.created_ms, run.tenant, run.thread_id, run.user),
        *(call.agent, call.attempt, call.number, used.provider, used.model),
        *(used.input_tokens, used.output_tokens, used.reasoning_tokens),
        *(used.cached_input_tokens, used.cache_write_input_tokens),
        *(call.cost_nanousd, call.at_ms),
    )


def _sum_of(run_id: str, agent: str, provider: str, model: str, *total: int) -> UsageSum:
    return UsageSum(RunId(run_id), agent, provider, model, UsageTotal(*total))
