"""Operations: liveness, readiness, health in the blueprint's form, metrics."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from importlib.metadata import version

import psutil
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sergas.core.json import Json
from sergas.web.auth import CallerOf
from sergas.web.door import door_of
from sergas.web.openapi import OPEN, PROBLEM, refusals
from sergas.web.server_shapes import Health

router = APIRouter(tags=["Operations"])
_CHECK_TIMEOUT_S = 2.0
_CAPABILITIES = [
    "ag_ui_protocol",
    "copilotkit_runtime",
    "multi_agent",
    "real_time_streaming",
    "resumable_streams",
    "durable_runs",
    "cancel",
    "retry",
    "interrupts",
    "threads",
]


@router.get(
    "/livez",
    summary="The process answers",
    response_class=PlainTextResponse,
    openapi_extra=OPEN,
)
async def livez() -> PlainTextResponse:
    """Say ok."""
    return PlainTextResponse("ok")


@router.get(
    "/readyz",
    summary="The server can take runs",
    response_class=PlainTextResponse,
    responses={503: {"description": "It cannot", "content": {**PROBLEM, "text/plain": {}}}},
    openapi_extra=OPEN,
)
async def readyz(request: Request) -> Response:
    """Check what a run needs; 503 names what is missing."""
    if door_of(request).leaving.is_set():
        return PlainTextResponse("not ready: the server is leaving", 503)
    components = await _components(door_of(request).checks)
    missing = [name for name, component in components.items() if component["status"] != "healthy"]
    if missing:
        return PlainTextResponse(f"not ready: {', '.join(missing)}", 503)
    return PlainTextResponse("ready")


@router.get(
    "/metrics",
    summary="Prometheus metrics",
    response_class=PlainTextResponse,
    responses=refusals(),
)
async def metrics(caller: CallerOf) -> Response:
    """Return the metrics of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get(
    "/health/enhanced",
    summary="Health with details",
    response_model=Health,
    responses={
        **refusals(),
        503: {"model": Health, "description": "Not all is well", "content": {**PROBLEM}},
    },
)
async def health(request: Request, caller: CallerOf) -> JSONResponse:
    """Check every component and tell what this process uses."""
    door = door_of(request)
    components = await _components({**door.checks, **door.side_checks})
    is_healthy = all(component["status"] == "healthy" for component in components.values())
    process = psutil.Process(os.getpid())
    described: dict[str, Json] = {
        "status": "healthy" if is_healthy else "degraded",
        "version": version("sergas"),
        "timestamp": int(time.time()),
        "components": components,
        "active_workflows": len(door.engine.active),
        "providers": door.engine.providers.described(),
        "runtime": door.runtime,
        "model": door.model,
        "memory": {
            "rss_bytes": process.memory_info().rss,
            "system_percent": psutil.virtual_memory().percent,
        },
        "cpu": {
            "process_seconds": sum(process.cpu_times()[:2]),
            "system_percent": psutil.cpu_percent(None),
        },
        "capabilities": _CAPABILITIES,
        "workflows": list(door.workflows),
        "limits": dict(door.limits),
    }
    return JSONResponse(described, 200 if is_healthy else 503)


async def _components(
    checks: Mapping[str, Callable[[], Awaitable[str]]],
) -> dict[str, dict[str, Json]]:
    return {name: await _checked(check) for name, check in checks.items()}


async def _checked(check: Callable[[], Awaitable[str]]) -> dict[str, Json]:
    began = time.perf_counter()
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            detail, status = await check(), "healthy"
    except Exception as error:  # noqa: BLE001 - an unhealthy component is what this reports
        detail, status = f"{type(error).__name__}: {error}", "unhealthy"
    return {
        "status": status,
        "detail": detail,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }
