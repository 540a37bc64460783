"""How DBOS reaches the same database: by SQLAlchemy and psycopg, in a schema of its own."""

_DRIVER = "postgresql+psycopg://"


def dbos_url(url: str) -> str:
    """Name the driver in the address, as SQLAlchemy wants it."""
    return _DRIVER + url.partition("://")[2]
