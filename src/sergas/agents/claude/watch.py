"""Whether a stream of the Messages API came to its own end, by its bytes as they pass."""

from dataclasses import dataclass

from sergas.core.json import JsonObject, as_object, decode


@dataclass(slots=True)
class StreamWatch:
    """What has passed so far.

    Attributes:
        begun: the event that began the message, or None.
        is_complete: the message came to its end.
        error: what the provider said instead of going on, or None.
    """

    begun: JsonObject | None = None
    is_complete: bool = False
    error: JsonObject | None = None
    _rest: bytes = b""

    def read(self, data: bytes) -> None:
        """Take the next bytes in.

        Raises:
            ValueError: they are no stream of this API.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            name, _, value = line.strip().partition(b":")
            if name == b"data":
                self._note(as_object(decode(value)))

    def _note(self, event: JsonObject) -> None:
        match event.get("type"):
            case "message_start":
                self.begun = event
            case "message_stop":
                self.is_complete = True
            case "error":
                self.error = event
            case _:
                return
