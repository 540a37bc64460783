"""Interrupts: what agents ask a person, and which answer belongs to whom."""

from collections.abc import Mapping, Sequence

from sergas.core.chunks import Interrupt
from sergas.core.errors import InterruptExpired, NothingWaits
from sergas.core.json import Json, JsonObject, as_object
from sergas.engine.attempt import Attempt


def waiting_for(agent: str, attempt: Attempt) -> tuple[JsonObject, ...]:
    """Return an attempt's interrupts for AG-UI; `metadata` holds the agent and its key."""
    return tuple(
        _to_ag_ui(agent, attempt.subagent_id, interrupt) for interrupt in attempt.interrupts
    )


def answers_to(
    waiting: Sequence[JsonObject], answers: Mapping[str, JsonObject]
) -> Mapping[str, JsonObject]:
    """Return the answers to these interrupts, by the agent's own keys."""
    found: dict[str, JsonObject] = {}
    for interrupt in waiting:
        answer = answers.get(str(interrupt["id"]))
        metadata = interrupt.get("metadata")
        if answer is not None and isinstance(metadata, Mapping):
            found[str(metadata["key"])] = answer
    return found


def check_answers(outcome: JsonObject, answers: Mapping[str, JsonObject], now_iso: str) -> None:
    """Make sure that the answers are those that a run waits for.

    Raises:
        NothingWaits: they are not, or not all.
        InterruptExpired: one is answered that has expired.
    """
    interrupts = outcome.get("interrupts")
    waiting = [as_object(i) for i in interrupts] if isinstance(interrupts, list) else []
    if not waiting or {str(interrupt["id"]) for interrupt in waiting} != set(answers):
        raise NothingWaits
    for interrupt in waiting:
        expires_at = str(interrupt.get("expiresAt", ""))
        is_resolved = answers[str(interrupt["id"])].get("status") != "cancelled"
        if expires_at and is_resolved and expires_at < now_iso:
            raise InterruptExpired(str(interrupt["id"]), expires_at)


def _to_ag_ui(agent: str, subagent_id: str, interrupt: Interrupt) -> JsonObject:
    shown: dict[str, Json] = {
        "id": f"{subagent_id}:{interrupt.key}",
        "reason": interrupt.reason,
        "message": interrupt.message,
        "metadata": {"agent": agent, "key": interrupt.key},
    }
    if interrupt.response_schema is not None:
        shown["responseSchema"] = interrupt.response_schema
    if interrupt.expires_at is not None:
        shown["expiresAt"] = interrupt.expires_at
    return shown
