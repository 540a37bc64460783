"""What happens to a run: each function asks a side one question and says what it saw."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import httpx

from tests.comparison.sides import THEIRS, Side, one, superseding, two
from tests.comparison.streams import Json, body, call, connect, refusal, speaker, start

Probe: TypeAlias = Callable[[str, Path], str]

_TEXT = "TEXT_MESSAGE_CONTENT"
_LIST = "/threads?agentId=script"
_LONG_S = 60.0
_CHARS_A_SECOND = 1200


def killed(name: str, folder: Path) -> str:
    """Kill the server in the middle of a run, start it again, and load the page."""
    return _restarted(name, folder, lambda side: side.kill())


def restarted(name: str, folder: Path) -> str:
    """End the server as an operator does, in the middle of a run."""
    return _restarted(name, folder, lambda side: side.stop())


def asked_and_killed(name: str, folder: Path) -> str:
    """Kill the server while a person is asked, start it again, and load the page."""
    with one(name, folder) as side:
        request = body(speaker(0.2, interrupt="May I?"))
        start(side, request).whole().leave()
        side.kill()
        side.start()
        page = connect(side, request["threadId"]).whole().leave()
        is_asked = any("interrupts" in (event.get("outcome") or {}) for event in page.events)
        return "The question is there." if is_asked else f"A reload: {page.end}."


def two_processes(name: str, folder: Path) -> str:
    """Start a run at one process, and send the page's next requests to another one."""
    with two(name, folder) as (here, there):
        request = body(speaker(_LONG_S))
        page = start(here, request).until(_TEXT, 5)
        joined = connect(there, request["threadId"]).until(_TEXT)
        shown = "what was said, and the live tail" if joined.chars else joined.end
        listed = call(there, "GET", _LIST).json()["threads"]
        answer = call(there, "POST", f"/agent/script/stop/{request['threadId']}", {}).json()
        call(here, "POST", f"/agent/script/stop/{request['threadId']}", {})
        for stream in (page.whole(), joined.whole()):
            stream.leave()
        return f"connect: {shown}. {_listed(listed)} stop: `stopped: {_json(answer['stopped'])}`."


def left(name: str, folder: Path) -> str:
    """Close the page in the middle of a run, and load it again."""
    with one(name, folder) as side:
        request = body(speaker(1.5))
        start(side, request).until(_TEXT, 3).leave()
        page = connect(side, request["threadId"]).whole().leave()
        return f"The run goes on. {_told(page.chars, 1.5)}; {page.end}."


def continued(name: str, folder: Path) -> str:
    """Continue a stream that broke, with the `Last-Event-ID` of the last event that came."""
    with one(name, folder) as side:
        request = body(speaker(1.5))
        page = start(side, request).until(_TEXT, 20).leave()
        cursor = {"Last-Event-ID": f"{request['runId']}:{len(page.events)}"}
        rest = connect(side, request["threadId"], **cursor).whole().leave()
        again = rest.chars + page.chars - int(1.5 * _CHARS_A_SECOND)
        return f"{again} of the {page.chars} characters that the page has come again; {rest.end}."


def busy(name: str, folder: Path) -> str:
    """Start a second run on a thread that is busy with one."""
    with one(name, folder) as side:
        request = body(speaker(1.5))
        page = start(side, request).until(_TEXT, 3)
        second = start(side, body(speaker(0.2), threadId=request["threadId"])).whole().leave()
        return f"The second: {second.end}. The first: {page.whole().leave().end}."


def replaced(name: str, folder: Path) -> str:
    """Start a second run that is to take the first one's place."""
    with superseding(folder) if name == THEIRS else one(name, folder) as side:
        request = body(speaker(_LONG_S))
        page = start(side, request).until(_TEXT, 3)
        other = body(speaker(0.2), threadId=request["threadId"])
        other["forwardedProps"]["onBusy"] = "interrupt"
        second = start(side, other).whole().leave()
        return f"The second: {second.end}. The first: {page.whole().leave().end}."


def repeated(name: str, folder: Path) -> str:
    """Send the same run again while it is at work, and once more after its end."""
    with one(name, folder) as side:
        request = body(speaker(1.5))
        page = start(side, request).until(_TEXT, 3)
        second = start(side, request).whole().leave()
        page.whole().leave()
        third = start(side, request).whole().leave()
        times = connect(side, request["threadId"]).whole().leave().chars / page.chars
        during = "the whole stream of the run" if second.chars == page.chars else second.end
        return f"At work: {during}. After its end: {third.end}. A reload has its text {times:g} x."


def stopped(name: str, folder: Path) -> str:
    """Stop a run."""
    with one(name, folder) as side:
        request = body(speaker(_LONG_S))
        page = start(side, request).until(_TEXT, 5)
        began = time.monotonic()
        answer = call(side, "POST", f"/agent/script/stop/{request['threadId']}", {}).json()
        end = page.whole().leave().end
        took_ms = 1000 * (time.monotonic() - began)
        kinds = {event["type"] for event in page.events}
        is_closed = kinds & {"SUBAGENT_ERROR", "SUBAGENT_FINISHED"}
        return (
            f"`stopped: {_json(answer['stopped'])}`; {took_ms:.0f} ms later {end}. "
            f"The subagent run is {'closed' if is_closed else 'left open'}."
        )


