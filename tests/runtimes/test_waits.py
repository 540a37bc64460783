"""What every runtime does when a call waits for a person or for the page, and what it remembers."""

from dataclasses import replace

from sergas.core.agents import AgentTask
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    TextEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.json import Json, JsonObject
from tests.models.turns import Call, Say, Turn, calls, says
from tests.runtimes.houses import Heard, House, a_lookup, a_spec, a_task

ACME, GLOBEX = Call("lookup", {"account": "Acme"}), Call("lookup", {"account": "Globex"})
PAINT: JsonObject = {
    "name": "paint",
    "description": "Paints the page.",
    "parameters": {"type": "object", "properties": {"colour": {"type": "string"}}},
}


def resolved(payload: Json) -> JsonObject:
    """Make the answer of a person or the page."""
    return {"status": "resolved", "payload": payload}


def keys_of(heard: Heard) -> list[str]:
    """Return the keys of the questions that ended an attempt."""
    return [question.key for question in heard.of(Interrupt)]


async def test_a_call_that_needs_approval_waits_for_a_person(house: House) -> None:
    house.models.answer(calls(ACME))
    made: list[JsonObject] = []

    heard = await house.hear(a_spec(a_lookup("always", made)))

    (start,), (question,) = heard.of(ToolStart), heard.of(Interrupt)
    assert made == []
    assert heard.chunks[-1] is question
    assert isinstance(heard.chunks[-2], Memory)
    assert question.key == question.call_id == start.call_id
    assert question.reason == "tool_call"
    assert question.details == {"tool": "lookup", "arguments": {"account": "Acme"}}
    assert heard.of(Done) == []


async def test_an_approved_call_is_made_and_the_model_goes_on(house: House) -> None:
    house.models.answer(calls(ACME))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup("always", made))
    asked = await house.hear(spec)
    (key,) = keys_of(asked)

    house.models.answer(says("Good."))
    heard = await house.hear(spec, asked.next_task({key: resolved({"approved": True})}))

    assert [call["account"] for call in made] == ["Acme"]
    assert list(heard.results) == [key]
    assert heard.of(ToolStart) == []
    assert heard.result == {"text": "Good.", "notes": {"Acme": "seen"}}
    assert len(house.models.calls) == 2


async def test_a_person_may_change_the_arguments(house: House) -> None:
    house.models.answer(calls(ACME))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup("always", made))
    asked = await house.hear(spec)
    (key,) = keys_of(asked)

    house.models.answer(says("Good."))
    answer: JsonObject = {"approved": True, "editedArgs": {"account": "Initech"}}
    heard = await house.hear(spec, asked.next_task({key: resolved(answer)}))

    assert [call["account"] for call in made] == ["Initech"]
    assert "A person changed the arguments" in heard.results[key]
    assert "A person changed the arguments" in str(house.models.calls[1].body)


async def test_a_refused_call_is_not_made_and_the_model_is_told(house: House) -> None:
    house.models.answer(calls(ACME))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup("always", made))
    asked = await house.hear(spec)
    (key,) = keys_of(asked)

    house.models.answer(says("Then not."))
    answer: JsonObject = {"approved": False, "reason": "Not today."}
    heard = await house.hear(spec, asked.next_task({key: resolved(answer)}))

    assert made == []
    assert heard.of(ToolResult)[0].is_error
    assert "Not today." in str(house.models.calls[1].body)
    assert heard.result == {"text": "Then not.", "notes": {}}


async def test_two_approvals_of_one_turn_are_asked_together(house: House) -> None:
    house.models.answer(calls(ACME, GLOBEX))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup("always", made))
    asked = await house.hear(spec)
    first, second = keys_of(asked)

    house.models.answer(says("One of two."))
    answers = {first: resolved({"approved": False}), second: resolved({"approved": True})}
    heard = await house.hear(spec, asked.next_task(answers))

    assert [call["account"] for call in made] == ["Globex"]
    assert set(heard.results) == {first, second}
    assert heard.result == {"text": "One of two.", "notes": {"Globex": "seen"}}


async def test_what_needs_no_approval_runs_before_the_question(house: House) -> None:
    house.models.answer(calls(ACME, GLOBEX))
    made: list[JsonObject] = []
    only_globex = a_lookup(lambda arguments: arguments["account"] == "Globex", made)
    spec = a_spec(only_globex)
    asked = await house.hear(spec)
    (key,) = keys_of(asked)

    house.models.answer(says("Both."))
    heard = await house.hear(spec, asked.next_task({key: resolved({"approved": True})}))

    assert [call["account"] for call in made] == ["Acme", "Globex"]
    assert len(asked.results) == len(heard.results) == 1
    assert heard.result == {"text": "Both.", "notes": {"Acme": "seen", "Globex": "seen"}}


