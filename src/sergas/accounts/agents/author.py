"""The recommendation author: from what scout and memory found to the whole brief.

It has no access to data of its own. State: `/brief`, complete.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

import msgspec

from sergas import AgentTask, Chunk, Done, Json, JsonObject, Progress, StatePatch
from sergas.accounts.agents.steps import PACE_S, pause, say
from sergas.accounts.agents.words import NO_FINDINGS, attention_words, author_words, choice_words
from sergas.accounts.analysis import Analysis, AnalysisConfig, Snapshot, analyze
from sergas.accounts.brief import build_brief
from sergas.accounts.check import keep_grounded
from sergas.accounts.days import day_of
from sergas.accounts.memory.records import Ledger


@dataclass(frozen=True, slots=True)
class RecommendationAuthor:
    """Writes the brief; its result holds the score and the keys of the actions."""

    config: AnalysisConfig = field(default_factory=AnalysisConfig)
    pace_s: float = PACE_S
    name: str = "recommendation_author"
    title: str = "Recommendation author"
    description: str = "Weighs the findings and suggests next steps, each with its evidence."
    runtime: str = "rules"

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Judge the findings of scout and memory, and write the brief."""
        scouted = _object(task.inputs.get("zoho_data_scout"))
        match scouted.get("kind"):
            case "account":
                work = self._write(task)
            case "unknown":
                work = self._end(choice_words(scouted))
            case "overview":
                work = self._end(attention_words(scouted))
            case _:
                work = self._end([NO_FINDINGS])
        async with aclosing(work) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _write(self, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Progress(20, "Weighing the findings")
        findings = findings_of(task, self.config)
        assert findings is not None  # noqa: S101 - `run` asks for an account
        await pause(self.pace_s)
        yield Progress(60, "Checking every statement against its records")
        yield StatePatch(({"op": "add", "path": "/brief", "value": findings.brief},))
        await pause(self.pace_s)
        yield Progress(80, "Writing the summary")
        words = author_words(findings.brief)
        async with aclosing(say(words, pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Progress(100, "Brief complete")
        yield Done(findings.summary)

    async def _end(self, pieces: list[str]) -> AsyncGenerator[Chunk, None]:
        async with aclosing(say(pieces, pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Done(None)


@dataclass(frozen=True, slots=True)
class Findings:
    """What scout and memory found, judged: the whole brief, and its judgement in short."""

    brief: dict[str, Json]
    summary: JsonObject


def findings_of(task: AgentTask, config: AnalysisConfig) -> Findings | None:
    """Judge what the author's task holds; None if it holds no account."""
    scouted = _object(task.inputs.get("zoho_data_scout"))
    if scouted.get("kind") != "account":
        return None
    snapshot = msgspec.convert(scouted.get("snapshot"), Snapshot)
    recalled = _object(task.inputs.get("memory_analyst"))
    ledger = msgspec.convert(recalled.get("ledger", {}), Ledger)
    analysis = analyze(snapshot, ledger, day_of(task.now_ms), config)
    brief = keep_grounded(build_brief(snapshot, ledger, analysis, task.now_ms))
    return Findings(brief, _summary(snapshot, analysis))


def _summary(snapshot: Snapshot, analysis: Analysis) -> JsonObject:
    """Return the judgement without its reasons; the brief itself is in the state."""
    return {
        "account": snapshot.account.number,
        "score": analysis.attention.score,
        "band": analysis.attention.band,
        "actions": [action.key for action in analysis.actions],
    }


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}
