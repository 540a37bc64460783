"""What every runtime makes of agents that an agent's model asks."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from sergas.agents.spec import AgentSpec
from sergas.agents.tools.tool import Answer, Tool
from sergas.core.chunks import (
    Chunk,
    Memory,
    Nested,
    SubagentEnd,
    SubagentStart,
    Text,
    ToolResult,
    Usage,
    innermost,
)
from sergas.core.json import JsonObject
from tests.models.turns import Call, calls, refuses, says
from tests.runtimes.houses import House, a_lookup, a_spec


def helper(*tools: Tool, name: str = "helper", **fields: Any) -> AgentSpec:
    """Describe an agent that others ask; its model hears its name in its instructions."""
    spec = replace(a_spec(*tools, **fields), name=name, title=name.title())
    return replace(spec, instructions=f"You are the {name} agent.")


def asks(name: str, task: str) -> Call:
    return Call(f"delegate_to_{name}", {"task": task})


def words_of(chunks: list[Chunk], *path: str) -> str:
    """Return what the subagents on a path of names said, all of a name together."""
    names: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
    said = ""
    for chunk in chunks:
        ids: tuple[str, ...] = ()
        while isinstance(chunk, Nested):
            ids, chunk = (*ids, chunk.subagent_id), chunk.chunk
        if isinstance(chunk, SubagentStart):
            names[*ids, chunk.subagent_id] = (*names[ids], chunk.name)
        if isinstance(chunk, Text) and names[ids] == path:
            said += chunk.delta
    return said


async def test_an_agent_that_is_asked_speaks_nested_and_answers_with_its_last_words(
    house: House,
) -> None:
    house.models.answer(calls(asks("helper", "Look Acme up.")), says("Acme is good."))
    house.models.answer(
        calls(Call("lookup", {"account": "Acme"}), text="I look."),
        says("It is good."),
        when="helper agent",
    )

    heard = await house.hear(a_spec(subagents=(helper(a_lookup()),)))

    (start,), (end,) = heard.of(SubagentStart), heard.of(SubagentEnd)
    (result,) = heard.of(ToolResult)
    assert heard.failure is None
    assert (start.name, start.call_id, end.error) == ("helper", result.call_id, None)
    assert (result.content, result.is_error) == ("It is good.", False)
    assert words_of(heard.chunks, "helper") == "I look.It is good."
    assert heard.text == "Acme is good."
    asked = [c for c in house.models.calls if "helper agent" in str(c.body)]
    assert "Look Acme up." in str(asked[0].body["messages"])
    assert "How is Acme?" not in str(asked[0].body["messages"])
    assert len({used.call_id for used in heard.of(Usage)}) == 4
    assert [type(innermost(chunk)) for chunk in heard.chunks].count(Memory) == 3


async def test_several_agents_are_asked_at_once_and_ask_others(house: House) -> None:
    both = asyncio.Barrier(2)

    async def meet(*_: Any) -> Answer:
        async with asyncio.timeout(15):
            await both.wait()
        return "met"

    meeting = Tool("meet", "Meets.", {"type": "object"}, meet)
    house.models.answer(calls(asks("left", "Meet."), asks("right", "Meet.")), says("Both met."))
    for name in ("left", "deep"):
        house.models.answer(calls(Call("meet")), says(f"{name} met."), when=f"{name} agent")
    house.models.answer(calls(asks("deep", "Meet.")), says("right asked."), when="right agent")
    right = helper(name="right", subagents=(helper(meeting, name="deep"),))

    heard = await house.hear(a_spec(subagents=(helper(meeting, name="left"), right)))

    assert sorted(heard.results.values()) == ["left met.", "right asked."]
    assert words_of(heard.chunks, "right", "deep") == "deep met."
    assert heard.text == "Both met."


async def test_an_agent_that_fails_or_takes_too_long_is_a_failed_call(house: House) -> None:
    async def hang(*_: Any) -> Answer:
        await asyncio.Event().wait()

    house.models.answer(calls(asks("slow", "Go."), asks("endless", "Go.")), says("Neither."))
    house.models.answer(calls(Call("hang")), when="slow agent")
    house.models.answer(calls(Call("lookup", {"account": "A"})), when="endless agent")
    slow = helper(Tool("hang", "Hangs.", {"type": "object"}, hang), name="slow", timeout_s=6)
    endless = helper(a_lookup(), name="endless", max_turns=1)

    heard = await house.hear(a_spec(subagents=(slow, endless)))

    assert all(result.is_error for result in heard.of(ToolResult))
    assert sorted(end.code for end in heard.of(SubagentEnd)) == ["max_turns", "subagent_failed"]
    assert heard.text == "Neither."


async def test_an_agent_that_fails_and_may_not_fail_again_is_tried_again_where_it_was(
    house: House,
) -> None:
    made: list[JsonObject] = []
    house.models.answer(calls(asks("helper", "Go."), asks("second", "Go.")), says("Both done."))
    house.models.answer(
        refuses(house.wire, 429, "rate_limit_error", "Slowly.", retry_after="0"),
        calls(Call("lookup", {"account": "A"}), text="I look."),
        refuses(house.wire, 529, "overloaded_error", "Full."),
        says("It is good."),
        when="helper agent",
    )
    house.models.answer(says("Second done."), when="second agent")

    heard = await house.hear(
        a_spec(subagents=(helper(a_lookup(made=made)), helper(name="second"))),
    )

    assert heard.failure is None
    assert sorted(heard.results.values()) == ["It is good.", "Second done."]
    assert not any(result.is_error for result in heard.of(ToolResult))
    ends = [(end.code, end.error is None) for end in heard.of(SubagentEnd)]
    assert sorted(ends) == [
        ("model_rate_limited", False),
        ("model_unavailable", False),
        ("subagent_failed", True),
        ("subagent_failed", True),
    ]
    assert [start.name for start in heard.of(SubagentStart)].count("helper") == 3
    assert words_of(heard.chunks, "helper") == "I look.It is good."
    assert len(made) == 1
    assert len({used.call_id for used in heard.of(Usage)}) == 5


async def test_an_agent_that_fails_for_good_or_too_often_is_a_failed_call(house: House) -> None:
    busy = refuses(house.wire, 429, "rate_limit_error", "Slowly.", retry_after="0")
    house.models.answer(calls(asks("busy", "Go."), asks("wrong", "Go.")), says("Neither."))
    house.models.answer(busy, busy, busy, when="busy agent")
    house.models.answer(refuses(house.wire, 401, "authentication_error", "No."), when="wrong agent")

    heard = await house.hear(a_spec(subagents=(helper(name="busy"), helper(name="wrong"))))

    assert all(result.is_error for result in heard.of(ToolResult))
    codes = [end.code for end in heard.of(SubagentEnd)]
    assert sorted(codes) == ["model_auth", *["model_rate_limited"] * 3]
    assert heard.text == "Neither."


async def test_an_agent_that_is_asked_cannot_wait_for_anybody(house: House) -> None:
    heard = await house.hear(a_spec(subagents=(helper(a_lookup("always")),)))

    assert heard.failure is not None
    assert "needs an approval" in str(heard.failure)
    assert house.models.calls == []
    with pytest.raises(ValueError, match="frontend tools"):
        a_spec(subagents=(helper(uses_frontend_tools=True),))


def test_agents_ask_each_other_three_levels_deep_at_the_most() -> None:
    deep = helper(subagents=(helper(subagents=(helper(),)),))
    a_spec(subagents=(deep,))

    with pytest.raises(ValueError, match="more than 3 deep"):
        a_spec(subagents=(helper(subagents=(deep,)),))
    with pytest.raises(ValueError, match="same name"):
        a_spec(subagents=(helper(), helper()))
