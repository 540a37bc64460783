"""What is special about SQLite: one process, a file that lasts."""

from pathlib import Path

import pytest

from sergas.core.errors import StoreRefused
from sergas.core.ids import LOCAL_TENANT
from sergas.stores.sqlite import open_stores
from tests.examples import a_run


async def test_a_second_process_is_refused_while_the_first_has_the_folder(tmp_path: Path) -> None:
    async with open_stores(tmp_path):
        with pytest.raises(StoreRefused, match="another --data-dir"):
            async with open_stores(tmp_path):
                pass

    async with open_stores(tmp_path):
        pass


async def test_what_was_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    async with open_stores(tmp_path) as first:
        await first.runs.add(a_run(), "script", None)

    async with open_stores(tmp_path) as second:
        assert await second.runs.find(LOCAL_TENANT, a_run().id) == a_run()
