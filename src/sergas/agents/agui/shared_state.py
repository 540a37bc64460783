"""A remote agent's shared state, kept under one key of ours."""

from dataclasses import dataclass

from sergas.core.chunks import StatePatch
from sergas.core.json import Json, JsonObject


@dataclass(slots=True)
class SharedState:
    """Says the remote's changes again, one level deeper; with no key, nothing is shown."""

    key: str
    is_there: bool = False

    def replace(self, value: Json) -> list[StatePatch]:
        """Put the whole state."""
        return self._said([{"op": "add", "path": self._root, "value": value}])

    def change(self, operations: list[JsonObject]) -> list[StatePatch]:
        """Change it; the first change of a state that nobody has given makes an empty one."""
        first: list[JsonObject] = [] if self.is_there else [self._made()]
        return self._said([*first, *(self._moved(operation) for operation in operations)])

    @property
    def _root(self) -> str:
        return "/" + self.key.replace("~", "~0").replace("/", "~1")

    def _made(self) -> JsonObject:
        return {"op": "add", "path": self._root, "value": {}}

    def _moved(self, operation: JsonObject) -> JsonObject:
        places = {name: operation[name] for name in ("path", "from") if name in operation}
        return {**operation, **{name: f"{self._root}{place}" for name, place in places.items()}}

    def _said(self, operations: list[JsonObject]) -> list[StatePatch]:
        if not self.key:
            return []
        self.is_there = True
        return [StatePatch(tuple(operations))]
