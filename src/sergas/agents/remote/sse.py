"""Server-sent events from bytes, as the standard says: any line end, comments, several data lines.

Written on bytes because text readers split lines at characters that JSON may hold as they are.
"""

import re
from dataclasses import dataclass, field

_LINE_END = re.compile(rb"\r\n|\n|\r")
MAX_EVENT_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class SseDecoder:
    """Takes bytes as they come and returns the data of every event that is complete."""

    _rest: bytes = b""
    _data: list[bytes] = field(default_factory=list[bytes])

    def feed(self, piece: bytes) -> list[bytes]:
        """Take some bytes in.

        Raises:
            ValueError: an event is larger than 16 MiB.
        """
        text = self._rest + piece
        # A CR at the end may be half of a CRLF.
        held = b"\r" if text.endswith(b"\r") else b""
        *lines, rest = _LINE_END.split(text.removesuffix(held))
        self._rest = rest + held
        if len(self._rest) + sum(map(len, self._data)) > MAX_EVENT_BYTES:
            raise ValueError("An event is larger than 16 MiB.")
        return [event for line in lines if (event := self._line(line)) is not None]

    def _line(self, line: bytes) -> bytes | None:
        if not line:
            data, self._data = self._data, []
            return b"\n".join(data) if data else None
        name, _, value = line.removeprefix(b"\xef\xbb\xbf").partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
        return None
