"""Tools from typed functions: what the model is told, and what the function gets."""

import asyncio
import doctest
import functools
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from sergas import Progress, Tool, ToolContext, ToolFailed, ToolOutput, tool
from sergas.agents.tools import function
from sergas.core.json import Json, as_object
from tests.agents.tools.boxes import a_box, a_call, result_of


class Stage(StrEnum):
    """For tests."""

    WON = "won"
    LOST = "lost"


@dataclass
class Range:
    """For tests."""

    first: date
    last: date


class Filter(BaseModel):
    """For tests."""

    owner: str
    stages: list[Stage] = []


def test_the_example_in_the_docstring_works() -> None:
    tried = doctest.testmod(function)

    assert tried.failed == 0
    assert tried.attempted > 0


def test_the_example_in_the_docs_works() -> None:
    page = Path(__file__).parents[3] / "docs" / "agents.md"
    blocks = [block.split("```")[0] for block in page.read_text().split("```python\n")[1:]]
    (example,) = [block for block in blocks if "send = tool(" in block]
    made: dict[str, Any] = {}

    exec(example, made)

    assert made["send"].parameters["properties"] == {
        "to": {"type": "string", "description": "the address, from the CRM."},
        "text": {"type": "string", "description": "Plain text."},
    }


def test_the_model_is_told_what_the_signature_and_the_docstring_say() -> None:
    async def list_deals(
        account_id: str,
        stage: Literal["won", "lost"] | None = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        order: Annotated[str, "Field to order by."] = "date",
    ) -> list[str]:
        """List the deals of an account.

        Newest first, unless told otherwise.

        Args:
            account_id: the account's id,
                not its name.
            limit: how many at the most.
            order: overruled by what stands beside the type.

        Returns:
            Nothing of this is for the model.
        """
        return [account_id, str(stage), str(limit), order]

    made = tool(list_deals)

    assert made.name == "list_deals"
    assert made.description == (
        "List the deals of an account.\n\nNewest first, unless told otherwise."
    )
    assert made.parameters == {
        "type": "object",
        "additionalProperties": False,
        "required": ["account_id"],
        "properties": {
            "account_id": {"type": "string", "description": "the account's id, not its name."},
            "stage": {
                "anyOf": [{"type": "string", "enum": ["won", "lost"]}, {"type": "null"}],
                "default": None,
            },
            "limit": {
                "type": "integer",
                "minimum": 1,
                "maximum": 50,
                "default": 10,
                "description": "how many at the most.",
            },
            "order": {"type": "string", "default": "date", "description": "Field to order by."},
        },
    }


async def test_arguments_arrive_as_the_types_of_the_parameters() -> None:
    got: list[object] = []

    async def search(
        day: date, stage: Stage, filter: Filter, span: Range, ids: set[int], limit: int = 3
    ) -> None:
        """Search."""
        got.extend([day, stage, filter, span, ids, limit])

    await _answer(
        tool(search),
        day="2026-11-22",
        stage="won",
        filter={"owner": "Ada", "stages": ["lost"]},
        span={"first": "2026-01-01", "last": "2026-02-01"},
        ids=[1, 2],
    )

    assert got == [
        date(2026, 11, 22),
        Stage.WON,
        Filter(owner="Ada", stages=[Stage.LOST]),
        Range(date(2026, 1, 1), date(2026, 2, 1)),
        {1, 2},
        3,
    ]


@given(
    st.fixed_dictionaries(
        {"count": st.integers(-(2**53), 2**53), "on": st.booleans()},
        optional={
            "name": st.text(),
            "tags": st.lists(st.text(), max_size=3),
            "sizes": st.dictionaries(st.text(), st.floats(-1e9, 1e9), max_size=3),
        },
    )
)
def test_whatever_fits_the_types_arrives_as_it_was_sent(arguments: dict[str, Json]) -> None:
    got: dict[str, object] = {}
    absent: Json = {"name": "Ada", "tags": None, "sizes": {}}

    def note(
        count: int,
        on: bool,
        name: str = "Ada",
        tags: list[str] | None = None,
        sizes: dict[str, float] = {},  # noqa: B006 - what a default of the caller's looks like
    ) -> None:
        """Note."""
        got.update(count=count, on=on, name=name, tags=tags, sizes=sizes)

    result = asyncio.run(result_of(a_box(tool(note)), a_call("note", **arguments)))

    assert not result.is_error, result.content
    assert got == {**as_object(absent), **arguments}


@given(st.dictionaries(st.sampled_from(["count", "day", "else"]), st.text() | st.integers()))
def test_whatever_does_not_fit_is_told_and_the_function_is_not_called(
    arguments: dict[str, Any],
) -> None:
    called: list[object] = []

    def note(count: int, day: date) -> None:
        """Note."""
        called.append((count, day))

    fits = set(arguments) == {"count", "day"} and isinstance(arguments["count"], int)
    result = asyncio.run(result_of(a_box(tool(note)), a_call("note", **arguments)))

    if fits and not result.is_error:
        assert len(called) == 1
    else:
        assert called == []
        assert result.content.startswith("The arguments do not fit: ")


async def test_what_json_cannot_say_of_a_type_is_told_too() -> None:
    def on(day: date) -> str:
        """Answer."""
        return str(day)

    result = await result_of(a_box(tool(on)), a_call("on", day="soon"))

    assert result.is_error
    assert result.content.startswith("The arguments do not fit: day: Input should be a valid date")


