"""What a model call costs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas.app.prices import read_prices
from sergas.core.chunks import Usage
from sergas.core.errors import BadSetting
from sergas.core.prices import Prices, parse_prices

MILLION = 1_000_000
TABLE = """
[[price]]
provider = "house"
models = ["small", "large"]
rates = { input = 2.5, cached_read = 0.25, cache_write = 3.125, output = 10 }
checked = 2026-11-23
source = "A test."
long_prompt = { over_tokens = 100, rates = { input = 5, output = 20 } }
"""


def usd(prices: Prices, provider: str, model: str, *tokens: int) -> float | None:
    """Price a call: tokens in, out, reasoning, read from and written to a cache."""
    into, out, reasoning, cached, written = (*tokens, 0, 0, 0)[:5]
    call = Usage(provider, model, into, out, reasoning, cached, written)
    cost = prices.cost_nanousd(call)
    return None if cost is None else cost / 1e9


@pytest.mark.parametrize(
    ("provider", "model", "tokens", "cost"),
    [
        ("anthropic", "claude-opus-5-5", (MILLION, 0), 4),
        ("anthropic", "claude-opus-5-5", (0, MILLION), 20),
        ("anthropic", "claude-opus-5-5", (MILLION, 0, 0, MILLION, 0), 0.2),
        ("anthropic", "claude-opus-5-5", (MILLION, 0, 0, 0, MILLION), 5),
        ("anthropic", "claude-opus-5-5", (10, 20, 20, 4, 2), 0.0000428 + 0.000384),
        ("anthropic", "claude-sonnet-5-5", (MILLION, MILLION, 0, MILLION, 0), 10.1),
        ("anthropic", "claude-haiku-4-5", (MILLION, MILLION), 6),
        ("anthropic", "claude-haiku-5-5", (100_000, 0), 0.01),
        ("anthropic", "claude-haiku-5-5", (100_001, 0), 0.0500005),
        ("zai", "glm-5.3", (100, 42), 0.0003248),
        ("zai", "glm-5.3", (MILLION, MILLION, 0, MILLION, 0), 4.66),
        ("zai", "glm-5.3-flash", (MILLION, MILLION), 0.65),
        ("zai", "glm-4.5-flash", (MILLION, MILLION), 0),
        ("ollama", "whatever:7b", (MILLION, MILLION), 0),
        ("anthropic", "claude-opus-99", (1, 1), None),
        ("openai-compatible", "claude-opus-5-5", (1, 1), None),
        ("", "", (0, 0), None),
    ],
)
def test_the_packaged_table_prices_a_call(
    provider: str, model: str, tokens: tuple[int, ...], cost: float | None
) -> None:
    assert usd(read_prices(None), provider, model, *tokens) == (
        None if cost is None else pytest.approx(cost, abs=1e-12)
    )


@pytest.mark.parametrize(
    "model",
    [
        "claude-haiku-4-5-20251001",
        "claude-haiku-4-5@20251001",
        "Claude-Haiku-4-5-latest",
        "claude-haiku-4-5-20251001[1m]",
    ],
)
def test_a_model_is_the_same_under_every_form_of_its_name(model: str) -> None:
    assert usd(read_prices(None), "Anthropic", model, MILLION, 0) == 1


def test_a_longer_name_is_another_model() -> None:
    prices = parse_prices(TABLE)

    assert usd(prices, "house", "small", 1, 0) is not None
    assert usd(prices, "house", "small-2", 1, 0) is None
    assert usd(prices, "house", "smal", 1, 0) is None


def test_prices_of_a_file_come_first_and_leave_the_others(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(
        TABLE.replace('"house"', '"anthropic"').replace('"small"', '"claude-haiku-4-5"')
    )

    prices = read_prices(file)

    assert usd(prices, "anthropic", "claude-haiku-4-5", 100, 0) == 0.00025
    assert usd(prices, "anthropic", "claude-opus-5-5", 100, 0) == 0.0004


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[price]", "Expected"),
        ("[prices]", "unknown field `prices`"),
        (TABLE.replace('source = "A test."', ""), "missing required field `source`"),
        (TABLE.replace("checked = 2026-11-23", ""), "missing required field `checked`"),
        (TABLE.replace("input = 2.5", "input = -1"), "a number from 0"),
        (TABLE.replace("input = 2.5", "input = nan"), "a number from 0"),
        (TABLE.replace("input = 2.5", "input = 1e9"), "a number from 0"),
        (TABLE.replace("input = 2.5", "input = true"), "got `bool`"),
        (TABLE.replace("output = 20", "out = 20"), "unknown field `out`"),
    ],
)
def test_what_is_no_price_table_is_refused_by_name(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)

    with pytest.raises(BadSetting, match=fault) as refused:
        read_prices(file)

    assert f"SERGAS_PRICES_FILE={file} cannot be used" in str(refused.value)


def test_a_file_that_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="No such file"):
        read_prices(tmp_path / "gone.toml")


@st.composite
def calls(draw: st.DrawFn) -> Usage:
    plain, cached, written = (draw(st.integers(0, 10**9)) for _ in range(3))
    output = draw(st.integers(0, 10**9))
    model = draw(st.sampled_from(["small", "large"]))
    total = plain + cached + written
    return Usage("house", model, total, output, 0, cached, written)


@given(calls())
def test_a_cost_is_never_negative_and_lies_between_the_lowest_and_the_highest_rate(
    call: Usage,
) -> None:
    cost = parse_prices(TABLE).cost_nanousd(call)

    tokens = call.input_tokens + call.output_tokens
    assert cost is not None
    assert tokens * 250 <= cost <= tokens * 20_000


@given(calls(), calls())
def test_two_calls_of_one_rate_cost_as_much_as_one_with_both_their_tokens(
    one: Usage, other: Usage
) -> None:
    prices = parse_prices(TABLE.partition("long_prompt")[0])
    both = Usage(
        "house",
        "small",
        one.input_tokens + other.input_tokens,
        one.output_tokens + other.output_tokens,
        0,
        one.cached_input_tokens + other.cached_input_tokens,
        one.cache_write_input_tokens + other.cache_write_input_tokens,
    )

    apart, together = map(prices.cost_nanousd, (one, other)), prices.cost_nanousd(both)

    assert together is not None
    assert sum(cost for cost in apart if cost is not None) == pytest.approx(together, abs=1.5)
