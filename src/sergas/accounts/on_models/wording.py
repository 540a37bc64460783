"""What a model's words may change in a brief, and why they are refused."""

import re
from collections.abc import Mapping

from sergas import Json, JsonObject
from sergas.accounts.analysis.phrases import gives_orders
from sergas.accounts.check import find_problems

METHOD_NOTE = (
    "Score, flags and steps are computed by rules from the records; a model worded the headline "
    "and the reasons, and each sentence was checked against its records."
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+")
_WORDED = ("why", "draft")

Brief = dict[str, Json]


def reworded(brief: Brief, words: JsonObject) -> tuple[Brief, list[str]]:
    """Return the brief with a model's words in it, and what is wrong with them.

    Only the headline and the reasons and drafts of steps that are there can change; a step keeps
    its evidence. What names an address that the brief does not have is refused, and so is what
    gives orders to software.
    """
    steps = {str(_object(step).get("key")): _object(step) for step in _list(words.get("actions"))}
    known = {str(_object(step).get("key")) for step in _list(brief.get("actions"))}
    problems = [f"There is no step {key!r}; steps cannot be added." for key in steps.keys() - known]
    draft = dict(brief) | {"method": "model", "methodNote": METHOD_NOTE}
    if headline := _object(words.get("headline")):
        draft["headline"] = headline
        problems += _tainted(brief, headline)
    draft["actions"] = [_worded(_object(step), steps) for step in _list(brief.get("actions"))]
    problems += _unsafe(brief, words)
    problems += [f"{p.section}[{p.place}] {p.reason}: {p.text}" for p in find_problems(draft)]
    return draft, problems


def _worded(step: JsonObject, words: Mapping[str, JsonObject]) -> JsonObject:
    new = words.get(str(step.get("key")), {})
    return {**step, **{name: new[name] for name in _WORDED if new.get(name)}}


def _tainted(brief: Brief, headline: JsonObject) -> list[str]:
    """A record that tries to give orders is evidence for its own flag and nothing else."""
    orders = {
        str(source.get("id"))
        for source in map(_object, _list(brief.get("sources")))
        if gives_orders(str(source.get("excerpt")))
    }
    cited = {str(part) for part in _list(headline.get("evidence"))}
    return [f"{part} gives orders to software; do not build on it." for part in orders & cited]


def _unsafe(brief: Brief, words: JsonObject) -> list[str]:
    known = set(_ADDRESS.findall(str(brief.get("actions"))))
    said = "\n".join(_texts(words))
    foreign = sorted(set(_ADDRESS.findall(said)) - known)
    problems = [f"{address} is in no step of the findings." for address in foreign]
    if gives_orders(said):
        problems.append("The words give orders to software.")
    return problems


def _texts(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
