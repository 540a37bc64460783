"""What a script tells one agent to do, as the request holds it."""

from typing import Annotated, Literal

import msgspec

_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one agent of a script does; see `agents.script`."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    deltas: _Count = 10
    delta_chars: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 12
    delay_ms: Annotated[float, msgspec.Meta(ge=0, le=60_000)] = 0.0
    reasoning: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    tools: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    fail_times: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    error: str = ""
    on_error: Literal["fail", "skip"] = "fail"
    interrupt: str = ""
    expires_at: str = ""
    approval: str = ""
    frontend_tool: str = ""
    frontend_arguments: dict[str, object] = {}
    remembers: bool = False
    provider: Annotated[str, msgspec.Meta(max_length=60)] = ""
    echo: Literal["", "context", "messages", "state"] = ""
    retry_after_s: Annotated[float, msgspec.Meta(ge=0, le=3600)] | None = None
