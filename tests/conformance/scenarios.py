"""The scenario table: what every client is put through, and what has to come of it.

A scenario is a list of steps.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tests.conformance.steps import (
    ASK_FAR,
    ASKED,
    ASKING,
    CALL,
    DEEP,
    EXPIRING,
    FAILING,
    GREETING,
    LONG,
    STOP,
    TEXT,
    UNPRICED,
    Step,
    after,
    agent,
    answer,
    connect,
    post,
    run,
    seconds,
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the table.

    Attributes:
        outcomes: what comes of each step, depth first, in the words of `clients/stage.mjs`.
        counts: how often some types of event occur, over all steps.
        chars: how many characters the agents may have said, as the pages show them.
        stale: pages that another one overtook; the others have to show what the server keeps.
        complaint: what a client may say on the console beyond the outcomes; "" for nothing.
        server: `small` has room for one run at a time; `near` has an agent on the usual one, for
            which that runs `FAR`.
    """

    name: str
    steps: Sequence[Step]
    outcomes: Sequence[str]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    chars: Sequence[int] = (240,)
    stale: Collection[str] = ()
    complaint: str = ""
    server: Literal["usual", "small", "near"] = "usual"

    @property
    def agent(self) -> str:
        """Whom the clients ask."""
        return "far" if self.server == "near" else "script"

    def __str__(self) -> str:
        """Name the scenario in a test id."""
        return self.name


