"""A short chaos trial with a bit of everything. `make chaos` runs the long one."""

from pathlib import Path

import pytest

from tests.chaos.trial.faults import Fault
from tests.chaos.trial.plan import Size
from tests.chaos.trial.trial import Trial
from tests.postgres import Postgres

SIZE = Size(seed=7, replicas=2, runs=6, deltas=60, at_once=6, seconds=30, delay_ms=(15, 30))


@pytest.mark.timeout(240)
def test_every_promise_holds_through_aimed_and_random_faults(
    postgres_server: Postgres, tmp_path: Path
) -> None:
    faults = (Fault.KILL, Fault.FREEZE)

    report = Trial(SIZE, postgres_server, tmp_path, faults, goes_on=False).run()

    assert not report.violations, str(report)
    assert (report.lost, report.duplicated, report.mismatched) == (0, 0, 0)
    assert report.faults == {Fault.KILL: 1, Fault.FREEZE: 1}, str(report)
    # Whether an aimed deed meets its moment is up to the clock.
    assert report.aims, str(report)
    assert report.cancels, str(report)
    assert report.retries, str(report)
    assert report.answers == report.questions > 0, str(report)
    assert report.nested["depth 1"] >= report.nested["depth 2"] > 0, str(report)
    assert report.joins, str(report)
    assert report.stock_joins, str(report)
    assert len(report.tally.streams) == 2, str(report)
