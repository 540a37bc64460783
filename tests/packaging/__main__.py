"""`make test-package`, `make test-next`: the package as published, in pages of other people."""

import sys
import tempfile
from pathlib import Path

from tests.packaging.apps import fresh_next_app, fresh_vite_app
from tests.packaging.trial import try_page

_APPS = {"vite": fresh_vite_app, "next": fresh_next_app}


def main(kind: str) -> None:
    """Make the app, build it, and see a run in it from its start to its end."""
    with tempfile.TemporaryDirectory(prefix=f"sergas-{kind}-") as folder:
        app = _APPS[kind](Path(folder))
        try_page(app, Path(folder))
    sys.stdout.write(f"A fresh {kind} app shows a run from its start to its end.\n")


main(*sys.argv[1:])
