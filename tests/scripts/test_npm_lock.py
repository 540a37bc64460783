"""A lock file names the binaries of every platform, whatever this registry offers."""

import json
from pathlib import Path

from scripts.setup.npm_lock import Package, complete


def test_a_binary_that_the_registry_lacks_is_named(tmp_path: Path):
    tool: Package = {
        "version": "2.0.0",
        "dev": True,
        "optionalDependencies": {
            "@tool/cli-linux-x64-musl": "2.0.0",
            "@tool/cli-darwin-arm64": "2.0.0",
        },
    }

    packages = completed(tmp_path, {"node_modules/tool": tool})

    assert packages["node_modules/@tool/cli-linux-x64-musl"] == {
        "version": "2.0.0",
        "cpu": ["x64"],
        "dev": True,
        "libc": ["musl"],
        "optional": True,
        "os": ["linux"],
    }
    assert "node_modules/@tool/cli-darwin-arm64" in packages


def test_a_binary_that_npm_named_stays_as_it_is(tmp_path: Path):
    tool: Package = {"optionalDependencies": {"@tool/cli-linux-x64": "2.0.0"}}
    binary: Package = {"version": "2.0.0", "os": ["linux"]}

    packages = completed(
        tmp_path, {"node_modules/tool": tool, "node_modules/@tool/cli-linux-x64": binary}
    )

    assert packages["node_modules/@tool/cli-linux-x64"] == binary


def test_an_optional_dependency_that_is_no_binary_is_left_out(tmp_path: Path):
    tool: Package = {"optionalDependencies": {"pretty-colours": "1.0.0"}}

    assert list(completed(tmp_path, {"node_modules/tool": tool})) == ["node_modules/tool"]


def completed(folder: Path, packages: dict[str, Package]) -> dict[str, Package]:
    path = folder / "package-lock.json"
    path.write_text(json.dumps({"packages": packages}))
    complete(path)
    return json.loads(path.read_text())["packages"]
