"""What the agents of this server think with: a model that the settings choose, or rules."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from sergas.agents.models.endpoint import Endpoint
from sergas.agents.models.selection import Selection, Wanted, select
from sergas.agents.spec import Runtime
from sergas.app.extras import command_for
from sergas.core.errors import BadSetting
from sergas.settings import Settings


@dataclass(frozen=True, slots=True)
class ChosenRuntime:
    """The runtime of a server.

    Attributes:
        name: `rules`, `messages` or `claude`.
        model: "" for rules.
        described: runtime, model and the reason for the choice, for a person.
        make: makes agents of specs; None for rules.
        opened: keeps the connection to the model open.
        state: what it is doing, for a person; "" for nothing to say.
    """

    name: str
    model: str
    described: str
    make: Runtime | None
    opened: Callable[[], AbstractAsyncContextManager[None]]
    state: Callable[[], str] = str

    async def check(self) -> str:
        """Say what is used; nothing is called, since each call costs."""
        return "; ".join(part for part in (self.described, self.state()) if part)


def choose_runtime(settings: Settings) -> ChosenRuntime:
    """Choose by the settings and by the keys in the environment.

    Raises:
        BadSetting: the settings ask for something that they do not give the means for.
    """
    if settings.runtime == "rules":
        return _rules("SERGAS_RUNTIME=rules")
    selection = selected(settings, os.environ)
    if selection.endpoint is None:
        if settings.runtime == "auto":
            return _rules(selection.reason)
        raise BadSetting(
            f"SERGAS_RUNTIME={settings.runtime} needs a model; "
            "set SERGAS_MODEL=<provider>:<model>, or a key, say ANTHROPIC_API_KEY or ZAI_API_KEY."
        )
    if settings.runtime == "claude":
        return _claude(settings, selection.endpoint, selection.reason)
    return _messages(settings, selection.endpoint, selection.reason)


def selected(settings: Settings, environment: Mapping[str, str]) -> Selection:
    """Say which model the settings and the environment name, and why.

    Raises:
        BadSetting: the settings ask for something that they do not give the means for.
    """
    wanted = Wanted(
        model=settings.model,
        base_url=settings.model_base_url,
        key=settings.model_api_key.get_secret_value(),
        wire=settings.model_wire or None,
    )
    return select(wanted, environment)


def _rules(reason: str) -> ChosenRuntime:
    return ChosenRuntime("rules", "", f"by rules; {reason}", None, nullcontext)


def _messages(settings: Settings, endpoint: Endpoint, reason: str) -> ChosenRuntime:
    # Loads the model SDKs, a second or two; a server without a model never does.
    from sergas.agents.messages import CallLimits, ModelClient, messages_runtime

    limits = CallLimits(
        calls=settings.model_max_calls,
        silence_s=settings.model_silence_seconds,
        output_tokens=settings.model_max_output_tokens,
    )
    client = ModelClient(endpoint, limits)
    described = f"with {endpoint.model} of {endpoint.label} (messages runtime); {reason}"
    return ChosenRuntime(
        "messages", endpoint.model, described, messages_runtime(client), client.opened
    )


def _claude(settings: Settings, endpoint: Endpoint, reason: str) -> ChosenRuntime:
    if endpoint.wire != "anthropic":
        raise BadSetting(
            f"SERGAS_RUNTIME=claude speaks Anthropic's API, which is not how {endpoint.label} is "
            "reached; use SERGAS_RUNTIME=messages, or another SERGAS_MODEL."
        )
    try:
        # An extra: 168 MB that other servers do without.
        from sergas.agents.claude import (
            ClaudeRuntime,
            HallLimits,
            claude_agents,
            fitting_processes,
        )
    except ModuleNotFoundError as error:
        raise BadSetting(
            f"SERGAS_RUNTIME=claude needs the package {error.name!r}, which is missing; "
            f"run: {command_for('claude')}"
        ) from error
    limits = HallLimits(
        processes=settings.claude_max_processes or fitting_processes(),
        starts=os.cpu_count() or 1,
        rest_s=settings.claude_rest_seconds,
    )
    claude = ClaudeRuntime(
        endpoint,
        limits,
        silence_s=settings.model_silence_seconds,
        output_tokens=settings.model_max_output_tokens,
    )
    described = f"with {endpoint.model} of {endpoint.label} (claude runtime); {reason}"
    return ChosenRuntime(
        "claude",
        endpoint.model,
        described,
        claude_agents(claude),
        claude.opened,
        lambda: claude.hall.state,
    )
