"""The file that names the MCP servers and which of their tools agents may use."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, cast

import msgspec

from sergas.agents.tools.tool import TOOL_NAME
from sergas.core.errors import BadSetting
from sergas.core.json import decode

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")


class McpSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One MCP server: a command that is started, or a URL.

    Attributes:
        tools: the tools that agents may use, with their approval; no other is ever offered.
        env: all that the command finds in its environment, besides what finds programs and a home.
        headers: sent with every request to the URL.
        timeout_s: a call that takes longer has failed.
        max_result_chars: a longer result is cut.
    """

    tools: Annotated[dict[str, Literal["never", "always"]], msgspec.Meta(min_length=1)]
    command: str = ""
    args: tuple[str, ...] = ()
    env: dict[str, str] = {}
    cwd: str = ""
    url: Annotated[str, msgspec.Meta(pattern=r"^(https?://.+)?$")] = ""
    headers: dict[str, str] = {}
    timeout_s: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    max_result_chars: Annotated[int, msgspec.Meta(gt=0)] = 50_000

    def __post_init__(self) -> None:
        """Refuse a server that is neither or both."""
        if bool(self.command) == bool(self.url):
            raise ValueError("Expected either `command` or `url`")
        if (self.url and (self.args or self.env or self.cwd)) or (self.command and self.headers):
            raise ValueError("`args`, `env`, `cwd` go with `command`, and `headers` with `url`")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    mcp_servers: dict[Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]+$")], McpSettings]


def read_settings(path: Path, environment: Mapping[str, str]) -> Mapping[str, McpSettings]:
    """Read the file: TOML, or JSON if its name ends so; `${NAME}` is a variable's value.

    Raises:
        BadSetting: it cannot be read or understood, or two tools would get the same name.
    """
    try:
        text = path.read_text()
        data = decode(text) if path.suffix == ".json" else tomllib.loads(text)
        file = msgspec.convert(_filled_in(data, environment), _File)
        _demand_names(file.mcp_servers)
    except (OSError, ValueError) as error:
        raise BadSetting(f"SERGAS_MCP_SERVERS={path} cannot be used: {error}.") from error
    return file.mcp_servers


def tool_name(server: str, tool: str) -> str:
    """Return what models call a tool of a server: `<server>_<tool>`."""
    return _NOT_IN_NAMES.sub("_", f"{server}_{tool}")


def _filled_in(value: object, environment: Mapping[str, str]) -> object:
    match value:
        case str():
            return _VARIABLE.sub(lambda found: _variable(found[1], environment), value)
        case list():
            return [_filled_in(item, environment) for item in cast("list[object]", value)]
        case dict():
            table = cast("dict[str, object]", value)
            return {key: _filled_in(item, environment) for key, item in table.items()}
        case _:
            return value


def _variable(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise ValueError(f"it names ${{{name}}}, which is not set")
    return environment[name]


def _demand_names(servers: Mapping[str, McpSettings]) -> None:
    named: set[str] = set()
    for server, settings in servers.items():
        for tool in settings.tools:
            name = tool_name(server, tool)
            if name in named:
                raise ValueError(f"two tools would be named {name!r}; rename a server")
            if not TOOL_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is longer than 64 characters; rename the server")
            named.add(name)
