"""The file of the MCP servers: what it may say, and what is wrong with it in words."""

import json
from pathlib import Path

import pytest

from sergas.agents.tools.mcp.settings import read_settings, tool_name
from sergas.core.errors import BadSetting

TOML = """
[mcpServers.crm]
command = "crm-mcp"
args = ["--region", "${REGION}"]
env = { CRM_TOKEN = "${TOKEN}" }
timeout_s = 20

[mcpServers.crm.tools]
find_account = "never"
send_mail = "always"

[mcpServers.docs]
url = "https://docs.example.com/mcp"
headers = { Authorization = "Bearer ${TOKEN}" }
tools = { search = "never" }
"""
VARIABLES = {"REGION": "eu", "TOKEN": "secret"}


def test_a_toml_file_names_servers_with_what_the_environment_says(tmp_path: Path) -> None:
    servers = read_settings(_file(tmp_path, TOML), VARIABLES)

    assert servers["crm"].command == "crm-mcp"
    assert servers["crm"].args == ("--region", "eu")
    assert servers["crm"].env == {"CRM_TOKEN": "secret"}
    assert servers["crm"].tools == {"find_account": "never", "send_mail": "always"}
    assert servers["crm"].timeout_s == 20
    assert servers["docs"].headers == {"Authorization": "Bearer secret"}


def test_a_json_file_says_the_same(tmp_path: Path) -> None:
    servers = {"mcpServers": {"docs": {"url": "http://127.0.0.1/mcp", "tools": {"a": "never"}}}}

    read = read_settings(_file(tmp_path, json.dumps(servers), "mcp.json"), {})

    assert read["docs"].url == "http://127.0.0.1/mcp"


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        ('command = "x"', "missing required field `tools`"),
        ('command = "x"\ntools = {}', "length >= 1"),
        ('command = "x"\ntools = { a = "sometimes" }', "Invalid enum value 'sometimes'"),
        ('tools = { a = "never" }', "Expected either `command` or `url`"),
        ('command = "x"\nurl = "http://x"\ntools = { a = "never" }', "either `command` or `url`"),
        ('url = "http://x"\nargs = ["y"]\ntools = { a = "never" }', "go with `command`"),
        ('command = "x"\nheaders = { a = "b" }\ntools = { a = "never" }', "with `url`"),
        ('url = "file:///etc"\ntools = { a = "never" }', "matching regex"),
        ('command = "x"\ntool = { a = "never" }', "unknown field `tool`"),
        ('command = "x"\ntimeout_s = 0\ntools = { a = "never" }', "`float` > 0"),
        ('command = "${NOT_SET}"\ntools = { a = "never" }', "${NOT_SET}, which is not set"),
        ('command = "x"\ntools = { "a.b" = "never", "a/b" = "never" }', "two tools would be named"),
        (f'command = "x"\ntools = {{ {"a" * 64} = "never" }}', "longer than 64 characters"),
        ("command = x", "Invalid value"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(server: str, reason: str, tmp_path: Path) -> None:
    path = _file(tmp_path, f"[mcpServers.one]\n{server}\n")

    with pytest.raises(BadSetting) as told:
        read_settings(path, {})

    assert reason in str(told.value)
    assert str(path) in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="No such file"):
        read_settings(tmp_path / "none.toml", {})


def test_models_call_tools_by_their_server() -> None:
    assert tool_name("crm", "notes/find.all") == "crm_notes_find_all"


def _file(folder: Path, text: str, name: str = "mcp.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path
