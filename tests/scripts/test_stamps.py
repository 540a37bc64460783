"""The set-up repeats a part exactly when something that the part is made from has changed."""

from pathlib import Path

from scripts.setup.stamps import digest, sources


def test_the_digest_changes_with_a_files_content(tmp_path: Path):
    lock = tmp_path / "package-lock.json"
    lock.write_text("one")
    before = digest([lock])

    lock.write_text("two")

    assert digest([lock]) != before


def test_the_digest_changes_with_a_files_name(tmp_path: Path):
    page = tmp_path / "page.tsx"
    page.write_text("same")
    before = digest([page])

    moved = page.rename(tmp_path / "other.tsx")

    assert digest([moved]) != before


def test_the_digest_changes_with_the_version_of_a_tool():
    assert digest([], "v20.19.0") != digest([], "v22.1.0")


def test_the_digest_is_the_same_for_the_same_files_in_any_order(tmp_path: Path):
    files = [tmp_path / name for name in ("a", "b", "c")]
    for file in files:
        file.write_text(file.name)

    assert digest(files) == digest(reversed(files))


def test_what_is_installed_or_built_is_no_source(tmp_path: Path):
    for name in ("src/page.tsx", "node_modules/x/index.js", "apps/console/dist/index.html"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.touch()

    assert list(sources(tmp_path)) == [tmp_path / "src" / "page.tsx"]
