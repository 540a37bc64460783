"""What the logs show, and what they keep to themselves."""

import subprocess
import sys

import pytest

CRASH = """
import structlog
from sergas.telemetry.logs import configure_logs

def call(key):
    raise ZeroDivisionError("It broke.")

configure_logs("debug", "{form}")
try:
    call("sk-" + "secret")
except ZeroDivisionError as error:
    structlog.get_logger().error("crashed", exc_info=error)
    import logging
    logging.getLogger("library").error("crashed too", exc_info=error)
"""


@pytest.mark.parametrize("form", ["pretty", "json"])
def test_a_crash_shows_where_it_was_and_no_values(form: str) -> None:
    script = CRASH.replace("{form}", form)

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )

    assert "It broke." in done.stderr
    assert "crashed too" in done.stderr
    assert "sk-secret" not in done.stderr
