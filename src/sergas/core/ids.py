"""Ids, and the one place that makes them."""

import re
import secrets
from typing import NewType

ThreadId = NewType("ThreadId", str)
RunId = NewType("RunId", str)
TenantId = NewType("TenantId", str)
ExecutorId = NewType("ExecutorId", str)
"""One server process, from its start to its end; a restart is another executor."""

LOCAL_TENANT = TenantId("local")
_VALID_ID = re.compile(r"[A-Za-z0-9\-._~:@+=,]{1,200}")


def new_run_id() -> RunId:
    """Make a run id that cannot be guessed."""
    return RunId(f"run_{secrets.token_hex(12)}")


def new_executor_id() -> ExecutorId:
    """Make the id of this boot of this process."""
    return ExecutorId(f"exec_{secrets.token_hex(8)}")


def new_thread_id() -> ThreadId:
    """Make a thread id that cannot be guessed."""
    return ThreadId(f"thread_{secrets.token_hex(12)}")


def is_valid_id(text: str) -> bool:
    """Say whether a client's id may be stored: 1-200 letters, digits and `-._~:@+=,`.

    An id travels in paths, SSE `id:` lines, file names and log lines, so it has to be dull.
    """
    return _VALID_ID.fullmatch(text) is not None and text not in (".", "..")
