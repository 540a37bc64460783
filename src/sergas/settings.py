"""Every setting, with its default: a command-line option, or `SERGAS_<NAME>` in the environment."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What a server needs to know. Lists are comma-separated in the environment."""

    model_config = SettingsConfigDict(env_prefix="SERGAS_", extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(
        default=8008, ge=0, le=65535, description="Port to listen on; 0 picks a free one."
    )
    data_dir: Path = Field(
        default=Path("data"), description="Folder of the database and the token."
    )
    database_url: str = Field(
        default="",
        pattern=r"^(postgres(ql)?://.+)?$",
        repr=False,
        description="A PostgreSQL that replicas share; none: SQLite in the data folder.",
    )
    tokens: Annotated[str, NoDecode] = Field(
        default="",
        description="Bearer tokens of clients, comma-separated; none: loopback only, open.",
    )
    cors_origins: Annotated[str, NoDecode] = Field(
        default="", description="Origins of pages elsewhere that may call the API, comma-separated."
    )
    workflows: str = Field(
        default="",
        description="Own agents and workflows, as module:attribute; none: the sample accounts.",
    )
    mcp_servers: str = Field(
        default="", description="File that names MCP servers whose tools agents may use."
    )
    runtime: Literal["auto", "rules", "messages", "claude"] = Field(
        default="auto", description="What agents think with; auto: a model if one is configured."
    )
    model: str = Field(
        default="", description="<provider>:<model>; none: by the keys that are set."
    )
    model_base_url: str = Field(default="", description="Address of the model's API.")
    model_api_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the model's API; none: the provider's variable."
    )
    model_wire: Literal["", "anthropic", "openai"] = Field(
        default="", description="API that the model's address speaks, where there are two."
    )
    model_silence_seconds: float = Field(
        default=60, gt=0, description="Longest silence of a model provider in a call."
    )
    model_max_calls: int = Field(
        default=100, ge=1, description="Calls of the model at the same time; more wait."
    )
    model_max_output_tokens: int = Field(
        default=0, ge=0, description="Longest answer of the model; 0 is the API's own limit."
    )
    claude_max_processes: int = Field(
        default=0,
        ge=0,
        description="Processes of Claude Code at the same time; 0 is what half the memory holds.",
    )
    claude_rest_seconds: float = Field(
        default=120, ge=0, description="How long one waits for the next run of its thread; 0 never."
    )
    dev_agents: bool = Field(
        default=False, description="Offer the workflow `script` for tests and demos."
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "pretty"] = Field(
        default="auto", description="JSON lines, or pretty; auto is pretty on a terminal."
    )
    max_active_runs: int = Field(
        default=100, ge=1, description="Runs at work at the same time; more wait."
    )
    lease_seconds: float = Field(
        default=10, ge=1, le=600, description="A dead replica's runs go on elsewhere after this."
    )
    max_queued_runs: int = Field(default=1000, ge=0, description="Runs that may wait; then 429.")
    max_runs_total: int = Field(
        default=0,
        ge=0,
        description="Runs at work on all servers together; then 429. 0 is any number.",
    )
    max_body_bytes: int = Field(
        default=16 * 1024 * 1024, ge=1024, description="Largest request body."
    )
    flush_interval_ms: int = Field(
        default=30, ge=0, le=1000, description="Deltas go out this often at most."
    )
    agent_attempts: int = Field(
        default=3, ge=1, le=20, description="Attempts of an agent in a row."
    )
    breaker_faults: int = Field(
        default=5,
        ge=0,
        le=100,
        description="Faults within a minute that open a model provider's circuit; 0 is never.",
    )
    breaker_open_seconds: float = Field(
        default=5, gt=0, le=120, description="First time that a circuit is open; it doubles."
    )
    retention_days: float = Field(
        default=0, ge=0, description="Ended runs older than this are deleted; 0 keeps them."
    )
    compact_after_hours: float = Field(
        default=24, ge=0, description="Logs of runs that ended longer ago are made short; 0 never."
    )
    run_timeout_seconds: float = Field(default=3600, gt=0, description="Longest leg of a run.")
    agent_timeout_seconds: float = Field(default=900, gt=0, description="Longest attempt.")
    agent_idle_seconds: float = Field(
        default=180, gt=0, description="Longest silence of an agent at work."
    )
    agent_pause_ms: int = Field(
        default=350,
        ge=0,
        le=10_000,
        description="Pause between the steps of the rules agents, for the reader.",
    )
    budget_tokens: int = Field(
        default=0, ge=0, description="Tokens that a run may use; 0 is any number."
    )
    budget_cost_usd: float = Field(
        default=0, ge=0, description="US dollars that a run's model calls may cost; 0 is any."
    )
    budget_tool_calls: int = Field(
        default=0, ge=0, description="Tool calls that a run may make; 0 is any number."
    )
    budget_seconds: float = Field(
        default=0, ge=0, description="Seconds that a run may be at work; 0 is any number."
    )
    prices_file: Path | None = Field(
        default=None, description="Prices of models (TOML) that come before the packaged ones."
    )
    on_busy: Literal["reject", "enqueue", "interrupt", "rollback"] = Field(
        default="reject", description="A new run on a busy thread, if the request does not say."
    )
    duplicates: Literal["attach", "reject"] = Field(
        default="attach", description="A repeated request joins its run, or gets 409."
    )

    @property
    def token_list(self) -> tuple[str, ...]:
        """The tokens, one by one."""
        return _split(self.tokens)

    @property
    def cors_origin_list(self) -> tuple[str, ...]:
        """The origins, one by one."""
        return _split(self.cors_origins)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
