"""What goes wrong in a trial: one fault after the other, in an order that the seed decides."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from tests.chaos.trial.cluster import Cluster
from tests.server import Server


class Fault(StrEnum):
    """The kinds of faults that hit the servers."""

    KILL = "kill -9"
    FREEZE = "freeze beyond the lease"
    DRAIN = "stop and start"
    CUT = "database connections cut"
    RESTART = "database restart"


_OFTEN = (Fault.KILL, Fault.KILL, Fault.FREEZE, Fault.FREEZE, Fault.DRAIN, Fault.CUT)


@dataclass(slots=True)
class Injector:
    """Injects faults until it is told to stop; leaves every replica running.

    Attributes:
        first: the faults that happen in any case, as long as there are runs to hit.
        goes_on: after those, whether others follow at random.
    """

    cluster: Cluster
    chance: random.Random
    lease_s: float
    first: tuple[Fault, ...]
    goes_on: bool
    seconds: float
    counts: Counter[Fault] = field(default_factory=Counter[Fault])

    async def inject(self, is_over: asyncio.Event) -> None:
        """Inject faults, with pauses between them, until the time or the trial is over."""
        deadline = time.monotonic() + self.seconds
        coming = self.chance.sample(self.first, len(self.first))
        while time.monotonic() < deadline and (coming or self.goes_on):
            if await _is_set_within(is_over, self.chance.uniform(0.5, 2.5)):
                return
            fault = coming.pop() if coming else self.chance.choice(_OFTEN)
            self.counts[fault] += 1
            replica = self.chance.choice(self.cluster.replicas)
            async with self.cluster.in_hand(replica):
                await self._inject(fault, replica)

    async def _inject(self, fault: Fault, replica: Server) -> None:
        match fault:
            case Fault.KILL:
                await self.cluster.kill(replica)
                # Sometimes it is back before its lease has run out, sometimes after.
                await asyncio.sleep(self.chance.uniform(0, 1.5 * self.lease_s))
                await self.cluster.start(replica)
            case Fault.FREEZE:
                self.cluster.freeze(replica)
                try:
                    await asyncio.sleep(self.lease_s * self.chance.uniform(1.5, 2.5))
                finally:
                    self.cluster.thaw(replica)
            case Fault.DRAIN:
                await self.cluster.drain(replica)
                await self.cluster.start(replica)
            case Fault.CUT:
                await self.cluster.cut_database_connections()
            case Fault.RESTART:
                await self.cluster.restart_database(self.chance.choice(("fast", "immediate")))
            case _:
                assert_never(fault)


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
