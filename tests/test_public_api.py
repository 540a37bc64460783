"""What `import sergas` gives to whoever writes agents."""

import sergas
from sergas.core.chunks import CHUNK_TYPES


def test_every_chunk_that_an_agent_may_yield_is_public() -> None:
    assert {kind.__name__ for kind in CHUNK_TYPES} <= set(sergas.__all__)
