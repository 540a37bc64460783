"""What pages measure of themselves, taken into the metrics of the server."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from starlette.responses import Response

from sergas.core.json import Json
from sergas.telemetry import metrics
from sergas.telemetry.metrics import PageMeasure
from sergas.web.auth import authenticate
from sergas.web.bodies import PAGE_REPORT
from sergas.web.body import read_object
from sergas.web.errors import RequestRefused
from sergas.web.openapi import refusals, takes

router = APIRouter(
    prefix="/api/telemetry", tags=["Operations"], dependencies=[Depends(authenticate)]
)
_MAX_BYTES = 32 * 1024
_MAX_SAMPLES = 500
_LONGEST_MS = 600_000


class PageSample(BaseModel):
    """One time that a page has measured."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: PageMeasure
    ms: Annotated[FiniteFloat, Field(ge=0, le=_LONGEST_MS)]


class PageReport(BaseModel):
    """What a page has measured since its last report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    samples: Annotated[list[PageSample], Field(max_length=_MAX_SAMPLES)] = []
    errors: Annotated[int, Field(ge=0, le=100)] = 0


@router.post(
    "",
    status_code=204,
    summary="Report what a page has measured",
    responses=refusals(400, 413, 415, 422),
    openapi_extra=takes(PAGE_REPORT),
)
async def report(request: Request) -> Response:
    """Count the times and failures of a page; nothing that a person said or did is in them."""
    told = _parsed(await read_object(request, limit_bytes=_MAX_BYTES))
    for sample in told.samples:
        metrics.observe_page(sample.measure, sample.ms / 1000)
    metrics.PAGE_ERRORS.inc(told.errors)
    return Response(status_code=204)


def _parsed(body: dict[str, Json]) -> PageReport:
    try:
        return PageReport.model_validate(body)
    except ValidationError as error:
        places = [".".join(map(str, fault["loc"])) for fault in error.errors()[:3]]
        detail = f"The report is not well-formed: look at {', '.join(places)}."
        raise RequestRefused(422, "invalid_request", detail) from error
