"""What an extra of this package needs, for messages that say how to get it."""

from importlib.metadata import requires


def command_for(extra: str) -> str:
    """Return the command that installs an extra's packages, wherever Sergas itself came from."""
    wanted = [
        requirement.strip()
        for requirement, _, marker in (line.partition(";") for line in requires("sergas") or ())
        if marker.replace('"', "'").strip() == f"extra == '{extra}'"
    ]
    return "pip install " + " ".join(f"'{one}'" for one in wanted)
