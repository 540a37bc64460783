"""How far the workflow of another Sergas server is, from its `workflow_status` activity."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sergas.core.chunks import Progress
from sergas.core.json import Json, JsonObject, as_object


@dataclass(slots=True)
class FarBoard:
    """What the board over there says, as far as it matters here."""

    _progress: int = 0
    _current: str = ""
    _titles: dict[str, str] = field(default_factory=dict[str, str])

    def read(self, kind: str, event: JsonObject) -> Sequence[Progress]:
        """Return the progress that an activity's event tells; another activity tells none."""
        if event.get("activityType") != "workflow_status":
            return []
        before = (self._progress, self._current)
        if kind == "ACTIVITY_SNAPSHOT":
            self._take(as_object(event["content"]))
        else:
            self._take(_changes(event["patch"]))
        if (self._progress, self._current) == before:
            return []
        return [Progress(self._progress, self._titles.get(self._current, self._current))]

    def _take(self, board: JsonObject) -> None:
        progress = board.get("progress", self._progress)
        self._progress = progress if isinstance(progress, int) else self._progress
        self._current = str(board.get("currentAgent", self._current))
        for name, card in as_object(board.get("agents")).items():
            self._titles[name] = str(as_object(card).get("title") or name)


def _changes(patch: Json) -> JsonObject:
    operations = map(as_object, patch if isinstance(patch, list) else [])
    return {str(one.get("path")).removeprefix("/"): one.get("value") for one in operations}
