"""Which errors of SQLite are an outage of its file, and what they mean to a person."""

import sqlite3

from sergas.core.errors import StoreUnavailable

# The low byte is the error; the others say more about it.
_PRIMARY = 0xFF
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "the database file can only be read",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_BUSY: "another program holds the database file",
    sqlite3.SQLITE_LOCKED: "another program holds the database file",
}


def is_outage(error: Exception) -> bool:
    """Say whether nothing is wrong with what was asked for: the same may work in a while."""
    return isinstance(error, sqlite3.Error) and _reason(error) is not None


def as_outage(error: Exception) -> Exception:
    """Return what the caller is to hear: StoreUnavailable of an outage, else the error itself."""
    reason = _reason(error) if isinstance(error, sqlite3.Error) else None
    return StoreUnavailable(f"{reason} ({error})") if reason is not None else error


def _reason(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    return _REASONS.get(code & _PRIMARY) if isinstance(code, int) else None
