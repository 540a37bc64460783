"""`make chaos`: a long trial. It prints a report, and fails if a promise was broken."""

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.chaos.trial.faults import Fault
from tests.chaos.trial.plan import Size
from tests.chaos.trial.trial import Trial
from tests.postgres import running_postgres


def main() -> int:
    """Run a trial of the size that the arguments or the environment give."""
    size = _size()
    sys.stdout.write(f"seed {size.seed}\n")
    sys.stdout.flush()
    folder = Path(tempfile.mkdtemp(prefix="sergas-chaos-"))
    with running_postgres() as postgres:
        # A database that somebody else gave is not ours to restart.
        is_ours = postgres.folder is not None
        first = tuple(fault for fault in Fault if is_ours or fault is not Fault.RESTART)
        report = Trial(size, postgres, folder, first).run()
    sys.stdout.write(f"{report}\n")
    if report.violations or report.lost or report.duplicated:
        sys.stdout.write(f"The servers' logs are in {folder}.\n")
        return 1
    shutil.rmtree(folder)
    return 0


def _size() -> Size:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    for name, default in (("seed", random.randrange(100_000)), ("runs", 30), ("seconds", 150)):
        given = int(os.environ.get(f"CHAOS_{name.upper()}", default))
        parser.add_argument(f"--{name}", type=int, default=given)
    arguments = parser.parse_args()
    return Size(seed=arguments.seed, runs=arguments.runs, seconds=arguments.seconds)


if __name__ == "__main__":
    sys.exit(main())
