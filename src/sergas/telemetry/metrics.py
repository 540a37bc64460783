"""The Prometheus metrics, all in one place; the first four names are the blueprint's.

Oddity: prometheus_client keeps metrics in a registry of the process, so these are module-level.
"""

from collections.abc import Mapping
from enum import StrEnum

from prometheus_client import Counter, Enum, Gauge, Histogram

_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_PAGE_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 15, 60)
_RUN_BUCKETS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800)

REQUESTS = Counter(
    "copilotkit_requests_total",
    "HTTP requests by method, route and status",
    ["method", "endpoint", "status"],
)
REQUEST_DURATION = Histogram(
    "copilotkit_request_duration_seconds",
    "Time to the first byte of the answer, in seconds",
    ["method", "endpoint"],
    buckets=_LATENCY_BUCKETS,
)
ACTIVE_WORKFLOWS = Gauge("copilotkit_active_workflows", "Runs that this process is working off")
EVENT_LOOP_TASKS = Gauge(
    "sergas_event_loop_tasks",
    "Tasks on the event loop: those of requests, streams and runs, and some that are always there",
)
AGENT_DURATION = Histogram(
    "agent_execution_duration_seconds",
    "Time of one attempt of an agent, in seconds",
    ["agent_type"],
    buckets=_RUN_BUCKETS,
)
AGENT_ATTEMPTS = Counter(
    "sergas_agent_attempts_total", "Attempts of agents by how they ended", ["agent_type", "outcome"]
)
RUNS_ENDED = Counter(
    "sergas_runs_ended_total", "Legs of runs by how they ended", ["workflow", "status"]
)
PROVIDER_CALLS = Counter(
    "sergas_provider_calls_total",
    "What came of calls of model providers: answered, fault, refused",
    ["provider", "outcome"],
)
PROVIDER_CIRCUIT = Enum(
    "sergas_provider_circuit",
    "The circuit breaker of a model provider",
    ["provider"],
    states=["closed", "half_open", "open"],
)
RETENTION = Counter(
    "sergas_retention_total",
    "What retention did: legs swept, runs and calls deleted, runs compacted, events merged away",
    ["done"],
)
MODEL_CALLS = Counter("sergas_model_calls_total", "Calls of models", ["provider", "model"])
MODEL_TOKENS = Counter(
    "sergas_model_tokens_total",
    "Tokens that models used: input, cached_input, cache_write_input, output; no token is in two",
    ["provider", "model", "kind"],
)
MODEL_COST = Counter(
    "sergas_model_cost_usd_total", "What priced calls of models cost", ["provider", "model"]
)
MODEL_UNPRICED = Counter(
    "sergas_model_unpriced_tokens_total",
    "Tokens of calls whose cost is not known",
    ["provider", "model"],
)
BUDGETS = Counter(
    "sergas_budgets_total",
    "Runs that came near a limit of their budget, or were ended by it",
    ["limit", "outcome"],
)
PAGE_TIMES = Histogram(
    "sergas_page_seconds",
    "Times that pages measure of themselves, in seconds",
    ["measure"],
    buckets=_PAGE_BUCKETS,
)
PAGE_ERRORS = Counter("sergas_page_errors_total", "Parts of pages that broke and were fenced off")


class PageMeasure(StrEnum):
    """What a page measures: the page's own load, its streams, and how it answers people."""

    PAGE_FIRST_BYTE = "page_first_byte"
    STREAM_FIRST_BYTE = "stream_first_byte"
    CHUNK_INTERVAL = "chunk_interval"
    LONG_FRAME = "long_frame"
    INTERACTION = "interaction"


def observe_page(measure: PageMeasure, seconds: float) -> None:
    """Count a time that a page has measured."""
    PAGE_TIMES.labels(measure=measure.value).observe(seconds)


def observe_agent(agent: str, seconds: float, *, is_success: bool) -> None:
    """Count an attempt of an agent and its time."""
    AGENT_DURATION.labels(agent_type=agent).observe(seconds)
    AGENT_ATTEMPTS.labels(agent_type=agent, outcome="success" if is_success else "failure").inc()


def observe_usage(
    provider: str,
    model: str,
    *,
    calls: int,
    tokens: Mapping[str, int],
    cost_usd: float,
    unpriced_tokens: int,
) -> None:
    """Count what a model call used; a later report that takes something back counts nothing."""
    labels = {"provider": provider, "model": model}
    MODEL_CALLS.labels(**labels).inc(max(0, calls))
    for kind, count in tokens.items():
        MODEL_TOKENS.labels(**labels, kind=kind).inc(max(0, count))
    MODEL_COST.labels(**labels).inc(max(0, cost_usd))
    MODEL_UNPRICED.labels(**labels).inc(max(0, unpriced_tokens))


def observe_budget(limit: str, outcome: str) -> None:
    """Count a run that came near a limit of its budget, or was ended by it."""
    BUDGETS.labels(limit=limit, outcome=outcome).inc()
