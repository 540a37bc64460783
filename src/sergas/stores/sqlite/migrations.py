"""Brings the tables up to date: numbered files, forward only, never edited once released."""

import sqlite3
from importlib import resources


def migrate(connection: sqlite3.Connection) -> None:
    """Apply every migration newer than the file's `user_version`, each in a transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, script in _scripts():
        if number > version:
            connection.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


def _scripts() -> list[tuple[int, str]]:
    folder = resources.files("sergas.stores.sqlite") / "schema"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name
    )
    return [(int(file.name.split("_")[0]), file.read_text()) for file in files]
