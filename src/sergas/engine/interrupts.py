"""What agents wait for: a person's answer, or the result of a frontend tool.

What waits is stored as AG-UI interrupts, with the agent and its own key in `metadata`. A frontend
tool's call waits in the same form, with the reason `frontend_tool`; readers see no interrupt in it.
"""

from collections.abc import Mapping, Sequence

from sergas.core.chunks import Chunk, FrontendTool, Interrupt, innermost
from sergas.core.errors import AgentFailed, AnswerRefused, InterruptExpired, NothingWaits
from sergas.core.fitting import Fitting
from sergas.core.json import Json, JsonObject, as_object
from sergas.engine.translate import Translator

_FRONTEND_TOOL = "frontend_tool"


def waiting_for(
    agent: str, waits: Sequence[Chunk], translator: Translator
) -> tuple[JsonObject, ...]:
    """Return what an attempt waits for, itself or nested in it, as it is stored.

    Raises:
        AgentFailed: it waits for a tool call that is not open.
    """
    stored: list[JsonObject] = []
    for chunk in waits:
        match innermost(chunk):
            case Interrupt() as wait:
                interrupt_id = f"{translator.subagent_id}:{wait.key}"
                stored.append(_interrupt(agent, wait, translator.of(chunk), interrupt_id))
            case FrontendTool() as wait:
                stored.append(_frontend_tool(agent, wait, translator.of(chunk)))
            case _:
                pass
    return tuple(stored)


def demand_offered(tool: str, tools: Sequence[JsonObject]) -> None:
    """Make sure that the page has a tool.

    Raises:
        AgentFailed: it has not.
    """
    offered = [str(given.get("name")) for given in tools]
    if tool not in offered:
        names = ", ".join(offered) or "none"
        what = f"The page has no tool {tool!r}; it has {names}."
        raise AgentFailed(what, code="agent_contract")


def interrupts_of(waiting: Sequence[JsonObject]) -> list[JsonObject]:
    """Return what a person is asked."""
    return [wait for wait in waiting if wait["reason"] != _FRONTEND_TOOL]


def frontend_tools_of(waiting: Sequence[JsonObject]) -> list[JsonObject]:
    """Return what the page is to run."""
    return [wait for wait in waiting if wait["reason"] == _FRONTEND_TOOL]


def calls_of(waiting: Sequence[JsonObject]) -> dict[str, str]:
    """Return the tool calls that interrupts are about: their ids by the agent's own."""
    return {
        str(as_object(wait["metadata"])["callId"]): str(wait["toolCallId"])
        for wait in interrupts_of(waiting)
        if "toolCallId" in wait
    }


def is_open_call(wait: JsonObject) -> bool:
    """Say whether a tool call still needs a result; the page's own result is in its messages."""
    is_answered = wait["reason"] == _FRONTEND_TOOL and "answer" in wait
    return "toolCallId" in wait and not is_answered


def answered(
    waiting: Sequence[JsonObject], answers: Mapping[str, JsonObject]
) -> tuple[JsonObject, ...]:
    """Return what waits with the answers that came for it."""
    return tuple(
        {**wait, "answer": answers[str(wait["id"])]} if str(wait["id"]) in answers else wait
        for wait in waiting
    )


def unanswered(waiting: Sequence[JsonObject]) -> list[JsonObject]:
    """Return what nobody has answered yet."""
    return [wait for wait in waiting if "answer" not in wait]


def answers_to(waiting: Sequence[JsonObject]) -> Mapping[str, JsonObject]:
    """Return the answers that came, by the agent's own keys."""
    return {
        str(as_object(wait["metadata"])["key"]): as_object(wait["answer"])
        for wait in waiting
        if "answer" in wait
    }


def has_results(messages: Sequence[JsonObject]) -> bool:
    """Say whether tools have answered since the person said something."""
    for message in reversed(messages):
        if message.get("role") in ("user", "tool"):
            return message["role"] == "tool"
    return False


def results_in(messages: Sequence[JsonObject], outcome: JsonObject) -> dict[str, JsonObject]:
    """Return the results of frontend tools that a run waits for, as answers.

    Only what came after the last thing the person said counts: older calls are history.
    """
    waiting = {str(wait["id"]) for wait in _objects(outcome.get("frontendTools"))}
    found: dict[str, JsonObject] = {}
    for message in reversed(messages):
        call_id = str(message.get("toolCallId"))
        if message.get("role") == "user":
            break
        if message.get("role") == "tool" and call_id in waiting:
            found[call_id] = {"status": "resolved", "payload": message.get("content")}
    return found


def check_answers(outcome: JsonObject, answers: Mapping[str, JsonObject], now_iso: str) -> None:
    """Make sure that the answers are those that a run waits for.

    Interrupts are answered all at once; frontend tools may come one by one.

    Raises:
        NothingWaits: they are not, or not all.
        InterruptExpired: one is answered that has expired.
        AnswerRefused: one is answered in a way that its schema does not allow.
    """
    interrupts = {str(wait["id"]): wait for wait in _objects(outcome.get("interrupts"))}
    tools = {str(wait["id"]) for wait in _objects(outcome.get("frontendTools"))}
    decided = set(answers) & set(interrupts)
    is_whole = not decided or decided == set(interrupts)
    if not answers or not is_whole or set(answers) - set(interrupts) - tools:
        raise NothingWaits
    for wait_id in decided:
        if answers[wait_id].get("status") != "cancelled":
            _check_answer(interrupts[wait_id], answers[wait_id], now_iso)


def _check_answer(interrupt: JsonObject, answer: JsonObject, now_iso: str) -> None:
    wait_id, expires_at = str(interrupt["id"]), str(interrupt.get("expiresAt", ""))
    if expires_at and expires_at < now_iso:
        raise InterruptExpired(wait_id, expires_at)
    schema = as_object(interrupt.get("responseSchema"))
    problems = Fitting(schema, "payload").problems(answer.get("payload")) if schema else ""
    if problems:
        raise AnswerRefused(wait_id, problems)


def _interrupt(
    agent: str, interrupt: Interrupt, translator: Translator, interrupt_id: str
) -> JsonObject:
    metadata: dict[str, Json] = {"agent": agent, "key": interrupt.key}
    shown: dict[str, Json] = {
        "id": interrupt_id,
        "reason": interrupt.reason,
        "message": interrupt.message,
        "metadata": metadata,
    }
    if interrupt.details is not None:
        metadata["details"] = interrupt.details
    if interrupt.call_id is not None:
        metadata["callId"] = interrupt.call_id
        shown["toolCallId"], _ = translator.waiting_call(interrupt.call_id)
    if interrupt.response_schema is not None:
        shown["responseSchema"] = interrupt.response_schema
    if interrupt.expires_at is not None:
        shown["expiresAt"] = interrupt.expires_at
    return shown


def _frontend_tool(agent: str, wait: FrontendTool, translator: Translator) -> JsonObject:
    call_id, tool = translator.waiting_call(wait.call_id)
    return {
        "id": call_id,
        "reason": _FRONTEND_TOOL,
        "message": f"The page runs {tool}",
        "toolCallId": call_id,
        "toolName": tool,
        "metadata": {"agent": agent, "key": wait.call_id},
    }


def _objects(value: Json) -> list[dict[str, Json]]:
    return [as_object(item) for item in value] if isinstance(value, list) else []