async def test_the_page_runs_its_own_tool(house: House) -> None:
    house.models.answer(calls(Call("paint", {"colour": "red"})))
    spec = a_spec(uses_frontend_tools=True)
    asked = await house.hear(spec, a_task(tools=(PAINT,)))
    (wait,) = asked.of(FrontendTool)

    house.models.answer(says("Painted."))
    heard = await house.hear(spec, asked.next_task({wait.call_id: resolved("it is red now")}))

    assert asked.chunks[-1] is wait
    assert heard.of(ToolResult) == []
    assert "it is red now" in str(house.models.calls[1].body)
    assert heard.result == {"text": "Painted.", "notes": {}}


async def test_tools_of_the_page_are_not_offered_to_who_does_not_use_them(house: House) -> None:
    house.models.answer(says("Fine."))

    await house.hear(a_spec(), a_task(tools=(PAINT,)))

    assert "paint" not in str(house.models.calls[0].body)


async def test_a_person_and_the_page_may_be_waited_for_at_once(house: House) -> None:
    house.models.answer(calls(ACME, Call("paint", {"colour": "red"})))
    spec = a_spec(a_lookup("always"), uses_frontend_tools=True)
    asked = await house.hear(spec, a_task(tools=(PAINT,)))
    (key,), (wait,) = keys_of(asked), asked.of(FrontendTool)

    house.models.answer(says("Both."))
    answers = {key: resolved({"approved": True}), wait.call_id: resolved("red")}
    heard = await house.hear(spec, asked.next_task(answers))

    assert list(heard.results) == [key]
    assert heard.result == {"text": "Both.", "notes": {"Acme": "seen"}}


async def test_an_attempt_after_a_failure_makes_only_the_missing_calls(house: House) -> None:
    dropped = Turn((Say("It is "),), ends="dropped", after=1)
    house.models.answer(calls(ACME), dropped)
    made: list[JsonObject] = []
    spec = a_spec(a_lookup(made=made))
    lost = await house.hear(spec)
    assert lost.failure is not None

    house.models.answer(says("It is good."))
    heard = await house.hear(spec, lost.next_task())

    assert heard.result == {"text": "It is good.", "notes": {"Acme": "seen"}}
    assert len(made) == 1
    assert len(house.models.calls) == 3
    assert len(house.models.calls[2].body["messages"]) == len(
        house.models.calls[1].body["messages"]
    )


async def test_wherever_it_is_lost_no_turn_is_paid_twice(house: House) -> None:
    script = (calls(ACME), calls(GLOBEX), says("Both are good."))
    house.models.answer(*script)
    spec = a_spec(a_lookup())
    whole = await house.hear(spec)
    memories = [at for at, chunk in enumerate(whole.chunks) if isinstance(chunk, Memory)]
    assert len(memories) >= 3

    for at in memories:
        lost = Heard(whole.task, whole.chunks[: at + 1])
        missing = script[_turns_in(lost.chunks) :]
        house.models.answer(*missing)
        made_before = len(house.models.calls)
        heard = await house.hear(spec, lost.next_task())

        assert heard.result == whole.result
        assert len(house.models.calls) - made_before == len(missing)


async def test_a_call_that_was_lost_while_it_ran_is_made_again_under_the_same_key(
    house: House,
) -> None:
    house.models.answer(calls(ACME), says("Good."))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup(made=made))
    whole = await house.hear(spec)
    lost_at = next(at for at, c in enumerate(whole.chunks) if isinstance(c, ToolResult))

    house.models.answer(says("Good."))
    lost = Heard(whole.task, whole.chunks[:lost_at])
    heard = await house.hear(spec, lost.next_task())

    assert made[0] == made[1]
    assert [start.name for start in heard.of(ToolStart)] == ["lookup"]
    assert len(heard.results) == 1
    assert len(house.models.calls) == 3


async def test_a_question_that_was_lost_is_asked_again(house: House) -> None:
    house.models.answer(calls(ACME))
    spec = a_spec(a_lookup("always"))
    asked = await house.hear(spec)

    again = await house.hear(spec, asked.next_task())

    assert [start.call_id for start in again.of(ToolStart)] == keys_of(again) == keys_of(asked)
    assert len(house.models.calls) == 1


async def test_a_memory_that_nobody_understands_is_no_memory(house: House) -> None:
    house.models.answer(says("Fine."))
    task: AgentTask = replace(a_task(), memory={"from": "another time"})

    heard = await house.hear(a_spec(), task)

    assert heard.result == {"text": "Fine.", "notes": {}}


def _turns_in(chunks: list[Chunk]) -> int:
    return sum(isinstance(chunk, TextEnd) for chunk in chunks)
