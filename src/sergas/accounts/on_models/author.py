"""The recommendation author on a model: the brief is there before its first word."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import msgspec

from sergas import (
    Agent,
    AgentFailed,
    AgentSpec,
    AgentTask,
    Chunk,
    Json,
    JsonObject,
    Progress,
    StatePatch,
    Tool,
    ToolContext,
    ToolOutput,
    UsesModel,
    UsesProvider,
)
from sergas.accounts.agents.author import Findings, findings_of
from sergas.accounts.analysis import AnalysisConfig
from sergas.accounts.on_models.fence import asked, without_orders
from sergas.accounts.on_models.prompts import instructions
from sergas.accounts.on_models.wording import reworded

_STATEMENT: JsonObject = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 400},
        "evidence": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    },
    "required": ["text", "evidence"],
    "additionalProperties": False,
}
_STEP: JsonObject = {
    "type": "object",
    "properties": {
        "key": {"type": "string"},
        "why": {"type": "string", "maxLength": 600},
        "draft": {"type": "string", "maxLength": 4000},
    },
    "required": ["key"],
    "additionalProperties": False,
}
_WORDS: JsonObject = {
    "type": "object",
    "properties": {"headline": _STATEMENT, "actions": {"type": "array", "items": _STEP}},
    "required": ["headline"],
    "additionalProperties": False,
}


def author_spec(config: AnalysisConfig) -> AgentSpec:
    """Describe the author; its result is that of `RecommendationAuthor`."""
    return AgentSpec(
        name="recommendation_author",
        title="Recommendation author",
        description="Weighs the findings and suggests next steps, each with its evidence.",
        instructions=instructions("author"),
        prompt=lambda task: _prompt(task, _demanded(task, config)),
        tools=lambda task: [_write_brief(_demanded(task, config))],
        result=lambda task, _: _demanded(task, config).summary,
    )


@dataclass(frozen=True, slots=True)
class AuthorOnModel:
    """Shows the computed brief, then lets a model word it; without an account there is no model.

    Attributes:
        by_rules: the author that needs no model.
        on_model: the author made of `author_spec`.
    """

    by_rules: Agent
    on_model: Agent
    config: AnalysisConfig

    @property
    def name(self) -> str:
        """As its spec says."""
        return self.on_model.name

    @property
    def title(self) -> str:
        """As its spec says."""
        return self.on_model.title

    @property
    def description(self) -> str:
        """As its spec says."""
        return self.on_model.description

    @property
    def runtime(self) -> str:
        """That of the model."""
        return self.on_model.runtime

    @property
    def provider(self) -> str:
        """That of the model."""
        return self.on_model.provider if isinstance(self.on_model, UsesProvider) else ""

    @property
    def model(self) -> str:
        """That of the model."""
        return self.on_model.model if isinstance(self.on_model, UsesModel) else ""

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Publish the computed brief, then its words."""
        findings = findings_of(task, self.config)
        if findings is not None and task.memory is None:
            yield Progress(20, "Weighing the findings")
            yield StatePatch(({"op": "add", "path": "/brief", "value": findings.brief},))
        agent = self.by_rules if findings is None else self.on_model
        async with aclosing(agent.run(task)) as chunks:
            async for chunk in chunks:
                yield chunk


def _demanded(task: AgentTask, config: AnalysisConfig) -> Findings:
    findings = findings_of(task, config)
    if findings is None:
        raise AgentFailed("There are no findings to write about.", code="agent_contract")
    return findings


def _prompt(task: AgentTask, findings: Findings) -> str:
    data = msgspec.json.encode(without_orders(findings.brief)).decode()
    return f"{asked(task.input)}\n\nThe findings, as data:\n<findings>\n{data}\n</findings>"


def _write_brief(findings: Findings) -> Tool:
    async def call(arguments: JsonObject, _: ToolContext) -> "Json | ToolOutput":
        brief, problems = reworded(findings.brief, arguments)
        if problems:
            return {"written": False, "problems": problems}
        written = StatePatch(({"op": "replace", "path": "/brief", "value": brief},))
        return ToolOutput({"written": True}, (written, Progress(80, "Brief written")))

    return Tool(
        "write_brief",
        "Put the headline and the steps into words; each is checked against its sources.",
        _WORDS,
        call,
    )
