"""The steps of which scenarios are made; `clients/stage.mjs` says what each means."""

from collections.abc import Iterable

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]
Step = JsonObject


def agent(name: str = "a", **changes: JsonValue) -> JsonObject:
    """Return one scripted agent: 20 pieces of 12 characters, unless told otherwise."""
    return {"name": name, "deltas": 20, "delta_chars": 12, "delay_ms": 2, **changes}


def run(
    *agents: JsonObject, run: str = "r1", during: Iterable[Step] = (), **more: JsonValue
) -> Step:
    """Return the step that runs the agents, all at once; `more` may hold `page` and `text`."""
    script: JsonObject = {"parallel": True, "agents": list(agents)}
    props: JsonObject = {"workflow": "script", "script": script}
    props |= {name: more.pop(name) for name in ("onBusy", "budget") if name in more}
    return {"do": "run", "run": run, "props": props, "during": list(during), **more}


def after(kind: str, count: int, *steps: Step) -> Step:
    """Return steps that begin, in order, when their parent's stream has shown so many events."""
    return {"do": "steps", "after": [kind, count], "steps": list(steps)}


LONG = agent(deltas=2000, delay_ms=10)
ASKING = agent(interrupt="May I?")
EXPIRING = agent(interrupt="May I?", expires_at="{soon}")
GREETING = agent(frontend_tool="greet", frontend_arguments={"name": "Ada"})
CALL: JsonObject = {
    "provider": "anthropic",
    "model": "claude-haiku-4-5",
    "input": 100,
    "output": 20,
    "cached": 40,
}
UNPRICED = CALL | {"model": "unpriced"}
ASKED: JsonObject = {"name": "helper", "deltas": 10, "delta_chars": 12, "delay_ms": 2}
DEEP: JsonObject = {**ASKED, "name": "deep", "tools": 1, "subagents": [{**ASKED, "reasoning": 3}]}
FAR: JsonObject = {
    "parallel": True,
    "agents": [
        agent(subagents=[DEEP, ASKED], delay_ms=10),
        agent("b", reasoning=3, delay_ms=10),
        agent("c", tools=2, deltas=100, delay_ms=10),
    ],
}
ASK_FAR: Step = {"do": "run", "run": "r1", "props": {}, "during": []}
FAILING = agent(error="The scripted agent was told to fail.")
STOP: Step = {"do": "stop", "run": "r1"}
TEXT = "TEXT_MESSAGE_CONTENT"


def seconds(number: float) -> JsonObject:
    """Return an agent that speaks for so long: 100 pieces a second."""
    return agent(deltas=int(100 * number), delay_ms=10)


def answer(how: str, run: str = "r1", **more: JsonValue) -> Step:
    """Return the step that answers the open interrupts."""
    return {"do": "answer", "how": how, "run": run, **more}


def connect(page: str = "tab") -> Step:
    """Return the step that joins the thread."""
    return {"do": "connect", "page": page}


def post(path: str) -> Step:
    """Return the step that sends an empty request."""
    return {"do": "post", "path": path}
