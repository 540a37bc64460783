"""Where an agent of another server runs, and what of that may be shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx2

_SHORTEST_SECRET = 4


@dataclass(frozen=True, slots=True)
class RemoteServer:
    """Where an agent runs.

    Attributes:
        url: takes a RunAgentInput by POST and answers with a stream of AG-UI events.
        headers: sent with every request, such as `Authorization`; never shown.
        stop_url: POSTed when the agent is stopped, with `{threadId}` and `{runId}` filled in; ""
            if the server stops when its connection closes.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    stop_url: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """The address without what may let somebody in: user, password, query."""
        url = httpx2.URL(self.url)
        place = f"{url.host}:{url.port}" if url.port is not None else url.host
        return f"{url.scheme}://{place}{url.path}"

    def redacted(self, text: str) -> str:
        """Return a text of the server without what lets us in there."""
        for secret in sorted(self._secrets(), key=len, reverse=True):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "***")
        return text

    def _secrets(self) -> Iterator[str]:
        url = httpx2.URL(self.url)
        yield from (url.username, url.password, *url.params.values())
        for value in self.headers.values():
            yield value
            yield value.rpartition(" ")[2]
