"""Structured logs: JSON lines, or pretty ones on a terminal, with request, run and thread ids."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


def configure_logs(level: str, form: str) -> None:
    """Set logging up for the process.

    Args:
        level: debug, info, warning or error.
        form: json, pretty, or auto (pretty when standard error is a terminal).
    """
    is_pretty = form == "pretty" or (form == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        _pretty_renderer() if is_pretty else structlog.processors.JSONRenderer()
    )
    # The pretty renderer draws tracebacks itself.
    tracebacks = [] if is_pretty else [structlog.processors.format_exc_info]
    # Of a whole text stream, loggers use these two methods alone.
    stderr = cast("TextIO", _Patient(sys.stderr))
    structlog.configure(
        processors=[*shared, *tracebacks, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stderr),
    )
    handler = logging.StreamHandler(stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *tracebacks,
                renderer,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _Patient:
    """Writes where it can: a log whose disk is full, or that nobody reads, fails no run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write the text, or drop it."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Let what was written go out, or drop it."""
        with suppress(OSError):
            self._stream.flush()


def _pretty_renderer() -> structlog.typing.Processor:
    # Its usual tracebacks show the values of variables, and with them keys and prompts.
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
