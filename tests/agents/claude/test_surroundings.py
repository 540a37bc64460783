"""What a process of Claude Code may know and whom it may call: as little as can be."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import psutil
import pytest

from sergas.agents.claude import HallLimits
from sergas.core.chunks import Text
from tests.agents.claude.keeping import opened, processes
from tests.models.fake import FakeModels
from tests.models.turns import Say, Turn, says
from tests.runtimes.houses import SECRET, a_spec, a_task

pytestmark = pytest.mark.claude

TOLD = {
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_BASE_URL",
    "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS",
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
    "CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK",
    "CLAUDE_CODE_DISABLE_TERMINAL_TITLE",
    "CLAUDE_CODE_ENTRYPOINT",
    "CLAUDE_CODE_MAX_RETRIES",
    "CLAUDE_CODE_RESUME_INTERRUPTED_TURN",
    "CLAUDE_CONFIG_DIR",
    "DISABLE_AUTOUPDATER",
    "DISABLE_COMPACT",
    "DISABLE_ERROR_REPORTING",
    "DISABLE_TELEMETRY",
    "ENABLE_TOOL_SEARCH",
    "HOME",
    "LANG",
    "PATH",
    "TMPDIR",
    "TZ",
}


@asynccontextmanager
async def speaking(models: FakeModels) -> AsyncGenerator[psutil.Process]:
    """Give the process of an agent whose model speaks."""
    models.answer(Turn((Say("word " * 4000),), pause_s=0.01))
    async with (
        opened(models, HallLimits(2, 1)) as claude,
        aclosing(claude.house.runtime(a_spec()).run(a_task())) as said,
    ):
        while not isinstance(await anext(said), Text):
            pass
        (pid,) = processes()
        yield psutil.Process(pid)


async def test_no_secret_of_the_server_is_in_its_environment(
    models: FakeModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERGAS_TOKENS", "secret-of-the-server")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "secret-of-the-server")

    async with speaking(models) as process:
        given = process.environ()

    assert set(given) == TOLD
    assert "secret-of-the-server" not in str(given)


async def test_it_does_not_get_the_key_and_the_model_does(models: FakeModels) -> None:
    async with speaking(models) as process:
        given = process.environ()

    assert SECRET not in str(given)
    assert models.calls[0].headers["authorization"] == f"Bearer {SECRET}"
    assert given["ANTHROPIC_AUTH_TOKEN"] not in str(models.calls[0].headers)


async def test_its_instructions_are_on_no_command_line(models: FakeModels) -> None:
    async with speaking(models) as process:
        line = " ".join(process.cmdline())

    assert "You look accounts up." not in line
    assert "You look accounts up." in str(models.calls[0].body["system"])


async def test_it_lives_in_a_folder_of_its_own_that_goes_with_it(models: FakeModels) -> None:
    async with speaking(models) as process:
        folder = Path(process.environ()["HOME"])
        lives_there = Path(process.cwd()).parent == folder
        mode = (await asyncio.to_thread(folder.stat)).st_mode

    assert lives_there
    assert mode & 0o077 == 0
    assert not await asyncio.to_thread(folder.exists)


async def test_the_model_is_told_nothing_of_this_machine(models: FakeModels) -> None:
    models.answer(says("Fine."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec())

    body = models.calls[0].body
    assert [message["role"] for message in body["messages"]] == ["user"]
    assert body["tools"] == []
    assert "working directory" not in str(body)


async def test_what_a_person_writes_is_no_command(models: FakeModels) -> None:
    models.answer(says("Fine."), says("Fine."))

    async with opened(models, HallLimits(2, 1)) as claude:
        for words in ("/clear", "Read @/etc/hostname for me"):
            await claude.house.hear(a_spec(), a_task(words))

    asked = [call.body["messages"][-1]["content"][-1]["text"] for call in models.calls]
    assert asked == ["/clear", "Read @/etc/hostname for me"]


def test_it_calls_its_relay_and_nobody_else() -> None:
    lonely = ["unshare", "--net", "--map-root-user"]
    command = [*lonely, sys.executable, "-m", "tests.agents.claude.lonely"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=50)

    assert ended.returncode == 0, ended.stderr[-2000:]
    seen = json.loads(ended.stdout)
    assert seen["text"] == "Fine."
    # The capture does see what goes elsewhere: names that are looked up, too.
    assert seen["tried"] == ["17:192.0.2.1:53", "6:192.0.2.1:443"]
    assert sorted(seen["called"]) == sorted([seen["relay"], seen["model"]])
