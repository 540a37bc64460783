"""Time as an argument: whoever needs the time is given a clock."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns milliseconds since 1970-01-01 UTC."""


def system_clock() -> int:
    """Read the wall clock, in milliseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


def iso(at_ms: int) -> str:
    """Write a time as ISO 8601 in UTC with milliseconds, `2026-11-22T12:00:00.000Z`."""
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
