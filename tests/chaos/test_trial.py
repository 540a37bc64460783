"""A short chaos trial: one kill, one freeze, cancels, retries. `make chaos` runs the long one."""

from pathlib import Path

import pytest

from tests.chaos.trial.faults import Fault
from tests.chaos.trial.plan import Size
from tests.chaos.trial.trial import Trial
from tests.postgres import Postgres

SIZE = Size(seed=20261122, replicas=2, runs=6, deltas=60, at_once=6, seconds=30, delay_ms=(15, 30))


@pytest.mark.timeout(240)
def test_every_promise_holds_through_a_kill_and_a_freeze(
    postgres_server: Postgres, tmp_path: Path
) -> None:
    faults = (Fault.KILL, Fault.FREEZE)

    report = Trial(SIZE, postgres_server, tmp_path, faults, goes_on=False).run()

    assert not report.violations, str(report)
    assert (report.lost, report.duplicated) == (0, 0)
    assert report.faults == {Fault.KILL: 1, Fault.FREEZE: 1}, str(report)
    assert report.cancels, str(report)
    assert report.retries, str(report)
    assert report.joins, str(report)
