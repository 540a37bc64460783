"""Every scenario, with every stock client, and byte by byte by two judges."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import pytest
from ag_ui_validate.pytest_plugin import assert_valid_agui

from tests.conformance.clients import BYTES, STOCK, Clients, Page, Report, Stream
from tests.conformance.matrix import CELL
from tests.conformance.scenarios import SCENARIOS, Scenario
from tests.conformance.wire import Dialect, Expected, events, problem_faults, problems
from tests.server import Server
from tests.streams import stream

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
both_dialects = pytest.mark.parametrize("dialect", BYTES)

_CONNECT = "/api/copilotkit/agent/{agent}/connect"

Record = Callable[[str, object], None]
Take = Callable[[str], Mapping[str, Report]]


@pytest.fixture(scope="session")
def take(clients: Clients, servers: Mapping[str, Server]) -> Take:
    """Give what every kind of client made of a scenario; each is played once."""

    @cache
    def play(name: str) -> Mapping[str, Report]:
        scenario = next(scenario for scenario in SCENARIOS if scenario.name == name)
        return clients.play(scenario, servers[scenario.server])

    return play


@every_scenario
@pytest.mark.parametrize("client", STOCK)
def test_a_stock_client_takes_the_scenario_without_complaint(
    take: Take,
    servers: Mapping[str, Server],
    scenario: Scenario,
    client: str,
    record_property: Record,
):
    record_property(CELL, (scenario.name, client))

    report = take(scenario.name)[client]

    assert report.outcomes == scenario.outcomes
    assert [said for said in report.complaints if not _is_allowed(said, scenario)] == []
    assert {kind: report.seen.get(kind, 0) for kind in scenario.counts} == scenario.counts
    current = [page for name, page in report.pages.items() if name not in scenario.stale]
    server = servers[scenario.server]
    path = _CONNECT.format(agent=scenario.agent)
    differences = [
        line for page in current for line in _differences(page, _kept(server, path, page))
    ]
    assert "\n".join(differences) == ""
    assert current[0].chars in scenario.chars


@every_scenario
@both_dialects
def test_every_byte_of_the_scenario_is_as_promised(
    take: Take, scenario: Scenario, dialect: Dialect, record_property: Record
):
    record_property(CELL, (scenario.name, f"wire {dialect}"))

    report = take(scenario.name)[BYTES[dialect]]

    assert report.outcomes == scenario.outcomes
    assert {kind: report.seen.get(kind, 0) for kind in scenario.counts} == scenario.counts
    assert _faults(report, dialect) == []


@every_scenario
@both_dialects
def test_ag_ui_validate_has_no_warning(
    take: Take, scenario: Scenario, dialect: Dialect, record_property: Record
):
    record_property(CELL, (scenario.name, f"validate {dialect}"))

    for answer in take(scenario.name)[BYTES[dialect]].streams:
        if answer.data:
            # A resumed run may answer a call of the run before, which the judge does not see.
            overrides = {"AGUI207": "off"} if answer.isAnswer else None
            seen = list(events(answer.data))
            assert_valid_agui(seen, max_warnings=0, severity_overrides=overrides)


def test_parallel_agents_both_start_before_either_finishes(take: Take):
    stream = take("two parallel agents")["bytes 1.0"].streams[0]

    types = [event["type"] for event in events(stream.data)]

    starts = [place for place, kind in enumerate(types) if kind == "SUBAGENT_STARTED"]
    assert max(starts) < types.index("SUBAGENT_FINISHED")


def _is_allowed(complaint: str, scenario: Scenario) -> bool:
    return bool(scenario.complaint) and scenario.complaint in complaint


def _kept(server: Server, path: str, page: Page) -> Page:
    """Return what a new page would be shown of the thread."""
    body = {"threadId": page.thread}
    told = {event["type"]: event for event in stream(server, body, path)}
    messages = told["MESSAGES_SNAPSHOT"]["messages"]
    return Page(thread=page.thread, messages=messages, state=told["STATE_SNAPSHOT"]["snapshot"])


def _differences(shown: Page, kept: Page) -> Iterator[str]:
    here, there = shown.by_id, kept.by_id
    if list(here) != list(there):
        yield f"shows the messages {list(here)}, and the server keeps {list(there)}"
    for message_id in here.keys() & there.keys():
        if here[message_id] != there[message_id]:
            yield f"shows {here[message_id]}, and the server keeps {there[message_id]}"
    if shown.state != kept.state:
        yield f"shows the state {shown.state}, and the server keeps {kept.state}"


def _faults(report: Report, dialect: Dialect) -> Sequence[str]:
    found: list[str] = []
    told: Counter[str] = Counter()
    for answer in report.streams:
        if answer.problem is not None:
            found += problem_faults(answer.status, answer.problem.type, answer.problem.payload)
        elif answer.data or not answer.isJoin:
            expected = _expected(answer, dialect, told)
            found += problems(answer.data, expected)
            told[expected.run_id] = expected.after + len(events(answer.data))
    return found


def _expected(answer: Stream, dialect: Dialect, told: Counter[str]) -> Expected:
    # A join is told of the thread's latest run, whose id the request does not know.
    run_id = str(events(answer.data)[0].get("runId")) if answer.isJoin else answer.runId
    after = told[run_id] if answer.isAnswer else 0
    return Expected(answer.threadId, run_id, dialect, after, answer.isJoin)
