"""The status board of a run: the `workflow_status` activity and the three fields of the state.

Pure: every method returns the events that tell a reader what changed.
"""

from collections.abc import Mapping, Sequence

from sergas.core.agents import Agent, UsesModel, Workflow
from sergas.core.budget import Amounts
from sergas.core.chunks import AgentState
from sergas.core.ids import RunId
from sergas.core.json import Json, JsonObject, as_object
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.engine.patches import pointer, put

ACTIVITY_TYPE = "workflow_status"


def activity_id(run_id: RunId) -> str:
    """Return the message id of a run's status activity."""
    return f"wf-{run_id}"


class Board:
    """What the page shows of the run as a whole and of each agent."""

    def __init__(self, run_id: RunId, content: dict[str, Json]) -> None:
        self._message_id = activity_id(run_id)
        self._content = content
        self._agents = {
            name: as_object(card) for name, card in as_object(content["agents"]).items()
        }

    @property
    def workflow_state(self) -> JsonObject:
        """The state's `/workflow` as it stands."""
        return {
            "workflow_progress": self._content["progress"],
            "completed_agents": self._content["completedAgents"],
            "current_agent": self._content["currentAgent"],
        }

    def snapshot(self) -> AgUiEvent:
        """Return the event that shows the whole board."""
        return events.activity_snapshot(
            self._message_id, ACTIVITY_TYPE, {**self._content, "agents": dict(self._agents)}
        )

    def card(self, name: str) -> Mapping[str, Json]:
        """Return what the board says of an agent."""
        return self._agents[name]

    def set_agent(self, name: str, **changes: Json) -> list[AgUiEvent]:
        """Change an agent's card; a value of None removes it. Unchanged values say nothing."""
        card = self._agents[name]
        operations: list[JsonObject] = []
        for key, value in changes.items():
            if value is None and card.pop(key, None) is not None:
                operations.append({"op": "remove", "path": pointer("agents", name, key)})
            elif value is not None and card.get(key) != value:
                card[key] = value
                operations.append(put(pointer("agents", name, key), value))
        return self._told(operations)

    def set_run(self, **changes: Json) -> list[AgUiEvent]:
        """Change what the board says of the run."""
        self._content.update(changes)
        return self._told([put(pointer(key), value) for key, value in changes.items()])

    @property
    def warned(self) -> list[str]:
        """The limits of the budget of which the reader has been warned."""
        return [str(as_object(warning)["limit"]) for warning in self._warnings]

    def set_limits(self, limits: Amounts) -> list[AgUiEvent]:
        """Show the run's budget, if it has one."""
        if self._content.get("budget", {}) == limits:
            return []
        return self.set_run(budget={str(limit): amount for limit, amount in limits.items()})

    def warn(self, limit: str, allowed: float, used: float, message: str) -> list[AgUiEvent]:
        """Show that a limit of the budget is nearly reached."""
        warning: JsonObject = {
            "code": "budget_warning",
            "limit": limit,
            "allowed": allowed,
            "used": used,
            "message": message,
        }
        return self.set_run(warnings=[*self._warnings, warning])

    def set_usage(self, agent: str, used: JsonObject, total: JsonObject) -> list[AgUiEvent]:
        """Show what models used, for one agent and for the whole run."""
        shown = self.set_agent(agent, usage=used) if agent in self._agents else []
        return (
            shown if self._content.get("usage") == total else [*shown, *self.set_run(usage=total)]
        )

    @property
    def _warnings(self) -> list[Json]:
        warnings = self._content.get("warnings")
        return list(warnings) if isinstance(warnings, list) else []

    def _told(self, operations: list[JsonObject]) -> list[AgUiEvent]:
        totals = _totals(self._agents)
        changed = {key: value for key, value in totals.items() if self._content.get(key) != value}
        self._content.update(changed)
        operations += [put(pointer(key), value) for key, value in changed.items()]
        told: list[AgUiEvent] = []
        if operations:
            told.append(events.activity_delta(self._message_id, ACTIVITY_TYPE, operations))
        if changed:
            told.append(events.state_delta([put("/workflow", self.workflow_state)]))
        return told


def new_board(run_id: RunId, workflow: Workflow, agents: Sequence[Agent], at_ms: int) -> Board:
    """Make the board of a run that begins."""
    return Board(
        run_id,
        {
            "workflowId": run_id,
            "workflow": workflow.name,
            "title": workflow.title,
            "status": "running",
            "progress": 0,
            "currentAgent": "",
            "completedAgents": [],
            "startedAt": at_ms,
            "agents": {agent.name: _new_card(agent) for agent in agents},
        },
    )


def _new_card(agent: Agent) -> JsonObject:
    state: AgentState = "initializing"
    model = agent.model if isinstance(agent, UsesModel) else ""
    return {
        "name": agent.name,
        "title": agent.title,
        "runtime": agent.runtime,
        **({"model": model} if model else {}),
        "status": state,
        "progress": 0,
        "currentTask": "",
        "attempt": 0,
        "toolCalls": 0,
        "reused": False,
    }


def _totals(agents: Mapping[str, Mapping[str, Json]]) -> JsonObject:
    running = [name for name, card in agents.items() if card["status"] == "running"]
    progress = [p for card in agents.values() if isinstance(p := card["progress"], int)]
    return {
        "progress": sum(progress) // len(progress) if progress else 0,
        "completedAgents": [name for name, card in agents.items() if card["status"] == "completed"],
        "currentAgent": running[0] if running else "",
    }
