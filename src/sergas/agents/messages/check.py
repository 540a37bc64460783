"""One cheap call of a model, to see whether it can be used."""

import time
from dataclasses import dataclass

from pydantic_ai.messages import ModelRequest, UserPromptPart

from sergas.agents.messages.client import CallLimits, ModelClient
from sergas.agents.messages.turn import ModelTurn
from sergas.agents.models.endpoint import Endpoint
from sergas.agents.models.failures import Kind
from sergas.core.chunks import Usage
from sergas.core.errors import AgentFailed

_QUESTION = "Answer with the word OK."
_OUTPUT_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Checked:
    """What a call that worked took."""

    took_ms: float
    input_tokens: int
    output_tokens: int


async def check_model(endpoint: Endpoint, *, silence_s: float = 30.0) -> Checked:
    """Ask the model for one word.

    Args:
        endpoint: the model.
        silence_s: how long the provider may send nothing.

    Raises:
        AgentFailed: the model cannot be used; the message says why, and what to do.
    """
    client = ModelClient(endpoint, CallLimits(1, silence_s, _OUTPUT_TOKENS))
    question = ModelRequest(parts=[UserPromptPart(_QUESTION)])
    turn = ModelTurn(client, endpoint.model, [question], (), (), "check")
    usage, began = Usage(endpoint.provider.value, endpoint.model, 0, 0), time.monotonic()
    async with client.opened():
        try:
            async for chunk in turn.stream():
                usage = chunk if isinstance(chunk, Usage) else usage
        except AgentFailed as failure:
            # A model that thinks first may come to its limit; it can be used all the same.
            if failure.code != Kind.OUTPUT_LIMIT:
                raise
    took_ms = round((time.monotonic() - began) * 1000)
    return Checked(took_ms, usage.input_tokens, usage.output_tokens)
