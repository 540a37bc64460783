"""Those who ask a model in `model_crowd.py`: the providers' SDKs, our runtime, runs of a server."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import httpx
import msgspec
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI

from bench.model_cancel import PROVIDERS, RUN, body_of_a_run
from sergas.agents.messages import CallLimits, ModelClient, messages_runtime
from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.core.chunks import Text
from tests.models.turns import Wire
from tests.runtimes.houses import a_spec, a_task
from tests.server import Server

Ask: TypeAlias = Callable[[str], Awaitable[str]]
Caller: TypeAlias = Callable[[str], AbstractAsyncContextManager[Ask]]
MODEL, ANY_NUMBER = "fake-1", httpx.Limits(max_connections=None)


@asynccontextmanager
async def anthropic_sdk(url: str) -> AsyncGenerator[Ask]:
    """Ask over Anthropic's SDK."""
    async with AsyncAnthropic(api_key="fake", base_url=url, max_retries=0) as client:

        async def ask(question: str) -> str:
            said = list[str]()
            async with client.messages.stream(
                model=MODEL, max_tokens=16_384, messages=[{"role": "user", "content": question}]
            ) as stream:
                async for text in stream.text_stream:
                    said.append(text)
            return "".join(said)

        yield ask


@asynccontextmanager
async def openai_sdk(url: str) -> AsyncGenerator[Ask]:
    """Ask over OpenAI's SDK."""
    async with AsyncOpenAI(api_key="fake", base_url=url, max_retries=0) as client:

        async def ask(question: str) -> str:
            stream = await client.chat.completions.create(
                model=MODEL, messages=[{"role": "user", "content": question}], stream=True
            )
            said = list[str]()
            async for chunk in stream:
                said += [choice.delta.content or "" for choice in chunk.choices]
            return "".join(said)

        yield ask


@asynccontextmanager
async def _runtime(url: str, wire: Wire) -> AsyncGenerator[Ask]:
    endpoint = Endpoint(Provider(PROVIDERS[wire]), wire, url, MODEL, "fake")
    client = ModelClient(endpoint, CallLimits(calls=1000))
    agent = messages_runtime(client)(a_spec())
    async with client.opened():

        async def ask(question: str) -> str:
            chunks = agent.run(a_task(question))
            return "".join([chunk.delta async for chunk in chunks if isinstance(chunk, Text)])

        yield ask


def runtime_over_anthropic(url: str) -> AbstractAsyncContextManager[Ask]:
    """Ask with an agent of the `messages` runtime."""
    return _runtime(url, "anthropic")


def runtime_over_openai(url: str) -> AbstractAsyncContextManager[Ask]:
    """Ask with an agent of the `messages` runtime."""
    return _runtime(url, "openai")


CALLERS: Mapping[Wire, Mapping[str, Caller]] = {
    "anthropic": {"its SDK alone": anthropic_sdk, "our runtime alone": runtime_over_anthropic},
    "openai": {"its SDK alone": openai_sdk, "our runtime alone": runtime_over_openai},
}


async def hear_runs(server: Server, questions: Sequence[str]) -> list[str]:
    """Start a run for each question, all at once, and return what each client was told."""
    async with httpx.AsyncClient(timeout=120, limits=ANY_NUMBER, headers=server.headers) as http:
        return await asyncio.gather(*(_hear(http, server.url + RUN, one) for one in questions))


async def _hear(http: httpx.AsyncClient, url: str, question: str) -> str:
    message = {"id": "u1", "role": "user", "content": question}
    said = list[str]()
    async with http.stream("POST", url, json=body_of_a_run() | {"messages": [message]}) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: ") and '"TEXT_MESSAGE_CONTENT"' in line:
                said.append(msgspec.json.decode(line[6:])["delta"])
    return "".join(said)
