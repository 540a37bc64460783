"""One running Claude Code: started, told what to do, listened to, ended.

Oddities: the SDK's client closes in five seconds, while the model talks on, so a process is killed,
once its calls are cut. It is told verbatim what we say, but for `/clear`, which no option lets
through; so the mark of verbatim prompts is set here.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog
from claude_agent_sdk import (
    ClaudeAgentOptions,
    ClaudeSDKClient,
    ClaudeSDKError,
    ResultMessage,
    StreamEvent,
)
from claude_agent_sdk.types import McpSdkServerConfig, SystemPromptFile

from sergas.agents.claude.cage import Cage
from sergas.agents.claude.desk import DESK, Desk
from sergas.agents.claude.line import Line
from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.core.errors import AgentFailed

News: TypeAlias = StreamEvent | ResultMessage

_log = structlog.get_logger()
_START_S = 60.0
_RESET_S = 5.0
_INBOX = 200


@dataclass(slots=True, eq=False)
class Process:
    """A process, from before its start to after its end.

    Attributes:
        hung_after_s: how long it may do nothing while no call of its model is under way.
        is_over: it is of no use any more.
    """

    cage: Cage
    line: Line
    desk: Desk
    client: ClaudeSDKClient
    hung_after_s: float
    is_over: bool = False
    _is_gone: bool = False
    _inbox: asyncio.Queue[News | AgentFailed] = field(
        default_factory=lambda: asyncio.Queue[News | AgentFailed](_INBOX)
    )

    def __post_init__(self) -> None:
        """Hear of calls that fail."""
        self.line.fail = self.fail

    async def start(self) -> None:
        """Start it; a session that it was given goes on at once.

        Raises:
            AgentFailed: it does not start.
        """
        try:
            async with asyncio.timeout(_START_S):
                await self.client.connect()
        # The SDK raises plain exceptions too.
        except Exception as error:
            raise _broken(f"did not start ({type(error).__name__})") from error

    async def listen(self) -> None:
        """Take what it says into the inbox, until it ends."""
        failure = _broken("ended unexpectedly")
        try:
            async for message in self.client.receive_messages():
                if isinstance(message, StreamEvent | ResultMessage) and not self.is_over:
                    await self._inbox.put(message)
        # All processes share a group, which must not break with one of them.
        except Exception as error:  # noqa: BLE001
            if not self.is_over:
                failure = _broken(f"broke down ({type(error).__name__})")
        self.is_over = self._is_gone = True
        self.line.cut()
        self.fail(failure)

    async def say(self, text: str) -> None:
        """Give it a prompt, word for word."""
        await self._write({"client_composed": True}, text)

    async def next(self) -> News:
        """Return what it says next.

        Raises:
            AgentFailed: a call of its model failed, or it is broken.
        """
        while True:
            try:
                async with asyncio.timeout(self.hung_after_s):
                    news = await self._inbox.get()
            except TimeoutError:
                # How long a provider may be silent is the relay's business.
                if self.line.is_calling:
                    continue
                raise _broken(f"did nothing for {self.hung_after_s:g} s") from None
            if isinstance(news, AgentFailed):
                raise news
            return news

    async def reset(self) -> bool:
        """Let it forget the conversation; False if it cannot."""
        self.desk.clear()
        try:
            async with asyncio.timeout(_RESET_S):
                await self._write({}, "/clear")
                return not (await self.result()).is_error
        except (AgentFailed, ClaudeSDKError, TimeoutError):
            return False

    async def result(self) -> ResultMessage:
        """Wait for the end of what it is doing.

        Raises:
            AgentFailed: it broke.
        """
        while True:
            news = await self.next()
            if isinstance(news, ResultMessage):
                return news

    def fail(self, failure: AgentFailed) -> None:
        """Let whoever listens hear of a failure next, whatever else was to be heard."""
        while not self._inbox.empty():
            self._inbox.get_nowait()
        self._inbox.put_nowait(failure)

    def kill(self) -> None:
        """Cut its calls and kill it, at once; `bury` afterwards."""
        self.line.cut()
        self._signal()
        self.is_over = True
        self.fail(_broken("was ended"))

    async def bury(self) -> None:
        """Clean up after its end."""
        # Once more, for one that had hardly begun.
        self._signal()
        try:
            await self.client.disconnect()
        # As in `listen`.
        except Exception as error:  # noqa: BLE001
            _log.warning("claude_process_ended_badly", exc_info=error)
        await asyncio.to_thread(self.cage.remove)

    def _signal(self) -> None:
        pid = self.cage.pid
        if pid is not None and not self._is_gone:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def _write(self, marks: Mapping[str, Any], text: str) -> None:
        async def prompt() -> AsyncGenerator[dict[str, Any]]:
            message = {"role": "user", "content": text}
            yield {"type": "user", "message": message, "parent_tool_use_id": None, **marks}

        try:
            await self.client.query(prompt())
        except ClaudeSDKError as error:
            raise _broken(f"took no prompt ({type(error).__name__})") from error


def options(
    cage: Cage, desk: Desk, *, endpoint: Endpoint, model: str, turns: int, session: str
) -> ClaudeAgentOptions:
    """Return what the SDK is told: no tools but ours, no settings, nothing of this machine.

    Args:
        cage: where it runs.
        desk: the tools it has.
        endpoint: who serves the model.
        model: the model.
        turns: how many calls it may make at the most.
        session: the session to go on with, or "".
    """
    is_claude = endpoint.provider is Provider.ANTHROPIC
    return ClaudeAgentOptions(
        cli_path=cage.command,
        cwd=cage.work,
        system_prompt=SystemPromptFile(type="file", path=str(cage.instructions)),
        tools=[],
        allowed_tools=desk.names,
        mcp_servers={DESK: McpSdkServerConfig(type="sdk", name=DESK, instance=desk.server)},
        strict_mcp_config=True,
        setting_sources=[],
        permission_mode="dontAsk",
        include_partial_messages=True,
        # Set by hand, see above.
        verbatim_prompts=False,
        model=model,
        max_turns=turns,
        resume=session or None,
        # Others know thinking in other forms.
        thinking=None if is_claude else {"type": "disabled"},
        extra_args={"bare": None},
        # Else it would be ours; what it says may hold anything.
        stderr=lambda _: None,
    )


def _broken(what: str) -> AgentFailed:
    return AgentFailed(f"Claude Code {what}.", code="claude_process", recoverable=True)
