"""What the model layer raises, as failures of an attempt."""

from collections.abc import Generator
from contextlib import contextmanager

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelConnectionError,
    ModelHTTPError,
    ModelTimeoutError,
)
from pydantic_ai.messages import ModelResponse

from sergas.agents.models.endpoint import Endpoint
from sergas.agents.models.failures import Kind, failed, refused
from sergas.core.errors import AgentFailed


@contextmanager
def faults_are_failures(endpoint: Endpoint, model: str) -> Generator[None]:
    """Turn what the model layer raises into the failure of the attempt.

    Raises:
        AgentFailed: without the layer's own error, whose words may hold a key or a prompt.
    """
    try:
        yield
    except AgentRunError as error:
        raise _failure(error, endpoint, model) from None


def demand_complete(response: ModelResponse, endpoint: Endpoint, model: str) -> None:
    """Make sure that a response came to its own end.

    Raises:
        AgentFailed: it did not.
    """
    # The layer makes up a reason where the provider gave none.
    said = (response.provider_details or {}).get("finish_reason")
    if said is None:
        raise failed(Kind.TRUNCATED, endpoint, model=model)
    if said == "model_context_window_exceeded":
        raise failed(Kind.CONTEXT_TOO_LONG, endpoint, model=model)
    match response.finish_reason:
        case "length":
            raise failed(Kind.OUTPUT_LIMIT, endpoint, model=model)
        case "content_filter":
            raise failed(Kind.REFUSED, endpoint, model=model)
        case "error":
            raise failed(Kind.UNAVAILABLE, endpoint, model=model)
        case _:
            return


def _failure(error: AgentRunError, endpoint: Endpoint, model: str) -> AgentFailed:
    match error:
        case ModelHTTPError():
            return refused(
                endpoint,
                error.status_code,
                error.body,
                model=model,
                retry_after_s=error.retry_after,
            )
        case ModelTimeoutError():
            return failed(Kind.TIMEOUT, endpoint, model=model)
        case ModelConnectionError():
            return failed(Kind.UNREACHABLE, endpoint, model=model)
        case _:
            return failed(Kind.PROTOCOL, endpoint, model=model, detail=type(error).__name__)