SCENARIOS = (
    Scenario(
        "success",
        [run(agent())],
        ["success"],
        counts={"SUBAGENT_STARTED": 1, "SUBAGENT_FINISHED": 1, "SUBAGENT_ERROR": 0},
    ),
    Scenario(
        "two parallel agents",
        [run(agent("a"), agent("b"))],
        ["success"],
        counts={"SUBAGENT_STARTED": 2, "SUBAGENT_FINISHED": 2, "TEXT_MESSAGE_START": 2},
        chars=[480],
    ),
    Scenario(
        "tool call",
        [run(agent(tools=2))],
        ["success"],
        counts={"TOOL_CALL_START": 2, "TOOL_CALL_END": 2, "TOOL_CALL_RESULT": 2},
    ),
    Scenario(
        "nested subagents",
        [run(agent(subagents=[DEEP, ASKED]), agent("b", subagents=[ASKED]))],
        ["success"],
        counts={"SUBAGENT_STARTED": 6, "SUBAGENT_FINISHED": 6, "TOOL_CALL_RESULT": 5},
        chars=[960],
    ),
    Scenario(
        "nested subagents, one failing",
        [run(agent(subagents=[{**ASKED, "error": "It broke."}, ASKED]))],
        ["success"],
        counts={"SUBAGENT_STARTED": 3, "SUBAGENT_FINISHED": 2, "SUBAGENT_ERROR": 1},
        chars=[480],
    ),
    Scenario(
        "nested subagents, join and cancel",
        [
            run(
                agent(subagents=[{**DEEP, "deltas": 2000, "delay_ms": 10}]),
                during=[after(TEXT, 9, connect("late")), after(TEXT, 16, STOP)],
            ),
            connect("reloaded"),
        ],
        ["cancelled", "done", "cancelled", "done", "done", "cancelled"],
        chars=range(1, 2000 * 12),
    ),
    Scenario(
        "agents of another server",
        [ASK_FAR, connect("reloaded")],
        ["success", "success"],
        counts={"SUBAGENT_STARTED": 7, "SUBAGENT_FINISHED": 7, "TOOL_CALL_RESULT": 6},
        chars=[2040],
        server="near",
    ),
    Scenario(
        "agents of another server, join and cancel",
        [
            {**ASK_FAR, "during": [after(TEXT, 9, connect("late")), after(TEXT, 16, STOP)]},
            connect("reloaded"),
        ],
        ["cancelled", "done", "cancelled", "done", "done", "cancelled"],
        chars=range(1, 2040),
        server="near",
    ),
    Scenario(
        "frontend tool",
        [run(GREETING, tools=["greet"])],
        ["success, success"],
        counts={"TOOL_CALL_START": 1, "TOOL_CALL_END": 1, "TOOL_CALL_RESULT": 0},
    ),
    Scenario(
        "two frontend tools",
        [run(GREETING, GREETING | {"name": "b"}, agent("c"), tools=["greet"])],
        ["success, success"],
        counts={"TOOL_CALL_START": 2, "SUBAGENT_STARTED": 5, "SUBAGENT_FINISHED": 5},
        chars=[720],
    ),
    Scenario(
        "tool approval",
        [run(agent(approval="May I square 3?")), answer("resolved", payload={"approved": True})],
        ["interrupt", "success"],
        counts={"TOOL_CALL_START": 1, "TOOL_CALL_END": 1, "TOOL_CALL_RESULT": 1},
    ),
    Scenario(
        "reasoning",
        [run(agent(reasoning=10), agent("b", reasoning=10))],
        ["success"],
        counts={"REASONING_START": 2, "REASONING_MESSAGE_START": 2, "REASONING_END": 2},
        chars=[480],
    ),
    Scenario(
        "second turn",
        [run(agent()), run(agent(tools=1), run="r2", text="And again.")],
        ["success", "success"],
        chars=[480],
    ),
    Scenario(
        "interrupt, resume",
        [run(ASKING), answer("resolved")],
        ["interrupt", "success"],
        counts={"SUBAGENT_STARTED": 2, "SUBAGENT_FINISHED": 2},
    ),
    Scenario(
        "interrupt, reload, resume",
        [run(ASKING), connect("reloaded"), answer("resolved", "r2", page="reloaded")],
        ["interrupt", "interrupt", "success"],
        stale=("tab",),
    ),
    Scenario(
        "expired interrupt",
        [
            run(EXPIRING),
            {"do": "expire"},
            answer("resolved", "r2", page="other", asked="tab"),
            answer("cancelled"),
            connect("other"),
        ],
        ["interrupt", "done", "409 interrupt_expired", "success", "success"],
    ),
    Scenario(
        "expired interrupt, reload",
        [
            run(EXPIRING),
            {"do": "expire"},
            connect("reloaded"),
            answer("cancelled", "r2", page="reloaded"),
        ],
        ["interrupt", "done", "interrupt", "success"],
        stale=("tab",),
    ),
    Scenario(
        "cancel",
        [run(LONG, during=[after(TEXT, 2, STOP)])],
        ["cancelled", "done", "done"],
        counts={"SUBAGENT_ERROR": 1, "RUN_ERROR": 0},
        chars=range(1, 2000 * 12),
    ),
    Scenario(
        "cancel, another run",
        [run(LONG, during=[after(TEXT, 2, STOP)]), run(agent(), run="r2"), connect("reloaded")],
        ["cancelled", "done", "done", "success", "success"],
        chars=range(240, 2000 * 12),
    ),
    Scenario(
        "cancel one agent",
        [
            run(
                LONG | {"on_error": "skip"},
                agent("b"),
                during=[after(TEXT, 2, post("/api/runs/{r1}/agents/a/cancel"))],
            )
        ],
        ["success", "done", "202"],
        counts={"SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 1},
        chars=range(240, 2000 * 12),
    ),
    Scenario(
        "agent error",
        [run(FAILING | {"on_error": "skip"}, agent("b"))],
        ["success"],
        counts={"SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 1},
        chars=[480],
    ),
    Scenario(
        "run error",
        [run(FAILING)],
        ["error agent_failed"],
        counts={"SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 0, "RUN_FINISHED": 0},
    ),
    Scenario(
        "usage",
        [run(agent(usage=[CALL]), agent("b", usage=[CALL, UNPRICED]))],
        ["success"],
        counts={"RUN_FINISHED": 1},
        chars=[480],
    ),
    Scenario(
        "budget exceeded",
        [run(agent(usage=[CALL | {"after": 20}]), budget={"tokens": 100})],
        ["error budget_exceeded"],
        counts={"SUBAGENT_ERROR": 1, "RUN_FINISHED": 0, "RUN_ERROR": 1},
    ),
    Scenario(
        "another attempt",
        [run(agent(fail_times=1))],
        ["success"],
        counts={"SUBAGENT_STARTED": 2, "SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 1},
    ),
    Scenario(
        "another attempt, remembering",
        [run(agent(fail_times=1, remembers=True))],
        ["success"],
        counts={"SUBAGENT_STARTED": 2, "SUBAGENT_ERROR": 1, "SUBAGENT_FINISHED": 1},
    ),
    Scenario(
        "retry",
        [
            run(seconds(1), during=[after(TEXT, 2, STOP)]),
            post("/api/runs/{r1}/retry"),
            connect(),
        ],
        ["cancelled", "done", "done", "202", "success"],
        chars=range(1200, 2400),
    ),
    Scenario("unknown thread", [connect(), run(agent())], ["no end", "success"]),
    Scenario(
        "join mid-run",
        [run(seconds(1), during=[after(TEXT, 3, connect("late"))])],
        ["success", "done", "success"],
        chars=[1200],
    ),
    Scenario(
        "duplicate POST",
        [
            run(seconds(1), during=[after(TEXT, 3, run(seconds(1), page="twin"))]),
            run(seconds(1), page="late twin"),
        ],
        ["success", "done", "success", "success"],
        counts={"SUBAGENT_STARTED": 3, "SUBAGENT_FINISHED": 3},
        chars=[1200],
    ),
    Scenario(
        "busy thread waits",
        [
            run(
                seconds(1),
                during=[after(TEXT, 2, run(agent(), run="r2", page="other", onBusy="enqueue"))],
            ),
            connect(),
            connect("reloaded"),
        ],
        ["success", "done", "success", "success", "success"],
        chars=[1440],
        stale=("other",),
    ),
    Scenario(
        "401",
        [
            {"do": "token", "token": "wrong"},
            run(agent()),
            {"do": "token", "token": "test-token"},
            run(agent(), run="r2"),
        ],
        ["done", "401 unauthorized", "done", "success"],
        complaint="Runtime info request failed with status 401",
    ),
    Scenario(
        "404",
        [
            run(agent(), page="lost", agent="nobody"),
            run(agent(), run="r2"),
            connect("lost"),
        ],
        ["404 workflow_not_found", "success", "404 workflow_not_found"],
        stale=("lost",),
    ),
    Scenario(
        "409",
        [
            run(LONG, during=[after(TEXT, 2, run(agent(), run="r2", page="other"), STOP)]),
            run(agent(), run="r3", page="other"),
            connect(),
            connect("reloaded"),
        ],
        ["cancelled", "done", "409 thread_busy", "done", "success", "success", "success"],
        chars=range(240, 2000 * 12),
        stale=("other",),
    ),
    Scenario(
        "422",
        [
            run(agent()),
            run(agent(), page="other", text="The same run id, another text."),
            connect("other"),
        ],
        ["success", "422 run_id_taken", "success"],
    ),
    Scenario(
        "429",
        [
            run(
                LONG,
                during=[after(TEXT, 2, run(agent(), run="r2", page="other", thread="o"), STOP)],
            ),
            run(agent(), run="r3", page="other"),
        ],
        ["cancelled", "done", "429 too_many_runs", "done", "success"],
        chars=range(1, 2000 * 12),
        server="small",
    ),
)
