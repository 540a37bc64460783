"""The `claude` runtime of a server: what its agents share."""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import claude_agent_sdk
import psutil
from claude_agent_sdk import ClaudeSDKClient

from sergas.agents.claude.cage import build_cage, environment
from sergas.agents.claude.desk import Desk
from sergas.agents.claude.hall import Hall, HallLimits
from sergas.agents.claude.line import Line
from sergas.agents.claude.process import Process, options
from sergas.agents.claude.relay import Relay
from sergas.agents.claude.story import Said
from sergas.agents.claude.transcript import SessionPlace, session_of, transcript
from sergas.agents.models.endpoint import Endpoint
from sergas.agents.tools.calls import ToolSchema
from sergas.core.errors import BadSetting

_PROCESS_BYTES = 250 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Role:
    """What a process is for; a process can only be used again for the same.

    Attributes:
        turns: how many calls of the model it may make.
    """

    instructions: str
    model: str
    tools: tuple[ToolSchema, ...]
    turns: int


class ClaudeRuntime:
    """Makes processes for one endpoint while it is open."""

    def __init__(
        self,
        endpoint: Endpoint,
        limits: HallLimits,
        *,
        silence_s: float,
        output_tokens: int = 0,
        hung_after_s: float = 60.0,
        program: Path | None = None,
    ) -> None:
        """Find the program.

        Args:
            endpoint: the model, over the wire `anthropic`.
            limits: how many processes there may be.
            silence_s: how long the provider may send nothing.
            output_tokens: how much the model may write in a turn; 0 is the program's own limit.
            hung_after_s: how long a process may do nothing while it does not wait for its model.
            program: what to start; the one that the SDK brings without it.

        Raises:
            BadSetting: the program is not there.
        """
        self.endpoint, self.hall = endpoint, Hall(limits)
        self._relay = Relay(endpoint, silence_s=silence_s)
        self._hung_after_s = hung_after_s
        self._output_tokens = output_tokens
        self._program = program or _program()

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Let agents run; on leaving, all processes are ended."""
        # It reports each process that we end as a fatal error.
        logging.getLogger("claude_agent_sdk").setLevel(logging.CRITICAL)
        async with self._relay.opened(), self.hall.opened():
            yield

    @property
    def relay_url(self) -> str:
        """Whom processes call; nobody else."""
        return self._relay.url

    async def make(self, role: Role, earlier: Sequence[Said], *, seed: str, now_ms: int) -> Process:
        """Prepare a process.

        Args:
            role: what it is for.
            earlier: the story that it goes on with; none for a new one.
            seed: makes the id of that story's session.
            now_ms: when the story was told.

        Raises:
            OSError: there is no room for its files.
        """
        line = Line(secrets.token_urlsafe(24), role.model)
        told = environment(
            self.endpoint, url=self._relay.url, token=line.token, output_tokens=self._output_tokens
        )
        cage = await asyncio.to_thread(build_cage, self._program, role.instructions, told)
        session = session_of(earlier, seed) if earlier else ""
        if earlier:
            place = SessionPlace(session, str(cage.work), role.model, now_ms)
            await asyncio.to_thread(cage.keep_session, session, transcript(earlier, place))
        desk = Desk(role.tools)
        chosen = options(
            cage,
            desk,
            endpoint=self.endpoint,
            model=role.model,
            turns=role.turns,
            session=session,
        )
        self._relay.connect(line)
        return Process(cage, line, desk, ClaudeSDKClient(chosen), self._hung_after_s)


def fitting_processes() -> int:
    """Return for how many processes half of this machine's memory is enough."""
    return max(1, _memory_bytes() // 2 // _PROCESS_BYTES)


def _memory_bytes() -> int:
    limits = [psutil.virtual_memory().total]
    # What a container may use, which is less than what its machine has.
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        path = Path(file)
        text = path.read_text().strip() if os.access(path, os.R_OK) else ""
        limits += [int(text)] if text.isdigit() else []
    return min(limits)


def _program() -> Path:
    program = Path(claude_agent_sdk.__file__).parent / "_bundled" / "claude"
    if not program.is_file():
        raise BadSetting(
            f"SERGAS_RUNTIME=claude needs the program {program}, and this platform's "
            "claude-agent-sdk does not bring it; use Linux or macOS."
        )
    return program