def changed(name: str, folder: Path) -> str:
    """Rename, archive and delete a thread."""
    with one(name, folder) as side:
        request = body(speaker(0.1))
        start(side, request).whole().leave()
        path, agent = f"/threads/{request['threadId']}", {"agentId": "script"}
        answers = [_answer(call(side, "PATCH", path, {**agent, "name": "Named"}))]
        answers += [_answer(call(side, "POST", f"{path}/archive", agent))]
        shown = call(side, "GET", _LIST).json()["threads"]
        answers += [_answer(call(side, "DELETE", path, agent))]
        page = connect(side, request["threadId"]).whole().leave()
        said = ", ".join(dict.fromkeys(answers))
        return f"{said}. Archived: {_listed(shown)} Deleted: a reload gets {page.end}."


def loaded_during(name: str, folder: Path) -> str:
    """Load the page in the middle of a run."""
    with one(name, folder) as side:
        request = body(speaker(2))
        page = start(side, request).until(_TEXT, 30)
        late = connect(side, request["threadId"]).whole().leave()
        page.whole().leave()
        return f"{_told(late.chars, 2)}; {late.end}."


def loaded_after(name: str, folder: Path) -> str:
    """Load the page after a run of 5,000 pieces of text."""
    with one(name, folder) as side:
        request = body({"name": "a", "deltas": 5000, "delta_chars": 12})
        page = start(side, request).whole().leave()
        late = connect(side, request["threadId"]).whole().leave()
        return (
            f"{late.chars} of 60000 characters in {len(late.events)} events and "
            f"{late.size / 1000:.0f} kB; while it ran, {len(page.events)} events."
        )


def slow(name: str, folder: Path) -> str:
    """Let 8 pages that read nothing join a run of 10 MB."""
    with one(name, folder) as side:
        part: Json = {"name": "a", "deltas": 2000, "delta_chars": 5000, "delay_ms": 1}
        before = side.memory_mb()
        page = start(side, body(part)).until(_TEXT)
        thread_id = str(page.events[0]["threadId"])
        sleepers = [connect(side, thread_id) for _ in range(8)]
        page.whole().leave()
        grown = side.memory_mb() - before
        whole = sum(sleeper.whole().leave().chars == page.chars for sleeper in sleepers)
        return (
            f"A page that reads gets all {page.chars} characters. The server grew by "
            f"{grown:.0f} MB. When they read at last, {whole} of 8 get everything."
        )


def malformed(name: str, folder: Path) -> str:
    """Send a body that is no `RunAgentInput`."""
    with one(name, folder) as side:
        return f"{start(side, body(speaker(0.1), messages='hello')).whole().leave().end}."


def unknown(name: str, folder: Path) -> str:
    """Connect to a thread that nobody knows; run an agent that nobody knows."""
    with one(name, folder) as side:
        page = connect(side, "never-seen").whole().leave()
        answer = call(side, "POST", "/agent/nobody/run", body(speaker(0.1)))
        return f"Thread: {page.end}. Agent: {refusal(answer)}."


def without_token(name: str, folder: Path) -> str:
    """Send no token (Sergas was started with tokens)."""
    with one(name, folder) as side:
        answer = httpx.get(f"{side.url}/api/copilotkit{_LIST}")
        return "HTTP 200." if answer.status_code == 200 else f"{refusal(answer)}."


QUESTIONS: tuple[Probe, ...] = (
    *(killed, restarted, asked_and_killed, two_processes),
    *(left, continued, loaded_during, loaded_after, slow),
    *(busy, replaced, repeated, stopped),
    *(changed, malformed, unknown, without_token),
)


def _restarted(name: str, folder: Path, end: Callable[[Side], None]) -> str:
    with one(name, folder) as side:
        request = body(speaker(3))
        page = start(side, request).until(_TEXT, 10)
        end(side)
        broken = page.whole().leave().end
        side.start()
        again = connect(side, request["threadId"]).whole().leave()
        listed = call(side, "GET", _LIST).json()["threads"]
        return (
            f"The page's stream: {broken}. A reload: {_told(again.chars, 3)}; {again.end}. "
            f"{_listed(listed)}"
        )


def _told(chars: int, seconds: float) -> str:
    return f"{chars} of {int(seconds * _CHARS_A_SECOND)} characters"


def _listed(threads: list[Json]) -> str:
    return f"The list has {len(threads)} thread{'' if len(threads) == 1 else 's'}."


def _answer(answer: httpx.Response) -> str:
    return f"HTTP {answer.status_code}" if answer.is_success else refusal(answer)


def _json(value: object) -> str:
    return str(value).lower()
