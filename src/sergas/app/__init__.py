"""Builds every concrete class from the settings and joins the rooms. Nobody else does."""

from sergas.app.application import check_can_start, console_folder, create_app
from sergas.app.database import migrate

__all__ = ["check_can_start", "console_folder", "create_app", "migrate"]
