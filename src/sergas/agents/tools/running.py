"""Runs the tool calls of a model turn, for every runtime.

A runtime sorts the calls of a turn, runs those that may run, and ends its turn with what waits:

    turn = box.sort(calls)
    async with aclosing(box.run(turn.to_run)) as chunks: ...
    ... Memory, then turn.waits

In the attempt that has the answers, `box.run([box.decide(call, answer)])` gives the result of a
call that a person decided about, and `page_result(answer)` that of a frontend tool.
"""

import functools
import hashlib
import time
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing

import structlog

from sergas.agents.tools.approval import approved, question
from sergas.agents.tools.arguments import Arguments, parsed
from sergas.agents.tools.calls import Granted, Refused, RequestedCall, Said, ToolSchema, Turn
from sergas.agents.tools.outcome import Outcome, as_text, cut, outcome_of
from sergas.agents.tools.together import together
from sergas.agents.tools.tool import TOOL_NAME, Say, Tool, ToolContext
from sergas.core.agents import AgentTask
from sergas.core.chunks import FrontendTool, Interrupt, Progress, ToolResult
from sergas.core.errors import AgentFailed, ToolFailed
from sergas.core.json import Json, JsonObject, as_object, encode

_PAGE_RESULT_CHARS = 50_000
_NO_PARAMETERS: JsonObject = {"type": "object", "properties": {}}

_log = structlog.get_logger()


class ToolBox:
    """The tools of one attempt: the server's, and the page's that the server has not itself."""

    def __init__(
        self,
        tools: Sequence[Tool],
        frontend_tools: Sequence[JsonObject],
        task: AgentTask,
        notes: dict[str, Json],
        news_every_s: float = 15.0,
    ) -> None:
        """Take up the tools.

        Args:
            tools: the server's, each with a name of its own.
            frontend_tools: the page's, as `RunInput.tools` has them.
            task: the attempt.
            notes: what the tools share; they change it.
            news_every_s: how often to say that calls still run, lest it is taken for silence.

        Raises:
            ValueError: two of the server's tools have the same name.
            AgentFailed: a tool of the page has a name that no model takes.
        """
        self._tools = {tool.name: tool for tool in tools}
        if len(self._tools) < len(tools):
            names = ", ".join(tool.name for tool in tools)
            raise ValueError(f"Two tools have the same name, of {names}; rename one.")
        page = [_page_schema(tool) for tool in frontend_tools]
        self._page = {schema.name: schema for schema in page if schema.name not in self._tools}
        self._task, self._notes, self._news_every_s = task, notes, news_every_s
        self._fitting: dict[str, Arguments] = {}

    @property
    def schemas(self) -> tuple[ToolSchema, ...]:
        """What the model is told, the server's tools first."""
        own = [
            ToolSchema(tool.name, tool.description, tool.parameters)
            for tool in self._tools.values()
        ]
        return (*own, *self._page.values())

    def sort(self, calls: Sequence[RequestedCall]) -> Turn:
        """Say of each call of a turn whether it runs now, waits for a person, or for the page.

        A call that cannot be made at all (no such tool, arguments that do not fit) is among those
        to run, and gets a result that tells the model why.
        """
        sorted_calls = [self._sorted(call) for call in calls]
        return Turn(
            to_run=tuple(one for one in sorted_calls if isinstance(one, Granted | Refused)),
            to_approve=tuple(one for one in sorted_calls if isinstance(one, Interrupt)),
            to_page=tuple(one for one in sorted_calls if isinstance(one, FrontendTool)),
        )

    def decide(self, call: RequestedCall, answer: JsonObject) -> Granted | Refused:
        """Return what a person's answer makes of the call it is about.

        Args:
            call: as it was sorted, from the agent's memory.
            answer: its entry in `AgentTask.answers`.
        """
        try:
            decision = approved(answer)
            tool, arguments = self._tool(call.name), parsed(call.arguments_json)
            if decision.edited is None or decision.edited == arguments:
                self._demand_fit(call.name, tool.parameters, arguments)
                return Granted(call.call_id, tool, arguments)
            self._demand_fit(call.name, tool.parameters, decision.edited)
        except ToolFailed as error:
            return Refused(call.call_id, str(error))
        note = f"A person changed the arguments to {encode(decision.edited).decode()}.\n"
        return Granted(call.call_id, tool, decision.edited, note)

    async def run(self, calls: Sequence[Granted | Refused]) -> AsyncGenerator[Said, None]:
        """Run calls at once and yield their results in the order they finish.

        What a tool shows besides comes before its result. Closing it stops the calls that still
        run, and waits until they have.
        """
        waiting = {call.call_id: call for call in calls}
        work = [functools.partial(self._make, call) for call in calls]
        async with aclosing(together(work, self._news_every_s)) as said:
            async for chunk in said:
                if isinstance(chunk, ToolResult):
                    del waiting[chunk.call_id]
                yield _news(waiting.values()) if chunk is None else chunk

    def _sorted(self, call: RequestedCall) -> Granted | Refused | Interrupt | FrontendTool:
        try:
            arguments = parsed(call.arguments_json)
            page = self._page.get(call.name)
            if page is not None:
                self._demand_fit(page.name, page.parameters, arguments)
                return FrontendTool(call.call_id)
            tool = self._tool(call.name)
            self._demand_fit(tool.name, tool.parameters, arguments)
        except ToolFailed as error:
            return Refused(call.call_id, str(error))
        if _needs_approval(tool, arguments):
            return question(self._task.agent, call.call_id, tool.name, arguments)
        return Granted(call.call_id, tool, arguments)

    def _tool(self, name: str) -> Tool:
        tool = self._tools.get(name)
        if tool is None:
            known = ", ".join([*self._tools, *self._page]) or "none"
            raise ToolFailed(f"There is no tool {name[:64]!r}; there are: {known}.")
        return tool

    def _demand_fit(self, name: str, schema: JsonObject, arguments: JsonObject) -> None:
        if name not in self._fitting:
            self._fitting[name] = Arguments(schema)
        self._fitting[name].demand(arguments)

    async def _make(self, call: Granted | Refused, say: Say) -> None:
        if isinstance(call, Refused):
            say(ToolResult(call.call_id, call.reason, 0, is_error=True))
            return
        began = time.perf_counter()
        outcome = await outcome_of(call.tool, call.arguments, self._context(call, say))
        for chunk in (*outcome.shown, _result(call, outcome, began)):
            say(chunk)

    def _context(self, call: Granted, say: Say) -> ToolContext:
        task = self._task
        # A hash, because others limit the length and the letters of such keys.
        named = encode([task.tenant, task.run_id, task.agent, call.call_id])
        key = hashlib.sha256(named).hexdigest()[:32]
        return ToolContext(task, call.call_id, key, self._notes, say)


