"""What can go wrong with a model call, in one table: what it is called and what to do about it.

Nothing that a provider answers is repeated in a message but its status and its code: its words may
hold a key or a prompt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject, as_object


class Kind(StrEnum):
    """Kinds of failures; the values are the codes of `AgentFailed` and of RUN_ERROR."""

    AUTH = "model_auth"
    QUOTA = "model_quota"
    RATE_LIMITED = "model_rate_limited"
    UNAVAILABLE = "model_unavailable"
    UNREACHABLE = "model_unreachable"
    TIMEOUT = "model_timeout"
    PROTOCOL = "model_protocol"
    TRUNCATED = "model_truncated"
    CONTEXT_TOO_LONG = "model_context_too_long"
    OUTPUT_LIMIT = "model_output_limit"
    REFUSED = "model_refused"
    NOT_FOUND = "model_not_found"
    REJECTED = "model_rejected"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a failure means; `words` follow the provider's name."""

    words: str
    recoverable: bool = False
    is_provider_fault: bool = False


_MEANINGS: Mapping[Kind, _Meaning] = {
    Kind.AUTH: _Meaning("does not accept the key; check {key_setting}"),
    Kind.QUOTA: _Meaning("says that the balance or the quota of the key is used up; top it up"),
    Kind.RATE_LIMITED: _Meaning("has too many requests of this key", True, True),
    Kind.UNAVAILABLE: _Meaning("cannot serve the model at the moment", True, True),
    Kind.UNREACHABLE: _Meaning("cannot be reached, or broke the connection off", True, True),
    Kind.TIMEOUT: _Meaning("said nothing for too long", True, True),
    Kind.PROTOCOL: _Meaning(
        "answered something that is not its protocol; check the base URL", True, True
    ),
    Kind.TRUNCATED: _Meaning("ended its answer in the middle", True, True),
    Kind.CONTEXT_TOO_LONG: _Meaning(
        "says that the conversation is too long for {model}; begin another thread, or use a model "
        "with a larger context"
    ),
    Kind.OUTPUT_LIMIT: _Meaning(
        "cut the answer of {model} at its length limit; raise SERGAS_MODEL_MAX_OUTPUT_TOKENS"
    ),
    Kind.REFUSED: _Meaning("or its model {model} refuses to answer this; say it in another way"),
    Kind.NOT_FOUND: _Meaning("has no model {model}; check SERGAS_MODEL and the base URL"),
    Kind.REJECTED: _Meaning(
        "rejected the request; check that {model} is meant for chats with tools"
    ),
}


def failed(
    kind: Kind,
    endpoint: Endpoint,
    *,
    model: str = "",
    detail: str = "",
    retry_after_s: float | None = None,
) -> AgentFailed:
    """Make the failure of an attempt.

    Args:
        kind: what went wrong.
        endpoint: where.
        model: the model, if it is not the endpoint's.
        detail: status or code, for whoever looks it up.
        retry_after_s: how long the provider wants to be left alone, if it said so.
    """
    meaning = _MEANINGS[kind]
    words = meaning.words.format(
        key_setting=endpoint.key_setting, model=repr(model or endpoint.model)
    )
    note = f" ({detail})" if detail else ""
    # A provider that says when it has room again is not at fault.
    is_fault = meaning.is_provider_fault and not (
        kind is Kind.RATE_LIMITED and retry_after_s is not None
    )
    return AgentFailed(
        f"{endpoint.label} {words}{note}.",
        code=kind.value,
        recoverable=meaning.recoverable,
        retry_after_s=retry_after_s if meaning.recoverable else None,
        is_provider_fault=is_fault,
    )


def refused(
    endpoint: Endpoint,
    status: int,
    body: object,
    *,
    model: str = "",
    retry_after_s: float | None = None,
) -> AgentFailed:
    """Make the failure of a call that was answered with an error, by its status and its body."""
    error = as_object(body)
    error = as_object(error.get("error")) or error
    kind = _kind(endpoint.provider, status, error)
    code = error.get("code") or error.get("type") or ""
    detail = f"status {status}"
    if str(code).replace("_", "").isalnum() and len(str(code)) <= 60:
        detail += f", {code}"
    return failed(kind, endpoint, model=model, detail=detail, retry_after_s=retry_after_s)


def _kind(provider: Provider, status: int, error: JsonObject) -> Kind:
    code, words = str(error.get("code", "")), str(error.get("message", "")).lower()
    codes = {**_CODES, **_ZAI_CODES} if provider is Provider.ZAI else _CODES
    for name in (code, str(error.get("type", ""))):
        if name in codes:
            return codes[name]
    for phrase, kind in _PHRASES.items():
        if phrase in words:
            return kind
    if status in _STATUSES:
        return _STATUSES[status]
    return Kind.UNAVAILABLE if status >= 500 else Kind.REJECTED


_STATUSES: Mapping[int, Kind] = {
    401: Kind.AUTH,
    402: Kind.QUOTA,
    403: Kind.AUTH,
    404: Kind.NOT_FOUND,
    408: Kind.TIMEOUT,
    413: Kind.CONTEXT_TOO_LONG,
    429: Kind.RATE_LIMITED,
}

_CODES: Mapping[str, Kind] = {
    "billing_error": Kind.QUOTA,
    "insufficient_quota": Kind.QUOTA,
    "billing_hard_limit_reached": Kind.QUOTA,
    "context_length_exceeded": Kind.CONTEXT_TOO_LONG,
    "request_too_large": Kind.CONTEXT_TOO_LONG,
    "model_not_found": Kind.NOT_FOUND,
    "invalid_api_key": Kind.AUTH,
    "authentication_error": Kind.AUTH,
    "overloaded_error": Kind.UNAVAILABLE,
    "rate_limit_error": Kind.RATE_LIMITED,
    "rate_limit_exceeded": Kind.RATE_LIMITED,
    "content_filter": Kind.REFUSED,
}

_PHRASES: Mapping[str, Kind] = {
    "prompt is too long": Kind.CONTEXT_TOO_LONG,
    "maximum context length": Kind.CONTEXT_TOO_LONG,
    "reduce the length of the messages": Kind.CONTEXT_TOO_LONG,
    "credit balance is too low": Kind.QUOTA,
}

# docs.z.ai/api-reference/api-code. Most come with status 429, whether waiting helps or not.
_ZAI_CODES: Mapping[str, Kind] = {
    **dict.fromkeys(("1000", "1001", "1002", "1003", "1004", "1110", "1111", "1112"), Kind.AUTH),
    **dict.fromkeys(("1113", "1304", "1308", "1309", "1310", "1311", "1313"), Kind.QUOTA),
    **dict.fromkeys(("1302", "1303", "1305"), Kind.RATE_LIMITED),
    **dict.fromkeys(("1230", "1234", "1312"), Kind.UNAVAILABLE),
    **dict.fromkeys(("1211", "1220", "1221", "1222"), Kind.NOT_FOUND),
    "1261": Kind.CONTEXT_TOO_LONG,
    "1301": Kind.REFUSED,
}
