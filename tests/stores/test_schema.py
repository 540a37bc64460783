"""The migrations as files: one number each, so that none is passed over."""

from importlib import resources

import pytest


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_no_two_migrations_have_the_same_number(store: str) -> None:
    folder = resources.files(f"sergas.stores.{store}") / "schema"
    names = [file.name for file in folder.iterdir() if file.name.endswith(".sql")]

    numbers = [name.split("_")[0] for name in names]

    assert names
    assert len(set(numbers)) == len(numbers), sorted(names)
