"""What a page may say of the shared state and of itself: a little, and nothing of the server's.

A client sends its copy of the state back with every run. What agents wrote there is theirs: a page
that could write it could put words into the server's mouth.
"""

from collections.abc import Collection, Sequence

from sergas.core.agents import Workflow
from sergas.core.json import JsonObject, encode
from sergas.web.errors import RequestRefused

_MAX_BYTES = 256 * 1024


def server_keys(workflows: Collection[Workflow]) -> frozenset[str]:
    """Return the keys of the state that are not the page's to write, whichever workflow runs."""
    return frozenset({"workflow"}.union(*(workflow.owned_state for workflow in workflows)))


def pages_own(state: JsonObject, server_keys: Collection[str]) -> JsonObject:
    """Return what of a client's state is its own.

    Raises:
        RequestRefused: 413, it is too large.
    """
    own = {key: value for key, value in state.items() if key not in server_keys}
    _demand_modest(own, "state")
    return own


def demand_modest_context(context: Sequence[JsonObject]) -> None:
    """Make sure that what the page says about itself fits into a prompt.

    Raises:
        RequestRefused: 413, it does not.
    """
    _demand_modest(context, "context")


def _demand_modest(value: JsonObject | Sequence[JsonObject], field: str) -> None:
    size = len(encode(value)) if value else 0
    if size > _MAX_BYTES:
        detail = f"`{field}` has {size} bytes of the page's own; at most {_MAX_BYTES} are taken."
        raise RequestRefused(413, f"{field}_too_large", detail)
