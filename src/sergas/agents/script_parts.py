"""What a script tells one agent to do, as the request holds it."""

from typing import Annotated, Literal

import msgspec

from sergas.core.chunks import Usage

_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
_Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
_Chars = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
_Delay = Annotated[float, msgspec.Meta(ge=0, le=60_000)]


class Spend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an agent says that a model used, once it has said so many deltas."""

    after: _Count = 0
    provider: str = "script"
    model: str = "none"
    input: _Count = 0
    output: _Count = 0
    reasoning: _Count = 0
    cached: _Count = 0
    written: _Count = 0
    call: str = ""

    @property
    def usage(self) -> Usage:
        """It as a chunk."""
        return Usage(
            self.provider,
            self.model,
            self.input,
            self.output,
            self.reasoning,
            self.cached,
            self.written,
            self.call,
        )


class Subpart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an agent does that another one of the script asks; see `agents.script_subagents`."""

    name: _Name
    deltas: _Count = 10
    delta_chars: _Chars = 12
    delay_ms: _Delay = 0.0
    reasoning: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    tools: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    error: str = ""
    subagents: "tuple[Subpart, ...]" = ()


class Part(Subpart, frozen=True, forbid_unknown_fields=True):
    """What one agent of a script does; see `agents.script`."""

    fail_times: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
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
    usage: tuple[Spend, ...] = ()

    def used_after(self, deltas: int) -> list[Usage]:
        """Return what models have used when so many deltas are said, and not before."""
        return [spend.usage for spend in self.usage if spend.after == deltas]
