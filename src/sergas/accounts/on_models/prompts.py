"""The prompts: files, so that whoever knows the job can change them."""

from importlib import resources


def instructions(agent: str) -> str:
    """Read the system prompt of an agent: `scout`, `memory` or `author`."""
    return (
        resources.files("sergas.accounts.on_models")
        .joinpath(f"prompts/{agent}.md")
        .read_text("utf-8")
    )
