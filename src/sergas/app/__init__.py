"""Builds every concrete class from the settings and joins the rooms. Nobody else does."""

from sergas.app.application import check_can_start, console_folder, create_app

__all__ = ["check_can_start", "console_folder", "create_app"]
