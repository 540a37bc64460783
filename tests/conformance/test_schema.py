"""What the older dialect says of every event, held against the older client's own schema."""

import json
import subprocess
from pathlib import Path

from sergas.core.json import encode
from sergas.web.dialect import before_1_0
from tests.every_event import EVERY, OLDER

_JUDGE = Path(__file__).parent / "clients" / "schema.mjs"


def judged(events: list[bytes]) -> list[str | None]:
    """Return what the client's schema says against each event."""
    done = subprocess.run(
        ["node", str(_JUDGE)],
        input=b"[%b]" % b",".join(events),
        capture_output=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_older_client_takes_every_event_in_its_dialect() -> None:
    said = [form for event in EVERY for form in before_1_0(encode(event))]

    complaints = judged(said)

    assert len(complaints) == len(EVERY)
    assert [complaint for complaint in complaints if complaint is not None] == []


def test_the_older_client_would_reject_what_is_said_otherwise() -> None:
    # The expiry is not rejected by the schema; it locks the thread later.
    stored = [encode(event) for event, _ in OLDER if "expiresAt" not in str(event)]

    assert all(judged(stored))
