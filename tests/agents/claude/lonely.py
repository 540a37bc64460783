"""An agent in a network of its own, where every packet is seen; for a process of its own.

It has to run in a new network namespace, as root there. All ways lead over loopback, so that what
goes to anybody anywhere, by name or by address, comes by and is written down.
"""

import asyncio
import ctypes
import fcntl
import json
import socket
import struct
import sys
from contextlib import suppress

from sergas.agents.claude import ClaudeRuntime, HallLimits, claude_agents
from tests.models.fake import running_models
from tests.models.turns import Call, calls, says
from tests.runtimes.houses import House, a_lookup, a_spec, endpoint_of

_SIOCSIFFLAGS, _SIOCADDRT = 0x8914, 0x890B
_IFF_UP, _RTF_UP = 0x1, 0x1
_ANY_FRAME = 0x0003
_TCP, _UDP = 6, 17
_SYN, _ACK = 0x02, 0x10
_ELSEWHERE = "192.0.2.1"


def main() -> None:
    """Run an agent and print whom anybody called meanwhile."""
    link_up()
    capture = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ANY_FRAME))
    capture.bind(("lo", 0))
    capture.setblocking(False)
    capture.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024 * 1024)
    try_elsewhere()
    tried = called_in(capture)
    with running_models() as models:
        lookup = Call("lookup", {"account": "Acme"})
        models.answer(calls(lookup), says("Fine."))

        async def run() -> tuple[str, str]:
            runtime = ClaudeRuntime(endpoint_of(models, "anthropic"), HallLimits(2, 1), silence_s=9)
            async with runtime.opened():
                house = House("anthropic", claude_agents(runtime), models)
                heard = await house.hear(a_spec(a_lookup()))
                return heard.text, runtime.relay_url

        text, relay = asyncio.run(run())
    seen = {
        "tried": tried,
        "text": text,
        "relay": f"{_TCP}:{relay.removeprefix('http://')}",
        "model": f"{_TCP}:127.0.0.1:{models.port}",
        "called": called_in(capture),
    }
    sys.stdout.write(json.dumps(seen))


def link_up() -> None:
    """Bring loopback up, and let all ways lead there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
        anywhere = struct.pack("HH12x", socket.AF_INET, 0)
        device = ctypes.create_string_buffer(b"lo")
        # struct rtentry: destination, gateway, mask, flags, then the device.
        route = struct.pack(
            "L16s16s16sHhLPhPLLH",
            *(
                0,
                anywhere,
                anywhere,
                anywhere,
                _RTF_UP,
                0,
                0,
                0,
                0,
                ctypes.addressof(device),
                0,
                0,
                0,
            ),
        )
        fcntl.ioctl(control, _SIOCADDRT, route)


def try_elsewhere() -> None:
    """Call somebody else, as a control."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.sendto(b"?", (_ELSEWHERE, 53))
    with socket.socket() as calling:
        calling.setblocking(False)
        with suppress(BlockingIOError):
            calling.connect((_ELSEWHERE, 443))


def called_in(capture: socket.socket) -> list[str]:
    """Return who was called since the last look, as protocol:address:port."""
    called: set[str] = set()
    with suppress(BlockingIOError):
        while True:
            called |= _called_by(capture.recv(65535))
    return sorted(called)


def _called_by(packet: bytes) -> set[str]:
    if packet[0] >> 4 != 4:
        return {f"version {packet[0] >> 4}"}
    protocol, inner = packet[9], packet[(packet[0] & 0x0F) * 4 :]
    address = socket.inet_ntoa(packet[16:20])
    port = struct.unpack("!H", inner[2:4])[0]
    if protocol == _TCP and inner[13] & (_SYN | _ACK) != _SYN:
        return set()
    if protocol not in (_TCP, _UDP):
        return {f"protocol {protocol} to {address}"}
    return {f"{protocol}:{address}:{port}"}


if __name__ == "__main__":
    main()