async def test_a_context_is_filled_in_and_not_shown() -> None:
    async def who(context: ToolContext, name: str) -> str:
        """Answer."""
        return f"{name} {context.task.agent} {context.call_id}"

    made = tool(who)

    assert list(as_object(made.parameters["properties"])) == ["name"]
    assert await _answer(made, name="Ada") == "Ada tester c1"


async def test_a_function_that_blocks_runs_in_a_thread() -> None:
    def where() -> str:
        """Answer."""
        return threading.current_thread().name

    assert await _answer(tool(where)) == "tool-where"


async def test_the_loop_goes_on_while_a_function_blocks() -> None:
    let_go = threading.Event()

    def block() -> bool:
        """Wait."""
        return let_go.wait(5)

    async def release() -> None:
        let_go.set()

    _, answer = await asyncio.gather(release(), _answer(tool(block)))

    assert answer == "true"


async def test_nobody_waits_for_a_blocking_function_after_its_time_out() -> None:
    let_go = threading.Event()

    def block() -> bool:
        """Wait."""
        return let_go.wait(5)

    result = await result_of(a_box(tool(block, timeout_s=0.01)), a_call("block"))
    let_go.set()

    assert result.content == "Tool 'block' took longer than 0.01 s and was stopped."


@pytest.mark.parametrize("error", [ValueError, StopIteration, SystemExit, KeyError])
async def test_a_blocking_function_that_raises_has_failed(error: type[BaseException]) -> None:
    def fail() -> None:
        """Fail."""
        raise error("secret")

    result = await result_of(a_box(tool(fail)), a_call("fail"))

    assert result.is_error
    assert "failed with" in result.content
    assert "secret" not in result.content


async def test_a_function_says_what_went_wrong_with_tool_failed() -> None:
    def fail() -> None:
        """Fail."""
        raise ToolFailed("Ask for another day.")

    result = await result_of(a_box(tool(fail)), a_call("fail"))

    assert (result.content, result.is_error) == ("Ask for another day.", True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "text"),
        (None, "null"),
        ({"day": date(2026, 1, 2)}, '{"day":"2026-01-02"}'),
        (Filter(owner="Ada"), '{"owner":"Ada","stages":[]}'),
        (
            [Range(date(2026, 1, 1), date(2026, 1, 2))],
            '[{"first":"2026-01-01","last":"2026-01-02"}]',
        ),
        (ToolOutput({"a": 1}, (Progress(1, "One"),)), '{"a":1}'),
    ],
)
async def test_what_a_function_returns_is_written_as_json(value: object, text: str) -> None:
    def give() -> object:
        """Give."""
        return value

    assert await _answer(tool(give)) == text


async def test_what_json_has_no_form_for_is_a_failure() -> None:
    def give() -> object:
        """Give."""
        return threading.Lock()

    result = await result_of(a_box(tool(give)), a_call("give"))

    assert (result.content, result.is_error) == (
        "The tool answered something that is not JSON.",
        True,
    )


async def test_methods_partials_and_callable_objects_are_tools_too() -> None:
    class Desk:
        """Finds."""

        async def find(self, ref: str) -> str:
            """Find."""
            return ref

        def __call__(self, ref: str) -> str:
            """Call."""
            return ref

    async def join(first: str, second: str) -> str:
        """Join."""
        return first + second

    assert await _answer(tool(Desk().find), ref="a") == "a"
    assert await _answer(tool(Desk(), name="desk"), ref="b") == "b"
    joined = tool(functools.partial(join, "a"))
    assert (joined.name, joined.description) == ("join", "Join.")
    assert await _answer(joined, second="c") == "ac"


async def test_parameters_may_have_any_name() -> None:
    def odd(schema: str, model_config: int, _hidden: str, copy: bool = True) -> str:
        """Answer."""
        return f"{schema} {model_config} {_hidden} {copy}"

    answer = await _answer(tool(odd), schema="s", model_config=1, _hidden="h")

    assert answer == "s 1 h True"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("ref", "parameter 'ref' without a type"),
        ("*refs: str", r"takes \*refs: str"),
        ("**words: str", r"takes \*\*words: str"),
        ("ref: str, /", "takes ref: str"),
        ("ref: 'Nowhere'", "names a type that its module does not know"),
        ("ref: AsyncGenerator[str]", "type no JSON can be turned into"),
        ("ref: str = Field('x', max_length=3)", r"write ref: Annotated\[..., Field\(...\)\]"),
    ],
)
def test_a_signature_that_no_model_can_serve_is_refused(parameters: str, words: str) -> None:
    made: dict[str, Any] = {"AsyncGenerator": AsyncGenerator, "Field": Field}
    exec(f"def odd({parameters}): 'Find.'", made)

    with pytest.raises(TypeError, match=words):
        tool(made["odd"])


def test_a_tool_without_a_description_or_a_name_is_refused() -> None:
    def bare() -> None:
        pass

    with pytest.raises(ValueError, match="'bare' has no description"):
        tool(bare)
    with pytest.raises(ValueError, match="no name for a tool"):
        tool(lambda: None, description="Nameless.")
    assert tool(bare, description="Does nothing.").description == "Does nothing."


def test_a_tool_keeps_its_rules() -> None:
    def pay(amount: int) -> None:
        """Pay."""

    made = tool(pay, name="send_money", approval="always", timeout_s=5, max_result_chars=100)

    assert (made.name, made.approval, made.timeout_s, made.max_result_chars) == (
        "send_money",
        "always",
        5,
        100,
    )


async def _answer(made: Tool, **arguments: Json) -> str:
    result = await result_of(a_box(made), a_call(made.name, **arguments))
    assert not result.is_error, result.content
    return result.content
