"""A trial: real replicas, a real PostgreSQL, clients, people and faults, then the checks."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.trial import checks
from tests.chaos.trial.checks import Violation
from tests.chaos.trial.clients import Clients, Watcher, http_client
from tests.chaos.trial.cluster import Cluster, running_cluster
from tests.chaos.trial.faults import Fault, Injector
from tests.chaos.trial.lives import Life, People, nothing_unfinished, thread_texts
from tests.chaos.trial.plan import RunPlan, Size, plans, whole_text
from tests.chaos.trial.report import Report, missing, repeated
from tests.postgres import Postgres
from tests.streams import AgUiEvent

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
        size = self.size
        with running_cluster(
            self.postgres, self.folder, replicas=size.replicas, lease_s=size.lease_s
        ) as cluster:
            return asyncio.run(self._run(cluster))

    async def _run(self, cluster: Cluster) -> Report:
        chance, began = random.Random(self.size.seed), time.monotonic()
        injector = Injector(
            cluster, chance, self.size.lease_s, self.first, self.goes_on, self.size.seconds
        )
        async with http_client() as http:
            clients = Clients(http, cluster, random.Random(self.size.seed), _CUTS_PER_FRAME)
            people = People(clients)
            stuck = await self._live(people, injector)
            report = Report(
                size=self.size,
                faults=injector.counts,
                tally=clients.tally,
                statuses=Counter(life.record.get("status", "unknown") for life in people.lives),
                seconds=time.monotonic() - began,
            )
            stuck += [Violation(problem) for problem in injector.problems]
            report.violations += [("-", violation) for violation in stuck]
            await _check_all(report, clients, people.lives)
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


async def _check_all(report: Report, clients: Clients, lives: Sequence[Life]) -> None:
    async def unfinished() -> list[str]:
        found = await clients.ask("GET", "/api/runs?status=queued&status=running&limit=200")
        return [record["id"] for record in found.json()["runs"]]

    for run_id in await nothing_unfinished(unfinished):
        report.violations.append((run_id, Violation("the run is left unfinished")))
    for life in lives:
        report.cancels += life.cancelled is not None
        report.retries += bool(life.line)
        report.joins += life.joiner is not None
        stored = Watcher(life.run_id)
        async with asyncio.timeout(_ENDS_WITHIN_S):
            await clients.read(stored)
        _check(report, life, stored)


def _check(report: Report, life: Life, stored: Watcher) -> None:
    seqs = [frame.seq for frame in stored.frames]
    events = [frame.event for frame in stored.frames]
    seen = [frame.seq for frame in life.watcher.frames]
    report.stored += len(events)
    report.checked += len(seen)
    report.lost += missing(seen, seqs)
    report.duplicated += repeated(seen)
    found = [
        *_refusals(life),
        *checks.contiguous(seqs),
        *checks.contiguous(seen),
        *checks.same_events([f.event for f in life.watcher.frames], events, "the watcher"),
        *_of_run(life, events),
        *_of_joiner(report, life, stored),
    ]
    report.violations += [(life.run_id, violation) for violation in found]


def _refusals(life: Life) -> list[Violation]:
    readers = (life.watcher, life.joiner)
    return [
        Violation(f"a client was refused: {reader.refusal}")
        for reader in readers
        if reader is not None and reader.refusal
    ]


def _of_run(life: Life, events: Sequence[AgUiEvent]) -> list[Violation]:
    before = [
        name
        for one in life.line
        for name in checks.finished_agents(frame.event for frame in one.watcher.frames)
    ]
    part = life.plan.body["forwardedProps"]["script"]["agents"][0]
    found = [
        *checks.legs(events),
        *checks.closed_scopes(events),
        *checks.answered_tools(events),
        *checks.finished_once(events, before),
        *checks.whole_texts(events, whole_text(part["deltas"])),
    ]
    if life.record:
        found += checks.same_end(life.record, events)
    if life.record.get("status") == "completed":
        found += checks.all_agents_finished(events, life.plan.agents, before)
    if life.cancelled is not None and life.record:
        found += checks.stays_cancelled(life.record, life.cancelled)
    return found


def _of_joiner(report: Report, life: Life, stored: Watcher) -> list[Violation]:
    joiner = life.joiner
    if joiner is None or not joiner.is_over or joiner.refusal:
        return []
    tail = [frame for frame in stored.frames if frame.seq > joiner.joined_at]
    report.checked += len(joiner.live)
    run = checks.texts_of(frame.event for frame in stored.frames)
    return [
        *checks.same_events(
            [frame.event for frame in joiner.live], [frame.event for frame in tail], "who joined"
        ),
        *checks.same_texts(joiner.texts, run, thread_texts(life)),
    ]
