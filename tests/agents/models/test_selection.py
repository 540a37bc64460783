"""Which model a server uses, from its settings and its environment."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.agents.models.selection import Selection, Wanted, select
from sergas.core.errors import BadSetting

CLAUDE, GLM = "claude-sonnet-5-5", "glm-5.3"
ANTHROPIC_URL, ZAI_URL = "https://api.anthropic.com", "https://api.z.ai/api/anthropic"
LOCAL = "http://127.0.0.1:9999/v1"
ALL_KEYS = {
    "ANTHROPIC_API_KEY": "a",
    "ANTHROPIC_AUTH_TOKEN": "b",
    "ZAI_API_KEY": "z",
    "OPENAI_API_KEY": "o",
    "OPENAI_BASE_URL": LOCAL,
}


def anthropic(**fields: Any) -> Endpoint:
    """Make the endpoint of Claude by an API key, but for what is given."""
    usual = Endpoint(
        provider=Provider.ANTHROPIC,
        wire="anthropic",
        base_url=ANTHROPIC_URL,
        model=CLAUDE,
        key="a",
        key_setting="ANTHROPIC_API_KEY",
        is_bearer=False,
    )
    return replace(usual, **fields)


def zai(**fields: Any) -> Endpoint:
    """Make the endpoint of GLM, but for what is given."""
    usual = Endpoint(Provider.ZAI, "anthropic", ZAI_URL, GLM, "z", "ZAI_API_KEY")
    return replace(usual, **fields)


def local(**fields: Any) -> Endpoint:
    """Make an endpoint that needs no key, but for what is given."""
    provider, setting = Provider.OPENAI_COMPATIBLE, "SERGAS_MODEL_API_KEY"
    return replace(Endpoint(provider, "openai", LOCAL, "mine", "", setting), **fields)


BEARER: dict[str, Any] = {"key": "b", "key_setting": "ANTHROPIC_AUTH_TOKEN", "is_bearer": True}
OWN: dict[str, Any] = {"key": "own", "key_setting": "SERGAS_MODEL_API_KEY", "is_bearer": True}


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [
        (Wanted(), {}, None),
        (Wanted(), {"ANTHROPIC_BASE_URL": LOCAL, "OPENAI_API_KEY": "o"}, None),
        (Wanted(), {"OPENAI_BASE_URL": LOCAL}, None),
        # The order.
        (Wanted(), ALL_KEYS, anthropic()),
        (Wanted(), {"ZAI_API_KEY": "z", "OPENAI_BASE_URL": LOCAL}, zai()),
        (Wanted("mine"), {"OPENAI_BASE_URL": LOCAL}, local()),
        (
            Wanted("mine"),
            {"OLLAMA_BASE_URL": LOCAL},
            local(provider=Provider.OLLAMA),
        ),
        # The environment of Claude.
        (Wanted(), {"ANTHROPIC_AUTH_TOKEN": "b"}, anthropic(**BEARER)),
        (
            Wanted(),
            {"ANTHROPIC_API_KEY": "a", "ANTHROPIC_MODEL": "claude-opus-5-5"},
            anthropic(model="claude-opus-5-5"),
        ),
        (
            Wanted(),
            {"ANTHROPIC_API_KEY": "a", "ANTHROPIC_BASE_URL": "https://gate.example"},
            anthropic(base_url="https://gate.example"),
        ),
        # GLM through the variables of Claude.
        (
            Wanted(),
            {"ANTHROPIC_AUTH_TOKEN": "b", "ANTHROPIC_BASE_URL": ZAI_URL, "ANTHROPIC_MODEL": GLM},
            zai(**BEARER),
        ),
        # An explicit model goes before everything.
        (Wanted("zai:glm-4.7"), ALL_KEYS, zai(model="glm-4.7")),
        (Wanted("zai:glm-4.7", key="own"), {}, zai(model="glm-4.7", **OWN)),
        (
            Wanted("zai:glm-4.7", wire="openai"),
            ALL_KEYS,
            zai(model="glm-4.7", wire="openai", base_url="https://api.z.ai/api/paas/v4"),
        ),
        (Wanted("claude-opus-5-5"), ALL_KEYS, anthropic(model="claude-opus-5-5")),
        (
            Wanted("ollama:qwen3:8b", base_url=LOCAL),
            ALL_KEYS,
            local(provider=Provider.OLLAMA, model="qwen3:8b"),
        ),
        # A key of the environment goes to its own address only.
        (Wanted("openai-compatible:mine", base_url=LOCAL), ALL_KEYS, local()),
        (
            Wanted("openai-compatible:mine"),
            ALL_KEYS,
            local(key="o", key_setting="OPENAI_API_KEY"),
        ),
        (
            Wanted("anthropic:claude-x", base_url="https://gate.example", key="own"),
            ALL_KEYS,
            anthropic(model="claude-x", base_url="https://gate.example", **OWN),
        ),
    ],
)
def test_the_model_is_chosen_by_settings_then_by_keys(
    wanted: Wanted, environment: Mapping[str, str], expected: Endpoint | None
) -> None:
    assert select(wanted, environment).endpoint == expected


@pytest.mark.parametrize(
    ("wanted", "environment", "words"),
    [
        (Wanted("anthropic:claude-x"), {}, "set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN or SER"),
        (Wanted("zai:glm-5.3"), {"ANTHROPIC_API_KEY": "a"}, "set ZAI_API_KEY or SERGAS_MODEL_API_"),
        (
            Wanted("anthropic:claude-x", base_url=LOCAL),
            {"ANTHROPIC_API_KEY": "a"},
            "set SERGAS_MODEL_API_KEY",
        ),
        (Wanted("ollama:qwen3"), {}, "set SERGAS_MODEL_BASE_URL or OLLAMA_BASE_URL"),
        (Wanted("ollama:qwen3", base_url="localhost:11434"), {}, "the address of its API"),
        (Wanted("mine"), {}, "names no provider"),
        (Wanted("openai:mine"), {}, "names no provider"),
        (Wanted(base_url=LOCAL), {"ZAI_API_KEY": "z"}, "need a provider"),
        (Wanted("anthropic:c", wire="openai"), ALL_KEYS, "does not speak SERGAS_MODEL_WIRE=openai"),
    ],
)
def test_a_setting_that_cannot_be_met_says_what_to_set(
    wanted: Wanted, environment: Mapping[str, str], words: str
) -> None:
    with pytest.raises(BadSetting, match=words):
        select(wanted, environment)


@pytest.mark.parametrize(
    ("wanted", "environment", "reason"),
    [
        (Wanted(), {}, "no model is configured"),
        (Wanted(), ALL_KEYS, "ANTHROPIC_API_KEY is set"),
        (Wanted("zai:glm-5.3"), ALL_KEYS, "SERGAS_MODEL=zai:glm-5.3"),
        (
            Wanted(),
            {"OPENAI_BASE_URL": LOCAL},
            "OPENAI_BASE_URL is set, but SERGAS_MODEL names no model",
        ),
    ],
)
def test_the_choice_says_why(wanted: Wanted, environment: Mapping[str, str], reason: str) -> None:
    assert select(wanted, environment).reason == reason


def test_no_key_shows_in_what_is_printed() -> None:
    secret = "sk-secret"
    wanted = Wanted("zai:glm-5.3", key=secret)

    selection: Selection = select(wanted, {})

    assert selection.endpoint is not None
    assert selection.endpoint.key == secret
    assert secret not in f"{wanted!r} {selection!r} {selection.endpoint.label}"


@pytest.mark.parametrize(
    ("endpoint", "label"),
    [
        (anthropic(), "Anthropic"),
        (anthropic(base_url="https://me:pass@gate.example/x"), "Anthropic at gate.example"),
        (zai(), "Z.ai"),
        (zai(base_url="https://open.bigmodel.cn/api"), "Z.ai at open.bigmodel.cn"),
        (local(), "127.0.0.1:9999"),
        (local(provider=Provider.OLLAMA), "Ollama at 127.0.0.1:9999"),
    ],
)
def test_a_provider_is_named_as_a_person_would(endpoint: Endpoint, label: str) -> None:
    assert endpoint.label == label
