"""What a server says about itself, for the OpenAPI document."""

from pydantic import BaseModel, Field, JsonValue

from sergas.web.shapes import Shape


class RuntimeInfo(Shape):
    """What the runtime offers to CopilotKit's client; `defaultAgent` is what `default` means."""

    version: str
    mode: str
    agents: dict[str, dict[str, JsonValue]]
    default_agent: str
    accounts: bool
    audio_file_transcription_enabled: bool
    thread_endpoints: dict[str, bool]
    single_route: dict[str, JsonValue]
    suggestions: bool
    a2ui_enabled: bool = Field(alias="a2uiEnabled")
    open_generative_ui_enabled: bool = Field(alias="openGenerativeUIEnabled")
    telemetry_disabled: bool


class Component(Shape):
    """A part of a server, and how long it took to answer."""

    status: str
    detail: str
    ms: float


class ProviderState(Shape):
    """A model provider that was called; `retryAfter` is in seconds."""

    state: str
    faults: int
    openings: int | None = None
    retry_after: float | None = None


class Memory(BaseModel):
    """What memory the process has, and how full the machine is."""

    rss_bytes: int
    system_percent: float


class Health(BaseModel):
    """How a server stands."""

    status: str
    version: str
    timestamp: int
    components: dict[str, Component]
    active_workflows: int
    providers: dict[str, ProviderState]
    runtime: str
    model: str
    memory: Memory
    cpu: dict[str, float]
    capabilities: list[str]
    workflows: list[str]
    limits: dict[str, float]
