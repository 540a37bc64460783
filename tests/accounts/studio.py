"""A desk for tests: the sample accounts on a fixed day, and agents driven without an engine."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources

import msgspec

from sergas import Agent, AgentTask, Chunk, Done, Json, JsonObject, RunInput, StatePatch, Text
from sergas.accounts import AnalysisConfig, sample_crm, sample_memory
from sergas.accounts.agents.tools import CrmDesk, MemoryDesk
from sergas.accounts.analysis import Analysis, Snapshot, analyze
from sergas.accounts.brief import build_brief
from sergas.accounts.crm.sample import SAMPLE_COMPETITORS
from sergas.accounts.memory.records import Ledger
from sergas.core.ids import LOCAL_TENANT, RunId, ThreadId

TODAY = date(2026, 11, 22)
CONFIG = AnalysisConfig(competitors=SAMPLE_COMPETITORS)
DAYS = (TODAY, date(2027, 2, 28), date(2028, 2, 29), date(2030, 12, 31))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a story's author says the analysis must find."""

    number: str
    band: str
    flags: list[str]
    never: list[str]
    first_action: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """An account, what is remembered of it and what the analysis says."""

    snapshot: Snapshot
    ledger: Ledger
    analysis: Analysis
    brief: dict[str, Json]


def expected() -> list[Expected]:
    """Return the evaluation set."""
    data = resources.files("sergas.accounts.crm.sample").joinpath("expected.json").read_bytes()
    return msgspec.json.decode(data, type=list[Expected])


def ms_of(day: date) -> int:
    """Return noon of a day in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)


async def review(number: str, day: date = TODAY) -> Review:
    """Read and analyze a sample account as of a day."""
    crm, memory = sample_crm(lambda: ms_of(day)), sample_memory(lambda: ms_of(day))
    matches = await crm.resolve_account(number)
    account_id = matches[0].account.id
    desk, past = CrmDesk(crm, CONFIG), MemoryDesk(crm, memory)
    snapshot = await desk.read(account_id)
    await past.get_ledger(account_id)
    await past.list_advice(account_id)
    return judge(snapshot, past.ledger, day)


def judge(snapshot: Snapshot, ledger: Ledger, day: date = TODAY) -> Review:
    """Analyze records that are at hand."""
    analysis = analyze(snapshot, ledger, day, CONFIG)
    return Review(snapshot, ledger, analysis, build_brief(snapshot, ledger, analysis, ms_of(day)))


def task(
    text: str, *, inputs: JsonObject | None = None, state: JsonObject | None = None
) -> AgentTask:
    """Make the task of an agent that is asked something."""
    return AgentTask(
        tenant=LOCAL_TENANT,
        thread_id=ThreadId("thread_1"),
        run_id=RunId("run_1"),
        agent="any",
        attempt=1,
        now_ms=ms_of(TODAY),
        input=RunInput(messages=({"id": "m1", "role": "user", "content": text},)),
        inputs=inputs or {},
        state=state or {},
        answers={},
    )


async def chunks_of(agent: Agent, asked: AgentTask) -> list[Chunk]:
    """Drive an agent to its end."""
    return [chunk async for chunk in agent.run(asked)]


def result_of(chunks: list[Chunk]) -> JsonObject:
    """Return what an agent delivered."""
    last = chunks[-1]
    assert isinstance(last, Done)
    assert isinstance(last.result, dict)
    return last.result


def said(chunks: Iterable[Chunk]) -> str:
    """Return an agent's text."""
    return "".join(chunk.delta for chunk in chunks if isinstance(chunk, Text))


def added(chunks: Iterable[Chunk]) -> dict[str, Json]:
    """Return what an agent put into the shared state, by path; everything must be JSON."""
    operations = [
        op for chunk in chunks if isinstance(chunk, StatePatch) for op in chunk.operations
    ]
    assert json.dumps(operations)
    return {str(op["path"]): op.get("value") for op in operations}
