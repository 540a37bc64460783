"""What every runtime makes of a model provider that fails: what it is, and whose fault."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sergas.core.chunks import Memory
from tests.models.turns import Answer, Ending, Refuse, Reset, Say, Silence, Turn, Wire, refuses
from tests.runtimes.houses import SECRET, House, a_spec

PROMPT = "How is Acme?"
PIECES = (Say("It is going quite well there."),)
Misbehaviour = Callable[[Wire], Answer]


@dataclass(frozen=True, slots=True)
class Case:
    """How the provider fails, and what the agent's failure is then.

    Attributes:
        lasts: another attempt would not help; what passes is the provider's fault.
    """

    name: str
    answer: Misbehaviour
    code: str
    lasts: bool = False


def refusal(status: int, kind: str) -> Misbehaviour:
    """Refuse, with words that hold what they should not."""
    return lambda wire: refuses(wire, status, kind, f"No, {SECRET}! {PROMPT}")


def stream(ends: Ending, after: int) -> Misbehaviour:
    """End a stream in the middle, or before anything was said."""
    return lambda _: Turn(PIECES, ends=ends, after=after)


def stop(anthropic: str, openai: str) -> Misbehaviour:
    """End a stream for another reason than having finished."""
    return lambda wire: Turn(PIECES, stop=anthropic if wire == "anthropic" else openai)


def too_long(wire: Wire) -> Answer:
    """Refuse what is too long, as each wire does."""
    if wire == "anthropic":
        return refuses(wire, 400, "invalid_request_error", "prompt is too long: 9 tokens > 8")
    code = "context_length_exceeded"
    return refuses(wire, 400, "invalid_request_error", "maximum context length is 8", code=code)


def no_money(wire: Wire) -> Answer:
    """Refuse who has no money left, as each wire does."""
    if wire == "anthropic":
        return refuses(wire, 400, "invalid_request_error", "Your credit balance is too low")
    return refuses(wire, 429, "insufficient_quota", "You exceeded it", code="insufficient_quota")


CASES = (
    Case("401", refusal(401, "authentication_error"), "model_auth", lasts=True),
    Case("403", refusal(403, "permission_error"), "model_auth", lasts=True),
    Case("404", refusal(404, "not_found_error"), "model_not_found", lasts=True),
    Case("400", refusal(400, "invalid_request_error"), "model_rejected", lasts=True),
    Case("413", refusal(413, "request_too_large"), "model_context_too_long", lasts=True),
    Case("429", refusal(429, "rate_limit_error"), "model_rate_limited"),
    Case("500", refusal(500, "api_error"), "model_unavailable"),
    Case("502 in HTML", lambda _: Refuse(502, "<html>"), "model_unavailable"),
    Case("529", refusal(529, "overloaded_error"), "model_unavailable"),
    Case("too long", too_long, "model_context_too_long", lasts=True),
    Case("no money", no_money, "model_quota", lasts=True),
    Case("reset", lambda _: Reset(), "model_unreachable"),
    Case("silence", lambda _: Silence(), "model_timeout"),
    Case("HTML", lambda _: Refuse(200, "<html>Hello</html>"), "model_protocol"),
    Case("other JSON", lambda _: Refuse(200, {"hello": 1}), "model_protocol"),
    Case("dropped", stream("dropped", 2), "model_unreachable"),
    Case("truncated", stream("truncated", 2), "model_truncated"),
    Case("truncated at once", stream("truncated", 0), "model_truncated"),
    Case("stalled", stream("stalled", 2), "model_timeout"),
    Case("stalled at once", stream("stalled", 0), "model_timeout"),
    Case("garbled", stream("garbled", 2), "model_protocol"),
    Case("error event", stream("error", 2), "model_unavailable"),
    Case("cut", stop("max_tokens", "length"), "model_output_limit", lasts=True),
    Case("refusal", stop("refusal", "content_filter"), "model_refused", lasts=True),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_failure_says_what_happened_and_whether_to_try_again(
    house: House, case: Case
) -> None:
    house.models.answer(case.answer(house.wire))

    heard = await house.hear(a_spec())

    failure = heard.failure
    assert failure is not None
    assert (failure.code, failure.retry_after_s) == (case.code, None)
    assert failure.recoverable is failure.is_provider_fault is not case.lasts
    assert len(house.models.calls) == 1
    assert heard.of(Memory) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_no_failure_tells_the_key_or_the_prompt(house: House, case: Case) -> None:
    house.models.answer(case.answer(house.wire))

    failure = (await house.hear(a_spec())).failure

    assert failure is not None
    shown = "".join(traceback.format_exception(failure))
    assert SECRET not in shown
    assert PROMPT not in shown


async def test_a_wrong_key_names_the_setting_to_check(house: House) -> None:
    house.models.answer(refuses(house.wire, 401, "authentication_error", "No."))

    heard = await house.hear(a_spec())

    assert "check SERGAS_MODEL_API_KEY" in str(heard.failure)


async def test_a_provider_may_say_how_long_to_wait(house: House) -> None:
    house.models.answer(refuses(house.wire, 429, "rate_limit_error", "No.", retry_after="7"))

    failure = (await house.hear(a_spec())).failure

    assert failure is not None
    assert (failure.code, failure.retry_after_s) == ("model_rate_limited", 7.0)
    assert not failure.is_provider_fault
