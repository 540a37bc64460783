"""The set-up finds a browser for the end-to-end tests, or says how to get one."""

from pathlib import Path

import pytest

from scripts.setup.browser import prepare_browser
from scripts.setup.shell import SetupError


def test_the_browser_that_the_user_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CHROMIUM", str(program(tmp_path / "mine")))
    monkeypatch.setenv("PATH", str(program(tmp_path / "bin" / "chromium").parent))

    assert prepare_browser() == {"CHROMIUM": str(tmp_path / "mine")}


def test_a_browser_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    browser = program(tmp_path / "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert prepare_browser() == {"CHROMIUM": str(browser)}


def test_a_named_browser_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")

    with pytest.raises(SetupError, match="/no/such/browser"):
        prepare_browser()


def test_without_browser_and_apt_the_command_that_installs_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SetupError, match="apt-get install -y chromium"):
        prepare_browser()


def program(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o755)
    return place
