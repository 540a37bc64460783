"""Where a model is served, and what is said to get in."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

Wire: TypeAlias = Literal["anthropic", "openai"]
"""The API that is spoken: Anthropic's Messages, or OpenAI's chat completions."""


class Provider(StrEnum):
    """Who serves a model; the price table uses the same names."""

    ANTHROPIC = "anthropic"
    ZAI = "zai"
    OPENAI_COMPATIBLE = "openai-compatible"
    OLLAMA = "ollama"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model that can be called.

    Attributes:
        model: its name, as the provider knows it.
        key: the secret; "" where none is needed. It never leaves this object but in a header.
        key_setting: the setting that has the key, for whoever has to correct it.
        is_bearer: whether the key is a bearer token and not one of Anthropic's API keys.
    """

    provider: Provider
    wire: Wire
    base_url: str
    model: str
    key: str = field(default="", repr=False)
    key_setting: str = ""
    is_bearer: bool = True

    @property
    def label(self) -> str:
        """Who serves the model, as a person would say it."""
        place = urlsplit(self.base_url).netloc.rpartition("@")[2]
        match self.provider:
            case Provider.ANTHROPIC:
                return "Anthropic" if place == "api.anthropic.com" else f"Anthropic at {place}"
            case Provider.ZAI:
                return "Z.ai" if place == "api.z.ai" else f"Z.ai at {place}"
            case Provider.OLLAMA:
                return f"Ollama at {place}"
            case Provider.OPENAI_COMPATIBLE:
                return place
