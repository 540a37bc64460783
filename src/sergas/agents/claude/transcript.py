"""A story as the transcript of a session, which a new process reads and goes on with."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sergas.agents.claude.story import Said
from sergas.core.json import encode


def session_of(messages: Sequence[Said], seed: str) -> str:
    """Return a session id for a story: the same one for the same story."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}/{len(messages)}"))


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """Where and when a session is said to have been.

    Attributes:
        session: its id.
        folder: the working directory of the process.
        model: who is said to have spoken.
        now_ms: when; one time will do.
    """

    session: str
    folder: str
    model: str
    now_ms: int


def transcript(messages: Sequence[Said], place: SessionPlace) -> bytes:
    """Write the lines of a session; its story ends with what the model has not answered yet."""
    told_at = datetime.fromtimestamp(place.now_ms / 1000, UTC).isoformat(timespec="milliseconds")
    ids = [
        str(uuid.uuid5(uuid.UUID(place.session), str(number))) for number in range(len(messages))
    ]
    parents = [None, *ids]
    lines = (
        {
            "parentUuid": parent,
            "uuid": own,
            "sessionId": place.session,
            "isSidechain": False,
            "userType": "external",
            "cwd": place.folder,
            "type": message.role,
            "message": _message(message, own, place.model),
            "timestamp": told_at.replace("+00:00", "Z"),
        }
        for message, own, parent in zip(messages, ids, parents, strict=False)
    )
    return b"".join(_lines(lines))


def _lines(entries: Iterator[Mapping[str, object]]) -> Iterator[bytes]:
    for entry in entries:
        yield encode(entry) + b"\n"


def _message(message: Said, own: str, model: str) -> dict[str, object]:
    if message.role == "user":
        return {"role": "user", "content": message.content}
    return {
        "id": f"msg_{own}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": message.content,
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 0, "output_tokens": 0},
    }
