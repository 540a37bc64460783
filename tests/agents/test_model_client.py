"""The connection to an endpoint."""

import subprocess
import sys

import pytest

_OPENS = """
import asyncio, sys
from sergas.agents.messages import CallLimits, ModelClient
from sergas.agents.models.endpoint import Endpoint, Provider

async def main():
    endpoint = Endpoint(Provider({provider!r}), {wire!r}, "http://127.0.0.1:9", "any")
    client = ModelClient(endpoint, CallLimits())
    async with client.opened():
        loaded = set(sys.modules)
        client.model("any")
        client.model("another")
        print(sorted(name for name in set(sys.modules) - loaded if name.count(".") == 0))

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("provider", "wire"),
    [("anthropic", "anthropic"), ("zai", "openai"), ("ollama", "openai")],
)
def test_an_open_client_has_loaded_its_sdk(provider: str, wire: str) -> None:
    # In a process of its own, because other tests have loaded everything here.
    code = _OPENS.format(provider=provider, wire=wire)

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
