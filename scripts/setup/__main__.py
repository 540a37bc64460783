"""The entry: refuse an old Python in plain words, then hand over.

Deliberate oddity: this file also runs on Python 3.6, so that an old Python gets a sentence and not
a syntax error.
"""

import sys


def start() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - an old Python is what this line looks for
        found = ".".join(str(number) for number in sys.version_info[:3])
        sys.stderr.write(
            "Sergas needs Python 3.11 or newer, and `python3` is " + found + ".\n"
            "Install a newer one and name it: make PYTHON=python3.12 ...\n"
        )
        return 1

    from scripts.setup.parts import main

    return main(sys.argv[1:])


sys.exit(start())
