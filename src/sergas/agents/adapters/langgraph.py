"""A LangGraph graph as an agent of a workflow.

With a checkpointer the graph goes on after a crash, and where a person has answered: its thread is
the agent in its run. Without one it begins anew in each attempt, and cannot be interrupted.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

from sergas.agents.adapters.langgraph_messages import Messages
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Interrupt, Memory
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, as_object, decode, encode

_INTERRUPT = "__interrupt__"


def _asked(task: AgentTask) -> object:
    return {"messages": [{"role": "user", "content": task.input.last_user_text}]}


@dataclass(frozen=True, slots=True)
class LangGraphAgent:
    """Runs a compiled graph.

    Its models' tokens become text, its tool messages tool results, its interrupts ours. The result
    is the graph's state when it ends, without what has no JSON form.

    Attributes:
        title: the name a person reads; its id if empty.
        graph: compiled, with the methods `astream` and `aget_state`.
        graph_input: makes the graph's input of the task; by default the person's last message.
    """

    name: str
    graph: Any
    title: str = ""
    description: str = "A LangGraph graph."
    graph_input: Callable[[AgentTask], object] = _asked
    runtime: str = "langgraph"

    def __post_init__(self) -> None:
        """Call it by its name if it has no title.

        Raises:
            TypeError: the graph is not compiled.
        """
        if not hasattr(self.graph, "astream"):
            raise TypeError(f"The graph of {self.name!r} is not compiled; call its .compile().")
        if not self.title:
            object.__setattr__(self, "title", self.name)

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Run the graph to its end, or to where it waits for a person."""
        thread_id = str(as_object(task.memory).get("threadId") or f"{task.run_id}-{task.agent}")
        config = {"configurable": {"thread_id": thread_id}}
        given = await self._given(task, config)
        messages, values, waits = Messages(), None, list[Interrupt]()
        modes = ["messages", "updates", "values"]
        stream = cast(
            "AsyncGenerator[tuple[str, Any], None]",
            self.graph.astream(given, config, stream_mode=modes),
        )
        async with aclosing(stream) as parts:
            async for mode, part in parts:
                if mode == "messages":
                    for chunk in messages.read(part[0]):
                        yield chunk
                elif mode == "values":
                    values = part
                else:
                    waits += [_question(asked) for asked in part.get(_INTERRUPT, ())]
        for chunk in messages.finish():
            yield chunk
        if not waits:
            yield Done(_json(values))
            return
        self._demand_checkpointer()
        yield Memory({"threadId": thread_id})
        for wait in waits:
            yield wait

    async def _given(self, task: AgentTask, config: dict[str, Any]) -> object:
        from langgraph.types import Command

        if task.answers:
            self._demand_checkpointer()
            answers = {key: answer.get("payload") for key, answer in task.answers.items()}
            return Command(resume=answers)
        if self.graph.checkpointer is not None and (await self.graph.aget_state(config)).next:
            # An earlier attempt got somewhere: go on from its last checkpoint.
            return None
        return self.graph_input(task)

    def _demand_checkpointer(self) -> None:
        if self.graph.checkpointer is None:
            what = f"The graph of {self.name!r} has no checkpointer; compile it with one, "
            raise AgentFailed(f"{what}or it cannot go on with an answer.", code="agent_contract")


def _question(asked: Any) -> Interrupt:
    value = _json(asked.value)
    text = value if isinstance(value, str) else str(as_object(value).get("question") or value)
    return Interrupt(key=str(asked.id), message=text, details={"value": value})


def _json(value: object) -> Json:
    try:
        return decode(encode(value))
    except TypeError:
        pass
    if isinstance(value, dict):
        parts = cast("dict[object, object]", value)
        return {str(key): _json(part) for key, part in parts.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in cast("list[object]", value)]
    dump = getattr(value, "model_dump", None)
    return _json(dump(mode="json")) if callable(dump) else None
