"""The fixture of the contract suite: every runtime in turn."""

from collections.abc import AsyncGenerator

import pytest

from tests.models.fake import FakeModels
from tests.runtimes.houses import KINDS, House, Kind


@pytest.fixture(params=KINDS)
async def house(request: pytest.FixtureRequest, models: FakeModels) -> AsyncGenerator[House]:
    """Give an open runtime on a fake model server."""
    kind: Kind = request.param
    async with kind.opened(models) as runtime:
        yield House(kind.wire, runtime, models, kind.speaks_within_s, kind.may_swallow)
