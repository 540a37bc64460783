"""What CopilotKit's own client shows of the conformance scenarios, at either side."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ag_ui_validate.pytest_plugin import validate_agui

from tests.comparison.sides import one
from tests.conformance.clients import Clients, Page, Report
from tests.conformance.scenarios import SCENARIOS, Scenario
from tests.conformance.steps import connect
from tests.conformance.wire import events

_TRIED = (
    *("success", "two parallel agents", "tool call", "frontend tool", "two frontend tools"),
    *("reasoning", "second turn", "interrupt, resume", "interrupt, reload, resume"),
    *(
        "expired interrupt, reload",
        "cancel",
        "cancel, another run",
        "agent error",
        "run error",
        "unknown thread",
    ),
    "join mid-run",
)


def verdicts(name: str, folder: Path) -> Mapping[str, tuple[str, str]]:
    """Return, by scenario, what the client shows and what ag-ui-validate says of the stream."""
    chosen = [scenario for scenario in SCENARIOS if scenario.name in _TRIED]
    clients = Clients()
    with one(name, folder) as side:
        found = {
            scenario.name: (
                _shown(clients.play_alone("core rest", _reloaded(scenario), side), scenario),
                _judged(clients.play_alone("bytes 0.0.59", scenario, side)),
            )
            for scenario in chosen
        }
    clients.close()
    return found


def _reloaded(scenario: Scenario) -> Scenario:
    return replace(scenario, steps=[*scenario.steps, connect("reload at the end")])


def _shown(report: Report, scenario: Scenario) -> str:
    pairs = zip(report.outcomes, scenario.outcomes, strict=False)
    wrong = [f"{_plain(got)} instead of {wanted}" for got, wanted in pairs if got != wanted]
    if report.outcomes[-1] == "no end":
        wrong.append("a reload's stream has no end")
    pages = dict(report.pages)
    fresh = pages.pop("reload at the end")
    current = next(page for name, page in pages.items() if name not in scenario.stale)
    return "; ".join([*wrong, *report.complaints, *_differences(current, fresh)]) or "ok"


def _differences(page: Page, fresh: Page) -> Iterator[str]:
    here, there = page.by_id, fresh.by_id
    if here.keys() != there.keys():
        yield f"a reload shows {len(there)} of {len(here)} messages"
    elif list(here) != list(there):
        yield "a reload shows another order"
    elif here != there:
        yield "a reload shows other messages"
    if page.state != fresh.state:
        yield "a reload has another state"


def _judged(report: Report) -> str:
    found: set[str] = set()
    for answer in report.streams:
        if answer.data and not answer.isJoin:
            # A resumed run may answer a call of the run before, which the judge does not see.
            overrides = {"AGUI207": "off"} if answer.isAnswer else None
            verdict = validate_agui(list(events(answer.data)), severity_overrides=overrides)
            found |= {
                _plain(each.message) for each in verdict.diagnostics if each.severity != "info"
            }
    return "; ".join(sorted(found)) or "ok"


def _plain(text: str) -> str:
    """Leave out ids and times, which are other ones every time."""
    return re.sub(r"'?[0-9a-f]{8}-[0-9a-f]{4}-\S+'?| at \d{4}-\S+", "", text).replace("  ", " ")
