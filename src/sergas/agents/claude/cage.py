"""The surroundings of a process: a folder and an environment of its own, and nothing of ours.

Oddity: the SDK adds what it is given to the environment of the server, and has no way to leave that
out. So the command that it starts is a script, which begins the program with what is named here.
"""

import shlex
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claude_agent_sdk import project_key_for_directory

from sergas.agents.models.endpoint import Endpoint, Provider

_QUIET = {
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "CLAUDE_CODE_DISABLE_TERMINAL_TITLE": "1",
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_ERROR_REPORTING": "1",
    "DISABLE_TELEMETRY": "1",
}
# The server owns the conversation: it sees what fails, tries again, and says what the model reads.
_TAME = {
    "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS": "1",
    "CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK": "1",
    "CLAUDE_CODE_MAX_RETRIES": "0",
    "CLAUDE_CODE_RESUME_INTERRUPTED_TURN": "1",
    "DISABLE_COMPACT": "1",
    "ENABLE_TOOL_SEARCH": "false",
}
_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Cage:
    """The folder of one process."""

    folder: Path

    @property
    def command(self) -> Path:
        """What to start."""
        return self.folder / "start"

    @property
    def work(self) -> Path:
        """The working directory; nothing is in it."""
        return self.folder / "work"

    @property
    def config(self) -> Path:
        """Where the program keeps its things."""
        return self.folder / "config"

    @property
    def instructions(self) -> Path:
        """The system prompt, as a file: a command line can be read by others, and has a limit."""
        return self.folder / "instructions"

    @property
    def pid(self) -> int | None:
        """The id of the process; None before it has begun."""
        try:
            return int((self.folder / "pid").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def keep_session(self, session: str, transcript: bytes) -> None:
        """Lay a session where the program finds it."""
        place = self.config / "projects" / project_key_for_directory(self.work)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{session}.jsonl").write_bytes(transcript)

    def remove(self) -> None:
        """Remove the folder with all that the program wrote."""
        shutil.rmtree(self.folder, ignore_errors=True)


def build_cage(program: Path, instructions: str, environment: Mapping[str, str]) -> Cage:
    """Make the folder of a process."""
    cage = Cage(Path(tempfile.mkdtemp(prefix="sergas-claude-")))
    for folder in (cage.work, cage.config, cage.folder / "tmp"):
        folder.mkdir()
    cage.instructions.write_text(instructions)
    own = {
        **environment,
        "CLAUDE_CONFIG_DIR": str(cage.config),
        "HOME": str(cage.folder),
        "TMPDIR": str(cage.folder / "tmp"),
    }
    named = " ".join(shlex.quote(f"{name}={value}") for name, value in own.items())
    cage.command.write_text(
        "#!/bin/sh\n"
        f"echo $$ > {shlex.quote(str(cage.folder / 'pid'))}\n"
        f'exec env -i {named} {shlex.quote(str(program))} "$@"\n'
    )
    cage.command.chmod(0o700)
    return cage


def environment(
    endpoint: Endpoint, *, url: str, token: str, output_tokens: int
) -> Mapping[str, str]:
    """Return everything that a process is told; the endpoint's key is not among it.

    Args:
        endpoint: what the relay forwards to.
        url: of the relay.
        token: by which the relay knows the process.
        output_tokens: how much the model may write in a turn; 0 is the program's own limit.
    """
    told = {
        **_QUIET,
        **_TAME,
        "PATH": _PATH,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "CLAUDE_CODE_ENTRYPOINT": "sdk-py",
        "ANTHROPIC_BASE_URL": url,
        "ANTHROPIC_AUTH_TOKEN": token,
    }
    if output_tokens:
        told["CLAUDE_CODE_MAX_OUTPUT_TOKENS"] = str(output_tokens)
    if endpoint.provider is not Provider.ANTHROPIC:
        # Others refuse fields that they do not know.
        told["CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS"] = "1"
    return told
