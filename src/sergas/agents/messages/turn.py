"""One turn of a model: the chunks it says while it streams, and the whole response after."""

from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartEndEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ThinkingPart,
    ThinkingPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RequestUsage

from sergas.agents.messages.client import ModelClient
from sergas.agents.messages.faults import demand_complete, faults_are_failures
from sergas.agents.models.endpoint import Provider
from sergas.agents.tools.calls import ToolSchema
from sergas.core.chunks import Chunk, Reasoning, Text, TextEnd, ToolArgs, ToolEnd, ToolStart, Usage
from sergas.core.json import encode

_ANTHROPIC_OUTPUT_TOKENS = 16_384


@dataclass(slots=True)
class ModelTurn:
    """A turn that is about to be called.

    Attributes:
        tools: what the model may call.
        taken: ids of calls that were made before; a provider may give the same one again.
        usage_id: names the call in what is counted.
        response: the whole of it, once `stream` has come to its end.
    """

    client: ModelClient
    model: str
    messages: Sequence[ModelMessage]
    tools: Sequence[ToolSchema]
    taken: Collection[str]
    usage_id: str
    response: ModelResponse | None = None
    _ids: dict[int, str] = field(default_factory=dict[int, str])

    async def stream(self) -> AsyncGenerator[Chunk, None]:
        """Call the model when there is room, and yield what it says.

        Closing it closes the connection, so that the model stops at once.

        Raises:
            AgentFailed: the response did not come, or not to its end.
        """
        async with aclosing(self.client.enter()) as waiting:
            async for news in waiting:
                yield news
        try:
            async with aclosing(self._call()) as chunks:
                async for chunk in chunks:
                    yield chunk
        finally:
            self.client.leave()

    async def _call(self) -> AsyncGenerator[Chunk, None]:
        endpoint = self.client.endpoint
        with faults_are_failures(endpoint, self.model):
            async with model_request_stream(
                self.client.model(self.model),
                self.messages,
                model_settings=self._settings(),
                model_request_parameters=_parameters(self.tools),
            ) as stream:
                has_told = False
                async for event in stream:
                    for chunk in self._said(event):
                        yield chunk
                    if not has_told and stream.usage.input_tokens:
                        # Paid from now on, even if the call is stopped or breaks off.
                        has_told = True
                        yield self._usage(stream.usage, is_final=False)
                response = stream.get()
        yield TextEnd()
        yield self._usage(response.usage)
        demand_complete(response, endpoint, self.model)
        self.response = self._with_own_ids(response)

    def _settings(self) -> ModelSettings:
        settings = ModelSettings()
        limit = self.client.limits.output_tokens
        if self.client.endpoint.wire == "anthropic":
            settings["max_tokens"] = limit or _ANTHROPIC_OUTPUT_TOKENS
        elif limit:
            settings["max_tokens"] = limit
        if self.client.endpoint.provider is Provider.ANTHROPIC and self.tools:
            # The next turn reads the same again.
            settings["cache"] = True
        return settings

    def _said(self, event: ModelResponseStreamEvent) -> Iterator[Chunk]:
        match event:
            case PartStartEvent(part=TextPart(content=text)) if text:
                yield Text(text)
            case PartDeltaEvent(delta=TextPartDelta(content_delta=text)) if text:
                yield Text(text)
            case PartStartEvent(part=ThinkingPart(content=text)) if text:
                yield Reasoning(text)
            case PartDeltaEvent(delta=ThinkingPartDelta(content_delta=text)) if text:
                yield Reasoning(text)
            case PartStartEvent(index=index, part=ToolCallPart() as part):
                self._ids[index] = self._own_id(part.tool_call_id)
                yield ToolStart(self._ids[index], part.tool_name)
                yield from self._arguments(index, part.args)
            case PartDeltaEvent(index=index, delta=ToolCallPartDelta(args_delta=args)):
                yield from self._arguments(index, args)
            case PartEndEvent(index=index, part=ToolCallPart()):
                yield ToolEnd(self._ids[index])
            case _:
                return

    def _arguments(self, index: int, args: "str | Mapping[str, object] | None") -> Iterator[Chunk]:
        if args:
            text = args if isinstance(args, str) else encode(args).decode()
            yield ToolArgs(self._ids[index], text)

    def _own_id(self, call_id: str) -> str:
        used = {*self.taken, *self._ids.values()}
        own, copies = call_id, 1
        while own in used:
            copies += 1
            own = f"{call_id}-{copies}"
        return own

    def _with_own_ids(self, response: ModelResponse) -> ModelResponse:
        parts = [
            replace(part, tool_call_id=self._ids[index]) if isinstance(part, ToolCallPart) else part
            for index, part in enumerate(response.parts)
        ]
        return replace(response, parts=parts)

    def _usage(self, used: RequestUsage, *, is_final: bool = True) -> Usage:
        return Usage(
            provider=self.client.endpoint.provider.value,
            model=self.model,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            reasoning_tokens=used.output_reasoning_tokens,
            cached_input_tokens=used.cache_read_tokens,
            cache_write_input_tokens=used.cache_write_tokens,
            call_id=self.usage_id,
            is_final=is_final,
        )


def _parameters(tools: Sequence[ToolSchema]) -> ModelRequestParameters:
    return ModelRequestParameters(
        function_tools=[
            # Not strict: schemas go out as they are; arguments are checked when they come.
            ToolDefinition(
                name=tool.name,
                description=tool.description,
                parameters_json_schema=dict(tool.parameters),
                strict=False,
            )
            for tool in tools
        ]
    )
