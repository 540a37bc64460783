"""Times in the queries of requests."""

from datetime import UTC, datetime


def ms_of(moment: datetime | None) -> int | None:
    """Read a time; one without a time zone is in UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
