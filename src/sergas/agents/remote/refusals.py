"""What another server's refusal means for the run."""

import httpx2

from sergas.agents.remote.server import RemoteServer
from sergas.core.errors import AgentFailed
from sergas.core.json import as_object, decode

_SHOWN_CHARS = 300


def refusal_of(server: RemoteServer, answer: httpx2.Response, body: bytes) -> AgentFailed:
    """Turn an answer that is no stream into the attempt's failure."""
    status = answer.status_code
    url, says = server.shown, server.redacted(_detail(body))[:_SHOWN_CHARS]
    if status in (401, 403):
        what = f"{url} refused our credentials ({status}): {says}"
        return AgentFailed(what, code="remote_auth")
    is_busy, is_down = status in (409, 425, 429), status >= 500
    return AgentFailed(
        f"{url} answered {status}: {says}",
        code="remote_unavailable" if is_down else "remote_refused",
        recoverable=is_busy or is_down,
        retry_after_s=_seconds(answer.headers.get("retry-after")),
        is_provider_fault=is_down,
    )


def _detail(body: bytes) -> str:
    text = body[: 4 * _SHOWN_CHARS].decode("utf-8", "replace").strip()
    try:
        document = as_object(decode(body))
    except ValueError:
        document = {}
    return str(document.get("detail") or document.get("message") or text) or "nothing"


def _seconds(value: str | None) -> float | None:
    return float(value) if value is not None and value.isdecimal() else None
