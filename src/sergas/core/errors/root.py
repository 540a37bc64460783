"""The root of the family."""


class SergasError(Exception):
    """Root of the family; `code` is stable and the same over HTTP and in `RUN_ERROR`."""

    code = "internal_error"
