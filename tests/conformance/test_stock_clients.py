"""Every scenario, taken whole by both stock AG-UI clients, and byte by byte by two validators."""

import pytest
from ag_ui_validate.pytest_plugin import assert_valid_agui

from tests.conformance.drive import Dialect, Server, Version, raw_stream, stock_client
from tests.conformance.scenarios import (
    CANCEL,
    INTERRUPT,
    PARALLEL,
    SCENARIOS,
    Request,
    Scenario,
    count,
    interrupt_id,
)
from tests.conformance.wire import Expected, events, problems

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
both_clients = pytest.mark.parametrize("version", ["1.0.0", "0.0.59"])
both_dialects = pytest.mark.parametrize("dialect", ["1.0", "0.0.59"])


@every_scenario
@both_clients
def test_a_stock_client_takes_the_run_without_complaint(
    server: Server, scenario: Scenario, version: Version
):
    report = stock_client(server, Request(scenario), version)

    assert report.rejected is None
    assert report.warnings == []
    assert report.unhandled == []
    assert [event["type"] for event in report.terminal] == [scenario.ends_with]
    assert {type_: report.seen.get(type_, 0) for type_ in scenario.counts} == scenario.counts
    assert report.assistant_chars() in scenario.chars
    assert "workflow" in report.stateKeys


@every_scenario
@both_dialects
def test_every_byte_of_the_run_is_conformant(server: Server, scenario: Scenario, dialect: Dialect):
    request = Request(scenario)

    stream = raw_stream(server, request, dialect)

    expected = Expected(request.thread_id, request.run_id, dialect)
    assert problems(stream, expected) == []
    assert_valid_agui(list(events(stream)), max_warnings=0)
    seen = count(events(stream))
    assert {type_: seen[type_] for type_ in scenario.counts} == scenario.counts


def test_parallel_agents_both_start_before_either_finishes(server: Server):
    stream = raw_stream(server, Request(PARALLEL), "1.0")

    types = [event["type"] for event in events(stream)]
    starts = [place for place, type_ in enumerate(types) if type_ == "SUBAGENT_STARTED"]
    assert max(starts) < types.index("SUBAGENT_FINISHED")


def test_a_new_client_is_told_that_its_run_was_cancelled(server: Server):
    report = stock_client(server, Request(CANCEL), "1.0.0")

    assert report.terminal[0]["outcome"] == {"type": "cancelled"}


@both_clients
def test_an_answered_interrupt_lets_the_agent_finish(server: Server, version: Version):
    question = Request(INTERRUPT)

    asked = stock_client(server, question, version)
    answered = stock_client(server, question.answer(interrupt_id(asked.terminal[0])), version)

    assert (asked.rejected, answered.rejected) == (None, None)
    assert answered.warnings == []
    assert answered.terminal[0]["outcome"] == {"type": "success"}
    assert answered.assistant_chars() == 240


@both_dialects
def test_every_byte_of_an_answered_run_is_conformant(server: Server, dialect: Dialect):
    question = Request(INTERRUPT)
    answer = question.answer(interrupt_id(events(raw_stream(server, question, dialect))[-1]))

    stream = raw_stream(server, answer, dialect)

    assert problems(stream, Expected(answer.thread_id, answer.run_id, dialect)) == []
    assert_valid_agui(list(events(stream)), max_warnings=0)
