"""Holds every check against one life: what is stored of its run, and what each client got."""

from collections.abc import Sequence

from tests.chaos.trial import checks
from tests.chaos.trial.checks import Violation
from tests.chaos.trial.lives import Life
from tests.chaos.trial.plan import NESTED_DELTAS, whole_text
from tests.chaos.trial.readers import Watcher
from tests.streams import AgUiEvent


def examined(life: Life, stored: Watcher) -> list[Violation]:
    """Return what is wrong with a life, given a watcher that has read its whole log."""
    seqs, seen = ([frame.seq for frame in one.frames] for one in (stored, life.watcher))
    return [
        *_refusals(life),
        *checks.contiguous(seqs),
        *checks.contiguous(seen),
        *checks.same_events(life.watcher.events, stored.events, "the watcher"),
        *_of_run(life, stored.events),
        *_of_joiner(life, stored),
        *_of_stock_clients(life),
    ]


def _refusals(life: Life) -> list[Violation]:
    return [
        Violation(f"a client was refused: {reader.refusal}")
        for reader in (life.watcher, life.joiner)
        if reader is not None and reader.refusal
    ]


def _of_run(life: Life, events: Sequence[AgUiEvent]) -> list[Violation]:
    before = [name for one in life.line for name in checks.finished_agents(one.watcher.events)]
    part = life.plan.body["forwardedProps"]["script"]["agents"][0]
    found = [
        *checks.legs(events),
        *checks.closed_scopes(events),
        *checks.answered_tools(events),
        *checks.finished_once(events, before),
        *checks.whole_texts(events, whole_text(part["deltas"]), whole_text(NESTED_DELTAS)),
    ]
    if not life.record:
        return found
    found += checks.same_end(life.record, events)
    if life.record["status"] == "completed":
        found += checks.all_agents_finished(events, life.plan.agents, before)
    if life.cancelled is not None:
        by_then = checks.finished_agents(events[: life.seen_at_cancel])
        was_done = {*by_then, *before} >= set(life.plan.agents)
        found += checks.stays_cancelled(life.record, life.cancelled, was_done=was_done)
    return found


def _of_joiner(life: Life, stored: Watcher) -> list[Violation]:
    joiner = life.joiner
    if joiner is None or not joiner.is_over or joiner.refusal:
        return []
    live = [frame.event for frame in joiner.live]
    tail = [frame.event for frame in stored.frames if frame.seq > joiner.joined_at]
    return [
        *checks.same_events(live, tail, "who joined"),
        *checks.same_texts(joiner.texts, checks.texts_of(stored.events), life.thread_texts),
    ]


def _of_stock_clients(life: Life) -> list[Violation]:
    found: list[Violation] = []
    for visit in life.visits:
        result = visit.result
        if result is None:
            continue
        found += [Violation(f"{visit} rejected the stream: {why}") for why in result["rejected"]]
        if life.thread and not result["rejected"]:
            wrong = checks.same_thread(result, life.thread)
            found += [Violation(f"{visit} shows {one.what}", one.events) for one in wrong]
    return found
