"""What a remote agent is told: the conversation, and after an interrupt what it said itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sergas.agents.agui.reader import Reader
from sergas.agents.agui.speakers import Speaker
from sergas.core.agents import AgentTask
from sergas.core.chunks import Interrupt, innermost
from sergas.core.json import Json, JsonObject, as_object

_SENT_ROLES = ("user",)


@dataclass(frozen=True, slots=True)
class History:
    """The remote side of one agent's run.

    A fresh attempt gets a thread of its own, so that it never meets what an earlier attempt left
    at work there; one that goes on after a question goes on in the same thread.

    Attributes:
        messages: AG-UI messages that the remote agent knows or is told.
        interrupts: the ids of its open interrupts.
    """

    thread_id: str
    messages: tuple[JsonObject, ...]
    interrupts: tuple[str, ...] = ()
    answered: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])

    @staticmethod
    def of(task: AgentTask) -> "History":
        """Begin, or go on from what the agent's memory says."""
        memory = as_object(task.memory)
        if memory and task.answers:
            return History(
                thread_id=str(memory["threadId"]),
                messages=tuple(as_object(message) for message in _items(memory["messages"])),
                interrupts=tuple(str(key) for key in _items(memory["interrupts"])),
                answered=task.answers,
            )
        # The page's own words only: what other agents said is not this one's conversation.
        asked = [m for m in task.input.messages if m.get("role") in _SENT_ROLES]
        return History(_id_of(task), tuple(asked))

    def request(self, task: AgentTask, options: JsonObject) -> JsonObject:
        """Return the RunAgentInput to send."""
        body: dict[str, Json] = {
            "threadId": self.thread_id,
            "runId": _id_of(task),
            "protocolVersion": "1.0",
            "state": {},
            "messages": [*self.messages, *self._results()],
            "tools": list(task.input.tools),
            "context": list(task.input.context),
            "forwardedProps": {**options, **({"inputs": task.inputs} if task.inputs else {})},
        }
        resume = [
            {"interruptId": key, **_entry(self.answered[key])}
            for key in self.interrupts
            if key in self.answered
        ]
        return body | {"resume": resume} if resume else body

    def waiting(self, reader: Reader) -> JsonObject:
        """Return the memory with which the agent goes on when it has its answers."""
        said = [message for one in reader.speakers for message in _said(one)]
        waits = map(innermost, reader.waits)
        asked_keys = [wait.key for wait in waits if isinstance(wait, Interrupt)]
        messages: Sequence[Json] = [*self.messages, *self._results(), *said]
        return {"threadId": self.thread_id, "messages": messages, "interrupts": asked_keys}

    def _results(self) -> list[Json]:
        return [
            _tool_message(key, answer.get("payload"))
            for key, answer in self.answered.items()
            if key not in self.interrupts
        ]


def _said(speaker: Speaker) -> list[JsonObject]:
    said: list[JsonObject] = [
        {"id": key, "role": "assistant", "content": text}
        for key, text in speaker.scopes.texts.items()
        if text
    ]
    for key, call in speaker.scopes.calls.items():
        function: JsonObject = {"name": call.name, "arguments": call.arguments}
        asked: JsonObject = {"id": key, "type": "function", "function": function}
        said.append({"id": f"{key}:call", "role": "assistant", "toolCalls": [asked]})
        if call.result is not None:
            said.append(_tool_message(key, call.result))
    whose: JsonObject = {"subagentRunId": speaker.name} if speaker.path else {}
    return [{**message, **whose} for message in said]


def _id_of(task: AgentTask) -> str:
    return f"{task.run_id}-{task.agent}-{task.attempt}"


def _entry(answer: JsonObject) -> JsonObject:
    entry: dict[str, Json] = {"status": answer.get("status", "resolved")}
    return entry | {"payload": answer["payload"]} if "payload" in answer else entry


def _tool_message(call_id: str, content: Json) -> JsonObject:
    return {
        "id": f"{call_id}:result",
        "role": "tool",
        "toolCallId": call_id,
        "content": content if isinstance(content, str) else str(content),
    }


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
