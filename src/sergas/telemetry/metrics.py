"""The Prometheus metrics, all in one place; the first four names are the blueprint's.

Oddity: prometheus_client keeps metrics in a registry of the process, so these are module-level.
"""

from prometheus_client import Counter, Enum, Gauge, Histogram

_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
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


def observe_agent(agent: str, seconds: float, *, is_success: bool) -> None:
    """Count an attempt of an agent and its time."""
    AGENT_DURATION.labels(agent_type=agent).observe(seconds)
    AGENT_ATTEMPTS.labels(agent_type=agent, outcome="success" if is_success else "failure").inc()
