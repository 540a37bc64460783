"""Which errors of PostgreSQL pass by themselves, and what they mean to a person."""

import asyncpg

# Nothing is wrong with what was asked for; the same may work in a moment. `OSError` has the refused
# connection and the time-out. A connection that is closed beneath its user is an `InterfaceError`,
# or an `InternalClientError` if that happens between two messages of one query.
PASSING_ERRORS = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
    asyncpg.ReadOnlySQLTransactionError,
)


def reason_of(error: Exception) -> str:
    """Return what an error says, in a few words without an address that could hold a password."""
    if isinstance(error, TimeoutError):
        return "PostgreSQL does not answer in time"
    if isinstance(error, OSError):
        return f"PostgreSQL cannot be reached ({error.strerror or type(error).__name__})"
    return f"PostgreSQL says {str(error) or type(error).__name__!r}"
