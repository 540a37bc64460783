"""What is said of an agent that is tried again, until then."""

from math import ceil

from sergas.core.errors import AgentFailed, ProviderUnavailable
from sergas.core.json import Json, JsonObject


def next_try(failure: AgentFailed, pause_s: float) -> str:
    """Say what the agent waits for, in a few words for a person."""
    if isinstance(failure, ProviderUnavailable):
        return f"{failure.provider} is not answering; trying again in {ceil(pause_s)} s"
    return f"Trying again in {pause_s:.1f} s: {failure}"


def error_metadata(failure: AgentFailed, pause_s: float | None) -> JsonObject:
    """Return what SUBAGENT_ERROR says beside code and message."""
    metadata: dict[str, Json] = {"recoverable": failure.recoverable}
    if pause_s is not None:
        metadata["retryAfter"] = round(pause_s, 3)
    return metadata
