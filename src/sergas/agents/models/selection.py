"""Which model this server uses: the setting that says so, else what the environment has keys for.

    SERGAS_MODEL=<provider>:<model>
    ANTHROPIC_API_KEY, or ANTHROPIC_AUTH_TOKEN
    ZAI_API_KEY
    OPENAI_BASE_URL, or OLLAMA_BASE_URL, with SERGAS_MODEL=<model>
    none: the agents go by rules

A key of the environment goes to the environment's own address or the provider's, nowhere else:
with SERGAS_MODEL_BASE_URL only SERGAS_MODEL_API_KEY is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from sergas.agents.models.endpoint import Endpoint, Provider, Wire
from sergas.core.errors import BadSetting

_OWN_KEY = "SERGAS_MODEL_API_KEY"
_ZAI_OPENAI_URL = "https://api.z.ai/api/paas/v4"
_ZAI_HOSTS = ("z.ai", "bigmodel.cn")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the server's own settings say of the model; "" where they say nothing.

    Attributes:
        model: `<provider>:<model>`, or a model of the provider that the environment has a key for.
    """

    model: str = ""
    base_url: str = ""
    key: str = field(default="", repr=False)
    wire: Wire | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, and why, in a few words for the log; no endpoint means rules."""

    endpoint: Endpoint | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Source:
    """How the environment names a provider.

    Attributes:
        keys: variables with a key, the first one wins.
        url: the variable with its address.
        default_url: its address, where it has one of its own.
        default_model: its model, where one is taken without being named.
    """

    provider: Provider
    wire: Wire
    keys: tuple[str, ...]
    url: str = ""
    model: str = ""
    default_url: str = ""
    default_model: str = ""


_SOURCES = (
    _Source(
        provider=Provider.ANTHROPIC,
        wire="anthropic",
        keys=("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"),
        url="ANTHROPIC_BASE_URL",
        model="ANTHROPIC_MODEL",
        default_url="https://api.anthropic.com",
        default_model="claude-sonnet-5-5",
    ),
    _Source(
        provider=Provider.ZAI,
        wire="anthropic",
        keys=("ZAI_API_KEY",),
        default_url="https://api.z.ai/api/anthropic",
        default_model="glm-5.3",
    ),
    _Source(
        provider=Provider.OPENAI_COMPATIBLE,
        wire="openai",
        keys=("OPENAI_API_KEY",),
        url="OPENAI_BASE_URL",
    ),
    _Source(
        provider=Provider.OLLAMA, wire="openai", keys=("OLLAMA_API_KEY",), url="OLLAMA_BASE_URL"
    ),
)
_NEEDS_KEY = (Provider.ANTHROPIC, Provider.ZAI)


def select(wanted: Wanted, environment: Mapping[str, str]) -> Selection:
    """Choose the model.

    Raises:
        BadSetting: the settings ask for something that they do not give the means for.
    """
    named, _, model = wanted.model.partition(":")
    for source in _SOURCES:
        if model and named == source.provider:
            chosen = _endpoint(source, replace(wanted, model=model), environment)
            return Selection(chosen, f"SERGAS_MODEL={wanted.model}")
    if wanted.base_url or wanted.key:
        raise BadSetting(
            "SERGAS_MODEL_BASE_URL and SERGAS_MODEL_API_KEY need a provider; "
            f"set SERGAS_MODEL=<provider>:<model> with one of {', '.join(Provider)}."
        )
    return _found(wanted, environment)


def _found(wanted: Wanted, environment: Mapping[str, str]) -> Selection:
    unnamed = ""
    for source in _SOURCES:
        has = source.keys if source.default_url else (source.url,)
        given = [name for name in has if environment.get(name)]
        if not given:
            continue
        if not (wanted.model or environment.get(source.model) or source.default_model):
            unnamed = f"{given[0]} is set, but SERGAS_MODEL names no model"
            continue
        return Selection(_endpoint(source, wanted, environment), f"{given[0]} is set")
    if wanted.model:
        raise BadSetting(
            f"SERGAS_MODEL={wanted.model} names no provider, and the environment has no key; "
            f"write <provider>:<model> with one of {', '.join(Provider)}."
        )
    return Selection(None, unnamed or "no model is configured")


def _endpoint(source: _Source, wanted: Wanted, environment: Mapping[str, str]) -> Endpoint:
    base_url = wanted.base_url or environment.get(source.url, "") or source.default_url
    if wanted.wire == "openai" and source.provider is Provider.ZAI and not wanted.base_url:
        base_url = _ZAI_OPENAI_URL
    _demand_url(source, base_url)
    setting = _key_setting(source, wanted, environment)
    return Endpoint(
        provider=_provider_at(source, base_url),
        wire=_wire(source, wanted),
        base_url=base_url,
        model=wanted.model or environment.get(source.model, "") or source.default_model,
        key=wanted.key if setting == _OWN_KEY else environment.get(setting, ""),
        key_setting=setting,
        is_bearer=setting != "ANTHROPIC_API_KEY",
    )


def _key_setting(source: _Source, wanted: Wanted, environment: Mapping[str, str]) -> str:
    if wanted.key:
        return _OWN_KEY
    usable = () if wanted.base_url else source.keys
    given = [name for name in usable if environment.get(name)]
    if not given and source.provider in _NEEDS_KEY:
        ways = " or ".join((*usable, _OWN_KEY))
        raise BadSetting(f"The model of {source.provider} needs a key; set {ways}.")
    return given[0] if given else _OWN_KEY


def _wire(source: _Source, wanted: Wanted) -> Wire:
    wire = wanted.wire or source.wire
    if wire != source.wire and source.provider is not Provider.ZAI:
        raise BadSetting(
            f"{source.provider} does not speak SERGAS_MODEL_WIRE={wire}; leave it unset."
        )
    return wire


def _demand_url(source: _Source, base_url: str) -> None:
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        ways = " or ".join(name for name in ("SERGAS_MODEL_BASE_URL", source.url) if name)
        raise BadSetting(f"{source.provider} needs the address of its API; set {ways}.")


def _provider_at(source: _Source, base_url: str) -> Provider:
    # GLM is often reached through the variables that were made for Claude.
    host = urlsplit(base_url).hostname or ""
    is_zai = any(host == zai or host.endswith(f".{zai}") for zai in _ZAI_HOSTS)
    return Provider.ZAI if is_zai else source.provider
