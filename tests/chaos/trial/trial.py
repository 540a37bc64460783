"""A trial: real replicas, a real PostgreSQL, clients, people and faults, then the checks."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.trial.checks import Violation
from tests.chaos.trial.clients import Clients
from tests.chaos.trial.cluster import Cluster, running_cluster
from tests.chaos.trial.examine import examined
from tests.chaos.trial.faults import Fault, Injector
from tests.chaos.trial.lives import Life
from tests.chaos.trial.people import People, nothing_unfinished
from tests.chaos.trial.plan import RunPlan, Size, plans
from tests.chaos.trial.readers import Watcher
from tests.chaos.trial.report import Report
from tests.chaos.trial.stock import stock_clients
from tests.chaos.trial.transports import http_client
from tests.postgres import Postgres

# After the last fault, runs may need this long to end.
_ENDS_WITHIN_S = 120.0
_CUTS_PER_FRAME = 0.004


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried, and where.

    Attributes:
        first: the faults that happen in any case.
        goes_on: after those, whether others follow until the time is over.
    """

    size: Size
    postgres: Postgres
    folder: Path
    first: tuple[Fault, ...]
    goes_on: bool = True

    def run(self) -> Report:
        """Run the trial and report what came of it."""
        settings = {"SERGAS_LEASE_SECONDS": str(self.size.lease_s)}
        with running_cluster(
            self.postgres, self.folder, replicas=self.size.replicas, settings=settings
        ) as cluster:
            return asyncio.run(self._run(cluster))

    async def _run(self, cluster: Cluster) -> Report:
        size, began = self.size, time.monotonic()
        injector = Injector(
            cluster, random.Random(size.seed), size.lease_s, self.first, self.goes_on, size.seconds
        )
        async with http_client() as http, stock_clients(cluster, size.seed) as stock:
            clients = Clients(http, cluster, random.Random(size.seed), _CUTS_PER_FRAME)
            people = People(clients, stock)
            stuck = await self._live(people, injector)
            report = Report(
                size=size,
                faults=injector.counts,
                tally=clients.tally,
                seconds=time.monotonic() - began,
            )
            stuck += [Violation(f"a process failed: {problem}") for problem in cluster.problems]
            stuck += [Violation(f"a stock client said: {said}") for said in stock.complaints]
            report.violations += [("-", violation) for violation in stuck]
            await _examine_all(report, clients, people.lives)
        return report

    async def _live(self, people: People, injector: Injector) -> list[Violation]:
        is_over, slots = asyncio.Event(), asyncio.Semaphore(self.size.at_once)

        async def live(plan: RunPlan) -> None:
            async with slots:
                await people.live(plan)

        async def live_all() -> None:
            try:
                async with asyncio.TaskGroup() as runs:
                    for plan in plans(self.size):
                        runs.create_task(live(plan))
            finally:
                is_over.set()

        try:
            async with (
                asyncio.timeout(self.size.seconds + _ENDS_WITHIN_S),
                asyncio.TaskGroup() as group,
            ):
                group.create_task(live_all())
                group.create_task(injector.inject(is_over))
        except TimeoutError:
            return [Violation("the trial did not come to its end in time")]
        return []


async def _examine_all(report: Report, clients: Clients, lives: Sequence[Life]) -> None:
    async def unfinished() -> list[str]:
        found = await clients.ask("GET", "/api/runs?status=queued&status=running&limit=200")
        return [record["id"] for record in found.json()["runs"]]

    for run_id in await nothing_unfinished(unfinished):
        report.violations.append((run_id, Violation("the run is left unfinished")))
    for life in lives:
        now = (await clients.ask("GET", f"/api/runs/{life.run_id}")).json()
        stored = Watcher(life.run_id, outlives_questions=now.get("status") != "interrupted")
        async with asyncio.timeout(_ENDS_WITHIN_S):
            await clients.read(stored)
        report.add(life, stored, examined(life, stored))
