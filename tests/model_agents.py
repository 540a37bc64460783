"""Agents on a model for tests to serve, as `SERGAS_WORKFLOWS=tests.model_agents:offer`."""

from dataclasses import replace

from sergas import AgentSpec, AgentTask, Json, JsonObject, Tool, ToolContext

_NUMBER: JsonObject = {
    "type": "object",
    "properties": {"number": {"type": "integer"}},
    "required": ["number"],
}


async def _square(arguments: JsonObject, _: ToolContext) -> Json:
    number = arguments["number"]
    assert isinstance(number, int)
    return {"square": number * number}


def _squares(_: AgentTask) -> tuple[Tool, ...]:
    return (Tool("square", "Squares a number.", _NUMBER, _square),)


def _tools(task: AgentTask) -> tuple[Tool, ...]:
    return (
        *_squares(task),
        Tool("pay", "Pays an amount.", _NUMBER, _square, approval="always"),
    )


thinker = AgentSpec(
    name="thinker",
    title="Thinker",
    description="Answers with a model.",
    instructions="You answer in one sentence.",
    prompt=lambda task: task.input.last_user_text,
    tools=_tools,
)

helper = replace(thinker, name="helper", title="Helper", instructions="You help.", tools=_squares)
lead = replace(thinker, name="lead", title="Lead", instructions="You lead.", subagents=(helper,))
offer = [thinker, lead]
