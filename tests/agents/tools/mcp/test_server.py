"""Tools of a real MCP server, over both transports."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sergas.agents.tools.mcp.server import McpServer, kept
from sergas.agents.tools.mcp.settings import McpSettings
from sergas.agents.tools.running import ToolBox
from sergas.core.chunks import ToolResult
from sergas.core.errors import AgentFailed, ToolFailed
from sergas.core.json import Json, as_object, decode
from tests.agents.tools.boxes import a_box, a_call, result_of, said
from tests.agents.tools.mcp.reach import (
    HttpServer,
    by_process,
    by_url,
    http_server,
    is_alive,
    refusing_server,
    until,
    until_down,
    until_up,
    variables,
)
from tests.server import free_port


@pytest.fixture(scope="module")
def over_http() -> Generator[HttpServer]:
    """Give a server that the tests share; none of them ends it."""
    with http_server(free_port()) as running:
        yield running


@pytest.fixture(params=["stdio", "http"])
def settings(request: pytest.FixtureRequest, over_http: HttpServer) -> McpSettings:
    """Give each way to the server."""
    return by_process() if request.param == "stdio" else by_url(over_http.port)


@asynccontextmanager
async def connected(settings: McpSettings) -> AsyncGenerator[ToolBox]:
    server = McpServer("count", settings)
    async with kept([server]):
        await until_up(server)
        yield a_box(*server.tools())


async def test_tools_are_named_for_their_server_and_described_as_it_says(
    settings: McpSettings,
) -> None:
    async with connected(settings) as box:
        schemas = {schema.name: schema for schema in box.schemas}

    assert schemas["count_add"].description == "Add two numbers."
    assert schemas["count_add"].parameters["required"] == ["a", "b"]
    assert schemas["count_odd_name"].description == "Have a name that models do not take."
    assert "count_secret" not in schemas


async def test_results_are_json_text_or_contents(settings: McpSettings) -> None:
    async with connected(settings) as box:
        added = await _content(box, "count_add", a=2, b=3)
        picture = await _content(box, "count_picture")

    assert decode(added) == {"sum": 5}
    assert decode(picture) == {
        "result": "A point.",
        "contents": [
            {
                "type": "image",
                "mimeType": "image/png",
                "bytes": 4,
                "note": "Not shown to the model.",
            }
        ],
    }


async def test_a_tool_that_fails_is_a_failure_in_its_words(settings: McpSettings) -> None:
    async with connected(settings) as box:
        failed = await result_of(box, a_call("count_fail"))
        wrong = await result_of(box, a_call("count_add", a=1))

    assert (failed.is_error, failed.content) == (True, "Error executing tool fail")
    assert wrong.is_error
    assert '"b" is a required property' in wrong.content


async def test_a_call_carries_its_idempotency_key(settings: McpSettings) -> None:
    async with connected(settings) as box:
        first = await _content(box, "count_key")
        second = await _content(box, "count_key")

    assert len(first) == 32
    assert first == second


async def test_a_call_that_is_stopped_is_stopped_there_too(
    settings: McpSettings, tmp_path: Path
) -> None:
    async with connected(settings) as box:
        calls = box.sort([a_call("count_wait", folder=str(tmp_path))]).to_run
        waiting = asyncio.ensure_future(said(box, calls))
        await until((tmp_path / "begun").exists)

        waiting.cancel()

        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until((tmp_path / "ended").exists)
        assert decode(await _content(box, "count_add", a=1, b=1)) == {"sum": 2}


async def test_a_call_that_takes_too_long_has_failed_and_the_next_one_works(
    over_http: HttpServer, tmp_path: Path
) -> None:
    async with connected(by_url(over_http.port, timeout_s=0.3)) as box:
        late = await result_of(box, a_call("count_wait", folder=str(tmp_path)))
        added = await _content(box, "count_add", a=1, b=1)

    assert late.content == "Tool 'count_wait' took longer than 0.3 s and was stopped."
    assert decode(added) == {"sum": 2}


async def test_long_results_are_cut_and_approvals_asked(over_http: HttpServer) -> None:
    settings = by_url(over_http.port, tools={"many": "never", "add": "always"}, max_result_chars=10)
    async with connected(settings) as box:
        many = await _content(box, "count_many")
        turn = box.sort([a_call("count_add", a=1, b=1)])

    assert many == "x" * 10 + "\n[Cut: the first 10 of 1000 characters.]"
    assert len(turn.to_approve) == 1


async def test_many_calls_share_a_connection(settings: McpSettings) -> None:
    async with connected(settings) as box:
        turn = box.sort([a_call("count_add", f"c{number}", a=number, b=1) for number in range(20)])
        results = await said(box, turn.to_run)

    sums = {one.call_id: decode(one.content) for one in results if isinstance(one, ToolResult)}
    assert sums == {f"c{number}": {"sum": number + 1} for number in range(20)}


async def test_a_process_finds_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SERGAS_TOKENS", "secret")

    async with connected(by_process(env={"REGION": "eu"})) as box:
        found = as_object(decode(await _content(box, "count_environment")))

    assert variables({name: str(value) for name, value in found.items()}) == {"REGION"}


async def test_a_process_that_died_is_started_again_and_the_call_fails_in_words() -> None:
    server = McpServer("count", by_process())
    async with kept([server]):
        await until_up(server)
        box = a_box(*server.tools())
        first = int(await _content(box, "count_who"))

        died = await result_of(box, a_call("count_die"))
        await until_down(server)
        meanwhile = await result_of(box, a_call("count_who"))
        await until_up(server)
        second = int(await _content(box, "count_who"))

    assert died.content == "The tool server 'count' did not do it: Connection closed."
    assert meanwhile.is_error
    assert meanwhile.content.startswith("The tool server 'count' does not answer: ")
    assert first != second
    await until(lambda: not is_alive(second))


async def test_a_process_that_was_killed_between_calls_is_started_again_before_the_next() -> None:
    server = McpServer("count", by_process())
    async with kept([server]):
        await until_up(server)
        box = a_box(*server.tools())
        first = int(await _content(box, "count_who"))

        os.kill(first, signal.SIGKILL)
        await until_down(server)
        await until_up(server)
        second = int(await _content(box, "count_who"))

    assert first != second


async def test_a_server_that_went_away_is_found_again_when_it_is_back() -> None:
    with http_server(free_port()) as there:
        server = McpServer("count", by_url(there.port))
        async with kept([server]):
            await until_up(server)
            box = a_box(*server.tools())

            there.end()
            gone = await result_of(box, a_call("count_add", a=1, b=1))
            await until_down(server)
            with pytest.raises(ToolFailed, match="does not answer: All connection attempts failed"):
                await server.check()
            there.start()
            await until_up(server)
            back = await _content(box, "count_add", a=1, b=1)

    assert gone.is_error
    assert decode(back) == {"sum": 2}


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        (
            by_process(command="no-such-command"),
            "'no-such-command' cannot be started: No such file or directory",
        ),
        (by_process(command="false", args=[]), "Connection closed"),
        (by_url(9), "All connection attempts failed"),
    ],
)
async def test_an_agent_that_needs_a_server_that_never_answered_fails_and_may_try_again(
    settings: McpSettings, fault: str
) -> None:
    server = McpServer("count", settings)
    async with kept([server]):
        with pytest.raises(AgentFailed, match=fault) as failed:
            server.tools()
        with pytest.raises(ToolFailed, match=fault):
            await server.check()

    assert failed.value.recoverable
    assert failed.value.code == "tool_server_unavailable"


async def test_a_server_that_refuses_is_told_with_its_status() -> None:
    with refusing_server() as port:
        server = McpServer("count", by_url(port))
        async with kept([server]):
            with pytest.raises(ToolFailed, match="its last HTTP status was 401"):
                await server.check()


async def test_a_tool_that_the_server_lacks_is_told(over_http: HttpServer) -> None:
    settings = by_url(over_http.port, tools={"add": "never", "subtract": "never"})
    server = McpServer("count", settings)
    async with kept([server]):
        assert await server.check() == "1 tools; it has no subtract"
        assert [tool.name for tool in server.tools()] == ["count_add"]


async def test_after_a_failure_the_server_is_asked_again_what_it_has() -> None:
    settings = by_process(tools={"learn": "never", "subtract": "never"})
    server = McpServer("count", settings)
    async with kept([server]):
        await until_up(server)

        failed = await result_of(a_box(*server.tools()), a_call("count_learn"))
        await until(lambda: len(server.tools()) == 2)

        assert await server.check() == "2 tools"
    assert failed.content == "The tool server 'count' did not do it: I learnt something."


async def _content(box: ToolBox, name: str, **arguments: Json) -> str:
    result = await result_of(box, a_call(name, **arguments))
    assert not result.is_error, result.content
    return result.content
