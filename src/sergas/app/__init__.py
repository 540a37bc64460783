"""Builds every concrete class from the settings and joins the rooms. Nobody else does."""

from sergas.app.application import NO_CONSOLE, check_can_start, console_folder
from sergas.app.database import migrate
from sergas.app.doctor import examine
from sergas.app.runtime import choose_runtime
from sergas.app.serving import make_server

__all__ = [
    "NO_CONSOLE",
    "check_can_start",
    "choose_runtime",
    "console_folder",
    "examine",
    "make_server",
    "migrate",
]
