"""Parses AG-UI `RunAgentInput`, tolerantly: what may be left out is filled in, the rest has to fit.

Ids that a body leaves out are made from its content, so that a repeated request stays the same.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ag_ui.core import RunAgentInput
from pydantic import ValidationError

from sergas.core.agents import RunInput
from sergas.core.budget import asked_limits
from sergas.core.ids import RunId, ThreadId, is_valid_id, new_run_id, new_thread_id
from sergas.core.json import Json, JsonObject, as_object, encode, without_nul
from sergas.engine.requests import OnBusy
from sergas.web.errors import RequestRefused
from sergas.web.page_state import demand_modest_context
from sergas.web.parts import in_1_0
from sergas.web.spelling import in_camel_case

_MAX_MESSAGES = 5000
_MESSAGE_FIELDS = (
    *("id", "role", "content", "name", "toolCalls", "toolCallId", "error", "encryptedValue"),
    *("subagentRunId", "metadata", "activityType"),
)
_NAMESPACE = uuid.UUID("6b2f6a60-6a2b-5a0e-9d5c-2f5a5c0a8a11")


@dataclass(frozen=True, slots=True)
class ParsedInput:
    """A body, understood.

    Attributes:
        workflow: `forwardedProps.workflow`, if the client chose.
        protocol_version: what the client speaks; None is 0.0.x.
        is_blueprint: the body is of the blueprint's own form.
    """

    thread_id: ThreadId
    run_id: RunId
    input: RunInput
    workflow: str | None
    protocol_version: str | None
    is_blueprint: bool
    on_busy: OnBusy | None


def parse_run_input(body: Mapping[str, Json], key: str | None = None) -> ParsedInput:
    """Understand a body; with a key, the thread id that it leaves out is made from the key.

    Raises:
        RequestRefused: 422 with the first faults named.
        InvalidRequest: the budget is none.
    """
    body = in_camel_case(body)
    is_blueprint = isinstance(body.get("agents"), list) and "protocolVersion" not in body
    options = {**as_object(body.get("metadata")), **as_object(body.get("forwardedProps"))}
    completed = _completed(body, key)
    _validate(completed)
    context = _objects(body.get("context"))
    demand_modest_context(context)
    asked_limits(options.get("budget"))
    workflow = options.get("workflow")
    version = body.get("protocolVersion")
    return ParsedInput(
        thread_id=ThreadId(parse_id(completed["threadId"], "threadId")),
        run_id=RunId(parse_id(completed["runId"], "runId")),
        input=RunInput(
            messages=tuple(_known_fields(message) for message in _objects(completed["messages"])),
            state=as_object(body.get("state")),
            options=options,
            tools=tuple(_objects(body.get("tools"))),
            context=tuple(context),
            agents=_names(options.get("agents", body.get("agents"))),
            answers={str(answer["interruptId"]): answer for answer in _objects(body.get("resume"))},
        ),
        workflow=without_nul(workflow) if isinstance(workflow, str) else None,
        protocol_version=version if isinstance(version, str) else None,
        is_blueprint=is_blueprint,
        on_busy=_on_busy(options.get("onBusy", options.get("on_busy"))),
    )


def parse_id(value: Json, field: str) -> str:
    """Take a client's id.

    Raises:
        RequestRefused: 422, it is missing or of another form.
    """
    if not isinstance(value, str) or not is_valid_id(value):
        detail = f"{field} has to be 1-200 letters, digits and -._~:@+=, characters."
        raise RequestRefused(422, "invalid_id", detail)
    return value


def _completed(body: Mapping[str, Json], key: str | None) -> dict[str, Json]:
    thread_id = body.get("threadId") or _thread_id(key)
    messages = body.get("messages", [])
    if isinstance(messages, list):
        if len(messages) > _MAX_MESSAGES:
            detail = f"The body has {len(messages)} messages; at most {_MAX_MESSAGES} are taken."
            raise RequestRefused(422, "too_many_messages", detail)
        messages = [_with_id(message, place, thread_id) for place, message in enumerate(messages)]
    known = {
        key: body[key]
        for key in ("protocolVersion", "parentRunId", "tools", "context", "resume")
        if body.get(key)
    }
    return {
        **known,
        "threadId": thread_id,
        "runId": body.get("runId") or new_run_id(),
        "messages": messages,
    }


def _thread_id(key: str | None) -> ThreadId:
    return new_thread_id() if key is None else ThreadId(f"thread_{uuid.uuid5(_NAMESPACE, key).hex}")


def _with_id(message: Json, place: int, thread_id: Json) -> Json:
    if not isinstance(message, Mapping) or message.get("id"):
        return message
    content = encode([thread_id, place, message.get("role"), message.get("content")]).decode()
    return {**message, "id": str(uuid.uuid5(_NAMESPACE, content))}


def _validate(completed: Mapping[str, Json]) -> None:
    try:
        RunAgentInput.model_validate(_in_1_0(completed))
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()[:5]
        )
        raise RequestRefused(
            422, "invalid_request", f"The body is not a RunAgentInput: {faults}."
        ) from error


def _in_1_0(completed: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return the body in the protocol's present words; stored is what the client said."""
    messages = completed["messages"]
    if not isinstance(messages, list):
        return completed
    modern = [in_1_0(m) if isinstance(m, Mapping) else m for m in messages]
    return {**completed, "messages": modern}


def _on_busy(value: Json) -> OnBusy | None:
    if value is None:
        return None
    if value not in tuple(OnBusy):
        detail = f"forwardedProps.onBusy has to be one of {', '.join(OnBusy)}."
        raise RequestRefused(422, "invalid_request", detail)
    return OnBusy(str(value))


def _names(value: Json) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise RequestRefused(422, "invalid_request", "`agents` has to be a list of agent names.")
    return tuple(str(name) for name in value)


def _known_fields(message: JsonObject) -> JsonObject:
    return {
        key: value for key, value in message.items() if key in _MESSAGE_FIELDS and value is not None
    }


def _objects(value: Json) -> Sequence[JsonObject]:
    return [as_object(item) for item in value] if isinstance(value, list) else []
