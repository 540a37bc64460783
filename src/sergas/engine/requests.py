"""The request of a run: how it is stored, and what makes two requests the same."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sergas.core.agents import RunInput
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.json import Json, JsonObject, as_object, encode_sorted


class OnBusy(StrEnum):
    """What to do with a new run while another one of its thread is active."""

    REJECT = "reject"
    ENQUEUE = "enqueue"
    INTERRUPT = "interrupt"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class RetryAsked:
    """What a client says of a retry.

    Attributes:
        key: makes a repeated request find its run.
        budget: takes the place of the budget that the retried run was asked for with.
    """

    key: str | None = None
    budget: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a client asks for, parsed.

    Attributes:
        run_id: chosen by the client, or made for it.
        agent_id: the CopilotKit agent that the thread belongs to.
        key: makes a repeated request find its run; None means the run id does.
        user: who asks; "" while callers have no names.
        on_busy: what to do if the thread is busy; None leaves it to the server's default.
        repeats: the run whose missing parts this one is to do.
        goes_on: the input of the run that this one goes on with, for what the client left out.
        results: results of frontend tools that the messages hold, by tool call id.
        sent_hash: the hash of what the client sent, if the request was changed since.
    """

    tenant: TenantId
    thread_id: ThreadId
    run_id: RunId
    workflow: str
    agent_id: str
    input: RunInput
    key: str | None = None
    on_busy: OnBusy | None = None
    user: str = ""
    repeats: RunId | None = None
    goes_on: RunInput | None = None
    results: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    sent_hash: str | None = None

    @property
    def stored(self) -> dict[str, Json]:
        """The input that the run works with, as JSON for the store."""
        asked, before = self.input, self.goes_on
        if before is None:
            return input_to(asked)
        whole = replace(
            asked,
            messages=_together(before.messages, asked.messages),
            options={**before.options, **asked.options},
            agents=before.agents,
            answers=self.answers,
        )
        return input_to(whole)

    @property
    def answers(self) -> dict[str, JsonObject]:
        """What the client answers, by what waits."""
        return {**self.input.answers, **self.results}

    @property
    def request_key(self) -> str:
        """The key under which the run is found again."""
        return f"key:{self.key}" if self.key is not None else f"run:{self.run_id}"

    @property
    def content_hash(self) -> str:
        """A hash of what is asked for, whatever the ids."""
        if self.sent_hash is not None:
            return self.sent_hash
        content = {"workflow": self.workflow, "thread": self.thread_id, **input_to(self.input)}
        if self.repeats is not None:
            content["repeats"] = self.repeats
        return hashlib.sha256(encode_sorted(content)).hexdigest()


def input_to(run_input: RunInput) -> dict[str, Json]:
    """Write a run's input as JSON for the store."""
    return {
        "messages": list(run_input.messages),
        "state": run_input.state,
        "options": run_input.options,
        "tools": list(run_input.tools),
        "context": list(run_input.context),
        "agents": list(run_input.agents),
        "answers": run_input.answers,
    }


def input_from(stored: JsonObject) -> RunInput:
    """Read what `input_to` wrote."""
    answers = as_object(stored.get("answers"))
    return RunInput(
        messages=_objects(stored.get("messages")),
        state=as_object(stored.get("state")),
        options=as_object(stored.get("options")),
        tools=_objects(stored.get("tools")),
        context=_objects(stored.get("context")),
        agents=tuple(str(name) for name in _items(stored.get("agents"))),
        answers={key: as_object(answer) for key, answer in answers.items()},
    )


def with_earlier_legs(stored: JsonObject, before: JsonObject) -> dict[str, Json]:
    """Return the input of a run's next leg, which still tells what each earlier leg was asked.

    Args:
        stored: the input of the next leg.
        before: the input of the leg that is over.
    """
    asked: list[Json] = [message["id"] for message in _objects(before.get("messages"))]
    return {**stored, "earlier": [*_items(before.get("earlier")), asked]}


def messages_of_leg(stored: JsonObject, leg: int) -> tuple[JsonObject, ...]:
    """Return the messages that a leg of the run was asked with, whichever leg it is in now."""
    messages, earlier = _objects(stored.get("messages")), _items(stored.get("earlier"))
    if not 1 <= leg <= len(earlier):
        return messages
    ids = _items(earlier[leg - 1])
    return tuple(message for message in messages if message["id"] in ids)


def _together(before: Sequence[JsonObject], asked: Sequence[JsonObject]) -> tuple[JsonObject, ...]:
    """Return what is asked now, behind what was asked before and the client did not send again."""
    sent = {str(message["id"]) for message in asked}
    return (*(message for message in before if str(message["id"]) not in sent), *asked)


def _objects(value: Json) -> tuple[JsonObject, ...]:
    return tuple(as_object(item) for item in _items(value))


def _items(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
