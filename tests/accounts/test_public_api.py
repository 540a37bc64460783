"""The account copilot is written on the public API alone, as anybody's application would be."""

import ast
from pathlib import Path

import pytest

import sergas.accounts

ROOT = Path(sergas.accounts.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_the_public_api_and_its_own_application(path: Path):
    tree = ast.parse(path.read_text("utf-8"))

    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    inside = {name for name in named if name and name.split(".")[0] == "sergas"}
    assert all(name == "sergas" or name.startswith("sergas.accounts") for name in inside)
