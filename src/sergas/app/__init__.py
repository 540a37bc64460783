"""Builds every concrete class from the settings and joins the rooms. Nobody else does."""

from sergas.app.application import console_folder, create_app

__all__ = ["console_folder", "create_app"]
