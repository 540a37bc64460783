"""The ids of subagent runs: `<runId>:<agent>:<attempt>`, and nested in it `<its id>/<number>`."""

from sergas.core.ids import RunId


def subagent_id_of(run_id: RunId, agent: str, attempt: int) -> str:
    """Name the subagent run that an attempt is."""
    return f"{run_id}:{agent}:{attempt}"


def attempt_number(subagent_id: str) -> int:
    """Read the attempt's number from its subagent run's id."""
    return int(subagent_id.rpartition(":")[2])


def nested_id(subagent_id: str, number: int) -> str:
    """Name the subagent run that began in another one, as its first, second or later one."""
    return f"{subagent_id}/{number}"


def is_within(subagent_id: str, outer_id: str) -> bool:
    """Say whether a subagent run is another one, or nested in it at whatever depth."""
    return subagent_id == outer_id or subagent_id.startswith(f"{outer_id}/")


def is_nested(subagent_id: str) -> bool:
    """Say whether a subagent run is nested in an attempt, whose id ends with its number."""
    return not subagent_id.rpartition(":")[2].isdecimal()
