"""What a LangChain message used: its pieces add up to one model call."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sergas.core.chunks import Usage
from sergas.core.json import Json, as_object


@dataclass(slots=True)
class MessageUsage:
    """The call of one message; who serves the model is said with its first piece alone."""

    call_id: str = ""
    _provider: str = ""
    _model: str = ""
    _used: Counter[str] = field(default_factory=Counter[str])

    def read(self, message: Any) -> list[Usage]:
        """Take a piece in, and return what the call has used so far if the piece adds to it."""
        said = as_object(getattr(message, "response_metadata", None))
        self._provider = str(said.get("model_provider") or self._provider)
        self._model = str(said.get("model_name") or self._model)
        counted = as_object(getattr(message, "usage_metadata", None))
        if not counted:
            return []
        read, wrote = (
            as_object(counted.get(f"{way}_token_details")) for way in ("input", "output")
        )
        self._used.update(
            input=_count(counted.get("input_tokens")),
            output=_count(counted.get("output_tokens")),
            reasoning=_count(wrote.get("reasoning")),
            cached=_count(read.get("cache_read")),
            written=_count(read.get("cache_creation")),
        )
        return [self._usage()]

    def _usage(self) -> Usage:
        return Usage(
            provider=self._provider or "langgraph",
            model=self._model,
            input_tokens=self._used["input"],
            output_tokens=self._used["output"],
            reasoning_tokens=self._used["reasoning"],
            cached_input_tokens=self._used["cached"],
            cache_write_input_tokens=self._used["written"],
            call_id=self.call_id,
        )


def _count(value: Json) -> int:
    return int(value) if isinstance(value, int | float) else 0
