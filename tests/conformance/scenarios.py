"""The runs that every stock client must take whole, and what each is expected to show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scripted run, and what it shows.

    Attributes:
        agents: the script.
        counts: how often some types of event occur.
        chars: how many characters the agents may say in all.
        ends_with: the type of the last event.
        cancel_after_events: cancel the run when the client has seen so many.
    """

    name: str
    agents: tuple[JsonObject, ...]
    counts: Mapping[str, int]
    chars: Sequence[int]
    ends_with: str = "RUN_FINISHED"
    cancel_after_events: int | None = None

    def __str__(self) -> str:
        """Name the scenario in a test id."""
        return self.name


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a scenario, with ids of its own."""

    scenario: Scenario
    thread_id: str = field(default_factory=lambda: str(uuid4()))
    run_id: str = field(default_factory=lambda: str(uuid4()))
    resume: tuple[JsonObject, ...] = ()

    def answer(self, interrupt_id: JsonValue) -> "Request":
        """Return the request that answers the interrupt on the same thread."""
        entry: JsonObject = {"interruptId": interrupt_id, "status": "resolved", "payload": "Yes."}
        return Request(self.scenario, thread_id=self.thread_id, resume=(entry,))

    def body(self) -> JsonObject:
        """Return the request as the fields of AG-UI's `RunAgentInput`."""
        script: JsonObject = {"parallel": True, "agents": list(self.scenario.agents)}
        return {
            "threadId": self.thread_id,
            "runId": self.run_id,
            "messages": [{"id": "u1", "role": "user", "content": "Go."}],
            "tools": [],
            "context": [],
            "state": {},
            "forwardedProps": {"workflow": "script", "script": script},
            **({"resume": list(self.resume)} if self.resume else {}),
        }


def count(events: list[JsonObject]) -> Counter[str]:
    """Return how often each type of event occurs."""
    return Counter(str(event["type"]) for event in events)


def interrupt_id(finished: JsonObject) -> JsonValue:
    """Return the id of the one interrupt that a run ended with."""
    match finished.get("outcome"):
        case {"type": "interrupt", "interrupts": [{"id": found}]}:
            return found
        case outcome:
            raise AssertionError(f"The run did not end with one interrupt: {outcome}")


def agent(name: str, **changes: JsonValue) -> JsonObject:
    """Return one scripted agent: 20 pieces of 12 characters, unless told otherwise."""
    return {"name": name, "deltas": 20, "delta_chars": 12, "delay_ms": 2, **changes}


PARALLEL = Scenario(
    "two parallel agents",
    agents=(agent("a"), agent("b")),
    counts={"SUBAGENT_STARTED": 2, "SUBAGENT_FINISHED": 2, "TEXT_MESSAGE_START": 2},
    chars=[480],
)
CANCEL = Scenario(
    "cancel",
    agents=(agent("a", deltas=2000, delay_ms=20),),
    counts={"SUBAGENT_STARTED": 1, "RUN_ERROR": 0},
    chars=range(2000 * 12),
    cancel_after_events=6,
)
INTERRUPT = Scenario(
    "interrupt",
    agents=(agent("a", interrupt="May I?"),),
    counts={"SUBAGENT_STARTED": 1, "SUBAGENT_FINISHED": 1, "TEXT_MESSAGE_START": 0},
    chars=[0],
)
SCENARIOS = (
    Scenario(
        "success",
        agents=(agent("a"),),
        counts={"SUBAGENT_STARTED": 1, "SUBAGENT_FINISHED": 1, "SUBAGENT_ERROR": 0},
        chars=[240],
    ),
    PARALLEL,
    Scenario(
        "tool calls",
        agents=(agent("a", tools=2),),
        counts={"TOOL_CALL_START": 2, "TOOL_CALL_END": 2, "TOOL_CALL_RESULT": 2},
        chars=[240],
    ),
    Scenario(
        "agent error",
        agents=(agent("a", error="The scripted agent was told to fail."),),
        counts={"SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 0, "RUN_FINISHED": 0},
        chars=[240],
        ends_with="RUN_ERROR",
    ),
    Scenario(
        "retry then success",
        agents=(agent("a", fail_times=1),),
        counts={"SUBAGENT_STARTED": 2, "SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 1},
        chars=[360],
    ),
    CANCEL,
    INTERRUPT,
)
