"""Talks over a WebSocket in tests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.server import Server
from tests.streams import AgUiEvent

# Frames are JSON objects of a few forms; a test looks at the fields it is about.
Frame: TypeAlias = dict[str, Any]
_WITHIN_S = 20


def connected(
    server: Server,
    query: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    origin: str | None = None,
    subprotocols: Sequence[str] = (),
) -> ClientConnection:
    """Open a WebSocket, with the token in a header unless other headers are given."""
    return connect(
        f"ws://127.0.0.1:{server.port}/ws/copilotkit{query}",
        additional_headers=server.headers if headers is None else headers,
        origin=None if origin is None else Origin(origin),
        subprotocols=[Subprotocol(name) for name in subprotocols] or None,
        max_size=None,
        proxy=None,
    )


def say(socket: ClientConnection, message_type: str, **fields: object) -> None:
    """Send one message."""
    socket.send(json.dumps({"type": message_type, **fields}))


def hear(socket: ClientConnection) -> Frame:
    """Receive one frame."""
    return json.loads(socket.recv(_WITHIN_S))


def hear_out(socket: ClientConnection, *ids: object) -> dict[object, list[Frame]]:
    """Receive until each of these ids has its last frame; return all frames by id."""
    heard: dict[object, list[Frame]] = {key: [] for key in ids}
    while not all(heard[key] and is_last(heard[key][-1]) for key in ids):
        frame = hear(socket)
        heard.setdefault(frame["id"], []).append(frame)
    return heard


def hear_until(socket: ClientConnection, event_type: str) -> list[Frame]:
    """Receive until an event of this type has come."""
    heard = list[Frame]()
    while not heard or heard[-1]["event"]["type"] != event_type:
        heard.append(hear(socket))
    return heard


def ask(socket: ClientConnection, message_type: str, **fields: object) -> list[Frame]:
    """Send one message under the id 1 and receive everything that answers it."""
    say(socket, message_type, id=1, **fields)
    return hear_out(socket, 1)[1]


def is_last(frame: Frame) -> bool:
    """Say whether no other frame of the same id follows."""
    return "done" in frame or "problem" in frame


def events_of(frames: Iterable[Frame]) -> list[AgUiEvent]:
    """Return the events of the frames."""
    return [frame["event"] for frame in frames if "event" in frame]


def cursors_of(frames: Iterable[Frame]) -> list[tuple[str, AgUiEvent]]:
    """Return what an SSE reader would have: (cursor, event), a missing cursor as ""."""
    return [(frame.get("cursor", ""), frame["event"]) for frame in frames if "event" in frame]
