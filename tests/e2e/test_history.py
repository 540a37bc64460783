"""What a reload restores: cards, tool calls, and questions that still wait for an answer."""

import re
from collections.abc import Mapping
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import save_screenshot
from tests.server import Server
from tests.streams import run_body, stream


def test_tool_and_activity_cards_come_back_from_history(page: Page, console_server: Server) -> None:
    open_thread(page, console_server, {"name": "alpha", "deltas": 4, "tools": 2})

    for _ in range(2):
        expect(page.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")
        expect(page.get_by_test_id("tool-block")).to_contain_text("2 tool calls")
        page.get_by_test_id("tool-block").get_by_role("button").first.click()
        calls = page.get_by_test_id("tool-block").get_by_test_id("tool-call")
        expect(calls).to_have_count(2)
        calls.first.get_by_role("button").click()
        expect(calls.first).to_contain_text('"square"')
        expect(page.get_by_test_id("assistant-turn").last).to_contain_text("every delta")
        page.reload()


def test_a_question_is_answered_after_a_reload(page: Page, console_server: Server) -> None:
    asking = {"name": "beta", "deltas": 4, "interrupt": "May I write to the CRM?"}
    thread = open_thread(page, console_server, {"name": "alpha", "deltas": 2}, asking)
    expect(page.get_by_test_id("approval")).to_contain_text("May I write to the CRM?")

    page.reload()
    expect(page.get_by_test_id("approval")).to_contain_text("May I write to the CRM?")
    save_screenshot(page, "22-question")
    page.get_by_label("Note to the agent").fill("Only this once")
    page.get_by_role("button", name="Approve", exact=True).click()

    expect(page.get_by_test_id("approval")).to_have_count(0)
    expect(page.get_by_test_id("workflow-card").last).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("every delta")
    newest, asked = console_server.get(f"/api/runs?thread={thread}").json()["runs"]
    assert (newest["status"], newest["retryOf"]) == ("completed", asked["id"])
    events = console_server.get(f"/api/runs/{newest['id']}/events").text
    assert re.findall(r'"SUBAGENT_STARTED","subagentRunId":"[^"]*","name":"(\w+)"', events) == [
        "beta"
    ]
    answered = console_server.get(f"/api/copilotkit/threads/{thread}/messages").json()["messages"]
    assert [m["role"] for m in answered].count("user") == 1


def test_a_question_that_was_answered_elsewhere_is_not_asked_again(
    page: Page, console_server: Server
) -> None:
    asking = {"name": "beta", "deltas": 4, "interrupt": "Shall I go on?"}
    body = run_body(asking, threadId=f"thread-{uuid4()}")
    end = stream(console_server, body)[-1]
    page.goto(f"{console_server.url}/?thread={body['threadId']}")
    expect(page.get_by_test_id("approval")).to_contain_text("Shall I go on?")

    interrupt = end["outcome"]["interrupts"][0]["id"]
    resume = [{"interruptId": interrupt, "status": "resolved", "payload": True}]
    stream(console_server, body | {"resume": resume})
    page.reload()

    expect(page.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("approval")).to_have_count(0)


def open_thread(page: Page, server: Server, *agents: Mapping[str, object]) -> str:
    """Run a script to its end, as another program would, and open its conversation."""
    body = run_body(*agents)
    stream(server, body)
    page.goto(f"{server.url}/?thread={body['threadId']}")
    return body["threadId"]
