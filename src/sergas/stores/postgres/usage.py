"""What the model calls of all runs used, on PostgreSQL."""

from collections.abc import Collection, Sequence

from sergas.core.ids import RunId
from sergas.core.runs import Run
from sergas.core.usage import (
    ModelCall,
    UsageBy,
    UsageFilter,
    UsageRow,
    UsageSum,
    UsageTotal,
)
from sergas.stores.postgres.database import Database

_RECORD = """
INSERT INTO model_calls (
  run_id, run_ms, tenant, thread_id, user_id, agent, attempt, number, provider, model,
  input_tokens, output_tokens, reasoning_tokens, cached_input_tokens, cache_write_input_tokens,
  cost_nanousd, at_ms)
SELECT $1, $2, $3, $4, $5, call.* FROM unnest(
  $6::text[], $7::int[], $8::int[], $9::text[], $10::text[], $11::bigint[], $12::bigint[],
  $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[]) AS call
ON CONFLICT (run_id, run_ms, agent, attempt, number) DO UPDATE
SET provider = excluded.provider, model = excluded.model, input_tokens = excluded.input_tokens,
    output_tokens = excluded.output_tokens, reasoning_tokens = excluded.reasoning_tokens,
    cached_input_tokens = excluded.cached_input_tokens,
    cache_write_input_tokens = excluded.cache_write_input_tokens,
    cost_nanousd = excluded.cost_nanousd, at_ms = excluded.at_ms
"""
# The run has to be the one that the calls were made for, not an older one with its id.
_SUMS = """
SELECT
  run_id, agent, provider, model,
  count(*), sum(input_tokens)::bigint, sum(output_tokens)::bigint, sum(reasoning_tokens)::bigint,
  sum(cached_input_tokens)::bigint, sum(cache_write_input_tokens)::bigint,
  coalesce(sum(cost_nanousd), 0)::bigint,
  coalesce(sum(input_tokens + output_tokens) FILTER (WHERE cost_nanousd IS NULL), 0)::bigint
FROM model_calls JOIN runs ON runs.id = run_id AND runs.created_ms = run_ms
WHERE run_id = ANY ($1)
GROUP BY run_id, agent, provider, model
ORDER BY run_id, agent, provider, model
"""
# Absent values mean "any"; the page begins after the key $7.
_TABLE = """
WITH call AS (
  SELECT
    CASE $1::text
      WHEN 'agent' THEN agent WHEN 'run' THEN run_id WHEN 'thread' THEN thread_id
      WHEN 'user' THEN user_id WHEN 'tenant' THEN tenant WHEN 'model' THEN provider || '/' || model
      WHEN 'day' THEN to_char(to_timestamp(at_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')
    END COLLATE "C" AS key, *
  FROM model_calls
  WHERE tenant = $2
    AND ($3::bigint IS NULL OR at_ms >= $3)
    AND ($4::bigint IS NULL OR at_ms < $4)
    AND ($5::text IS NULL OR run_id = $5)
    AND ($6::text IS NULL OR thread_id = $6)
)
SELECT
  key,
  count(*), sum(input_tokens)::bigint, sum(output_tokens)::bigint, sum(reasoning_tokens)::bigint,
  sum(cached_input_tokens)::bigint, sum(cache_write_input_tokens)::bigint,
  coalesce(sum(cost_nanousd), 0)::bigint,
  coalesce(sum(input_tokens + output_tokens) FILTER (WHERE cost_nanousd IS NULL), 0)::bigint
FROM call
WHERE $7::text IS NULL OR key > $7
GROUP BY key ORDER BY key LIMIT $8
"""
_DELETE_ORPHANS = """
WITH gone AS (
  DELETE FROM model_calls WHERE (run_id, run_ms, agent, attempt, number) IN (
    SELECT run_id, run_ms, agent, attempt, number FROM model_calls
    WHERE at_ms < $1 AND NOT EXISTS (
      SELECT FROM runs WHERE runs.id = run_id AND runs.created_ms = run_ms)
    LIMIT $2)
  RETURNING 1
)
SELECT count(*) FROM gone
"""


class UsageStore:
    """`core.usage.UsageStore` on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, run: Run, calls: Sequence[ModelCall]) -> None:
        """Store the calls, in the place of earlier reports of the same ones."""
        of_run = (run.id, run.created_ms, run.tenant, run.thread_id, run.user)
        columns = [list(column) for column in zip(*map(_values_of, calls), strict=True)]
        if columns:
            await self._database.persist(lambda c: c.execute(_RECORD, *of_run, *columns))

    async def sums(self, run_ids: Collection[RunId]) -> Sequence[UsageSum]:
        """Return what the runs used, by run, agent and model."""
        rows = await self._database.run(lambda c: c.fetch(_SUMS, list(run_ids)))
        return [_sum_of(*row) for row in rows]

    async def table(
        self, wanted: UsageFilter, by: UsageBy, *, after: str | None = None, limit: int = 50
    ) -> Sequence[UsageRow]:
        """Add the wanted usage up, in the order of the keys."""
        values = (
            *(by.value, wanted.tenant, wanted.since_ms, wanted.until_ms),
            *(wanted.run_id, wanted.thread_id, after, limit),
        )
        rows = await self._database.run(lambda c: c.fetch(_TABLE, *values))
        return [UsageRow(row["key"], UsageTotal(*row[1:])) for row in rows]

    async def delete_orphans(self, before_ms: int, limit: int) -> int:
        """Delete old calls of runs that are gone."""
        values = (before_ms, limit)
        return int(await self._database.run(lambda c: c.fetchval(_DELETE_ORPHANS, *values)))


def _values_of(call: ModelCall) -> tuple[str | int | None, ...]:
    used = call.usage
    return (
        *(call.agent, call.attempt, call.number, used.provider, used.model),
        *(used.input_tokens, used.output_tokens, used.reasoning_tokens),
        *(used.cached_input_tokens, used.cache_write_input_tokens),
        *(call.cost_nanousd, call.at_ms),
    )


def _sum_of(run_id: str, agent: str, provider: str, model: str, *total: int) -> UsageSum:
    return UsageSum(RunId(run_id), agent, provider, model, UsageTotal(*total))
