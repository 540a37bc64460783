"""Makes the model layer's model of an endpoint.

Oddities: the SDKs are imported where they are used, since each takes a second and one is enough;
an open client has loaded its own.
Every client gets its key, its address and its HTTP client from us, so that the SDK looks for none
in the environment; and no retries, since the engine tries again, in sight of the reader.
"""

from typing import TYPE_CHECKING

import httpx2
from pydantic_ai.models import Model

from sergas.agents.models.endpoint import Endpoint, Provider

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from pydantic_ai.profiles.openai import OpenAIModelProfile

_NO_KEY = "none"


def model_over(endpoint: Endpoint, name: str, http: httpx2.AsyncClient) -> Model:
    """Make a model of an endpoint that uses this HTTP client."""
    if endpoint.wire == "anthropic":
        return _over_anthropic(endpoint, name, http)
    return _over_openai(endpoint, name, http)


def _over_anthropic(endpoint: Endpoint, name: str, http: httpx2.AsyncClient) -> Model:
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    key = endpoint.key or _NO_KEY
    client = AsyncAnthropic(
        api_key=None if endpoint.is_bearer else key,
        auth_token=key if endpoint.is_bearer else None,
        base_url=endpoint.base_url,
        http_client=http,
        max_retries=0,
    )
    return AnthropicModel(name, provider=AnthropicProvider(anthropic_client=client))


def _over_openai(endpoint: Endpoint, name: str, http: httpx2.AsyncClient) -> Model:
    from openai import AsyncOpenAI
    from pydantic_ai.profiles.openai import OpenAIModelProfile

    client = AsyncOpenAI(
        api_key=endpoint.key or _NO_KEY,
        base_url=endpoint.base_url,
        http_client=http,
        max_retries=0,
    )
    # Of the two names for the limit of an answer, others than OpenAI know the older one.
    is_openai = client.base_url.host == "api.openai.com"
    profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=is_openai)
    return _model_of(endpoint, name, client, profile)


def _model_of(
    endpoint: Endpoint, name: str, client: "AsyncOpenAI", profile: "OpenAIModelProfile"
) -> Model:
    match endpoint.provider:
        case Provider.ZAI:
            from pydantic_ai.models.zai import ZaiModel
            from pydantic_ai.providers.zai import ZaiProvider

            return ZaiModel(name, provider=ZaiProvider(openai_client=client), profile=profile)
        case Provider.OLLAMA:
            from pydantic_ai.models.ollama import OllamaModel
            from pydantic_ai.providers.ollama import OllamaProvider

            provider = OllamaProvider(openai_client=client)
            return OllamaModel(name, provider=provider, profile=profile)
        case _:
            from pydantic_ai.models.openai import OpenAIChatModel
            from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

            compatible = OpenAICompatibleProvider(endpoint.provider.value, openai_client=client)
            return OpenAIChatModel(name, provider=compatible, profile=profile)
