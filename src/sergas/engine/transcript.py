"""The conversation that a run's events tell, as AG-UI messages in the order they appeared."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from sergas.core.json import Json, JsonObject, as_object, names_of
from sergas.engine.events import MESSAGES_WITHDRAWN, AgUiEvent
from sergas.engine.naming import is_within
from sergas.engine.patches import patched


@dataclass(slots=True)
class _Entry:
    """A message under construction; text is kept in pieces and joined when asked for."""

    message: dict[str, Json]
    parts: list[str] = field(default_factory=list[str])
    calls: list[tuple[str, str, list[str]]] = field(
        default_factory=list[tuple[str, str, list[str]]]
    )


class Transcript:
    """Messages by id, first seen first."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._calls: dict[str, list[str]] = {}
        self._callers: dict[str, str] = {}
        self._handlers: dict[str, Callable[[AgUiEvent], None]] = {
            "TEXT_MESSAGE_START": self._text_start,
            "TEXT_MESSAGE_CONTENT": self._content,
            "REASONING_MESSAGE_START": self._reasoning_start,
            "REASONING_MESSAGE_CONTENT": self._content,
            "TOOL_CALL_START": self._tool_start,
            "TOOL_CALL_ARGS": self._tool_args,
            "TOOL_CALL_RESULT": self._tool_result,
            "ACTIVITY_SNAPSHOT": self._activity_snapshot,
            "ACTIVITY_DELTA": self._activity_delta,
            "CUSTOM": self._custom,
        }

    def apply(self, kind: str, event: AgUiEvent) -> None:
        """Take one event in; the ones that say nothing to a reader are passed over."""
        handler = self._handlers.get(kind)
        if handler is not None:
            handler(event)

    def messages(self) -> list[dict[str, Json]]:
        """Return the messages as they stand, complete or not; results stand behind their calls."""
        results: defaultdict[str | None, list[_Entry]] = defaultdict(list)
        for entry in self._entries.values():
            if entry.message["role"] == "tool":
                results[self._callers.get(str(entry.message["toolCallId"]))].append(entry)
        said = [e for e in self._entries.values() if e.message["role"] != "tool"]
        placed = [one for e in said for one in (e, *results.pop(str(e.message["id"]), ()))]
        left = [entry for entries in results.values() for entry in entries]
        return [_finished(entry) for entry in (*placed, *left)]

    def activity(self, message_id: str) -> JsonObject:
        """Return the content of an activity ({} if there is none)."""
        entry = self._entries.get(message_id)
        return as_object(entry.message.get("content")) if entry is not None else {}

    def said_by(self, subagent_id: str) -> list[str]:
        """Return the ids of what one attempt said, all nested in it: its texts and reasoning."""
        return [
            message_id
            for message_id, entry in self._entries.items()
            if is_within(str(entry.message.get("subagentRunId")), subagent_id)
            and entry.message["role"] in ("assistant", "reasoning")
            and not entry.calls
        ]

    def _open(self, event: AgUiEvent, role: str) -> None:
        message_id = str(event["messageId"])
        self._entries.setdefault(
            message_id, _Entry(_tagged({"id": message_id, "role": role}, event))
        )

    def _text_start(self, event: AgUiEvent) -> None:
        self._open(event, str(event.get("role", "assistant")))

    def _reasoning_start(self, event: AgUiEvent) -> None:
        self._open(event, "reasoning")

    def _content(self, event: AgUiEvent) -> None:
        self._entries[str(event["messageId"])].parts.append(str(event["delta"]))

    def _tool_start(self, event: AgUiEvent) -> None:
        call_id = str(event["toolCallId"])
        parent = str(event.get("parentMessageId", call_id))
        entry = self._entries.setdefault(
            parent, _Entry(_tagged({"id": parent, "role": "assistant"}, event))
        )
        self._calls[call_id], self._callers[call_id] = [], parent
        entry.calls.append((call_id, str(event["toolCallName"]), self._calls[call_id]))

    def _tool_args(self, event: AgUiEvent) -> None:
        self._calls[str(event["toolCallId"])].append(str(event["delta"]))

    def _tool_result(self, event: AgUiEvent) -> None:
        message_id = str(event["messageId"])
        message: dict[str, Json] = {
            "id": message_id,
            "role": "tool",
            "toolCallId": event["toolCallId"],
            "content": event["content"],
        }
        if event.get("metadata"):
            message["metadata"] = event["metadata"]
        self._entries[message_id] = _Entry(_tagged(message, event))

    def _activity_snapshot(self, event: AgUiEvent) -> None:
        message_id = str(event["messageId"])
        message: dict[str, Json] = {
            "id": message_id,
            "role": "activity",
            "activityType": event["activityType"],
            "content": event["content"],
        }
        self._entries[message_id] = _Entry(_tagged(message, event))

    def _activity_delta(self, event: AgUiEvent) -> None:
        entry = self._entries[str(event["messageId"])]
        entry.message["content"] = patched(entry.message["content"], event["patch"])

    def _custom(self, event: AgUiEvent) -> None:
        if event["name"] == MESSAGES_WITHDRAWN:
            for message_id in names_of(as_object(event["value"]).get("messageIds")):
                self._entries.pop(message_id, None)


def _tagged(message: dict[str, Json], event: AgUiEvent) -> dict[str, Json]:
    if event.get("subagentRunId"):
        message["subagentRunId"] = event["subagentRunId"]
    return message


def _finished(entry: _Entry) -> dict[str, Json]:
    message = dict(entry.message)
    if message["role"] in ("assistant", "reasoning") and (entry.parts or not entry.calls):
        message["content"] = "".join(entry.parts)
    if entry.calls:
        message["toolCalls"] = [
            {
                "id": call_id,
                "type": "function",
                "function": {"name": name, "arguments": "".join(args)},
            }
            for call_id, name, args in entry.calls
        ]
    return message