def page_result(answer: JsonObject) -> str:
    """Return what the page answered to the call of its tool, as text for the model."""
    if answer.get("status") == "cancelled":
        return "The page did not run this call."
    return cut(as_text(answer.get("payload")), _PAGE_RESULT_CHARS)


def _page_schema(tool: JsonObject) -> ToolSchema:
    name, description = str(tool.get("name")), str(tool.get("description") or "")
    if not TOOL_NAME.fullmatch(name):
        what = f"The page has a tool {name[:80]!r}; use 1-64 letters, digits, '_' and '-'."
        raise AgentFailed(what, code="invalid_request")
    return ToolSchema(name, description, as_object(tool.get("parameters")) or _NO_PARAMETERS)


def _needs_approval(tool: Tool, arguments: JsonObject) -> bool:
    try:
        return tool.needs_approval(arguments)
    # Somebody's code; when it cannot say, a person has to.
    except Exception as error:  # noqa: BLE001
        _log.warning("approval_rule_crashed", tool=tool.name, exc_info=error)
        return True


def _news(waiting: Iterable[Granted | Refused]) -> Progress:
    names = {call.tool.name: None for call in waiting if isinstance(call, Granted)}
    return Progress(None, f"Waiting for {', '.join(names)}")


def _result(call: Granted, outcome: Outcome, began: float) -> ToolResult:
    took_ms = round((time.perf_counter() - began) * 1000, 1)
    return ToolResult(call.call_id, call.note + outcome.content, took_ms, outcome.is_error)
