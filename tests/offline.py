"""Runs a Python file with every look-up of an outside host, and every connection to one, refused and written down.

    python tests/offline.py LOG FILE [ARGUMENT ...]

Each refused attempt is one line in LOG. An audit hook sees what goes through Python's sockets, in whatever thread or
library; it cannot be taken out again.
"""

from __future__ import annotations

import ipaddress
import os
import runpy
import socket
import sys
from typing import Any

LOCAL_NAMES = {"localhost", "ip6-localhost", "", "0.0.0.0", "::", socket.gethostname()}
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def is_local(host: object) -> bool:
    """True for this machine: its name, a loopback address, or no host at all."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def target(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that a socket event is about; None where it is about none."""
    if event in LOOKUPS:
        first = arguments[0]
        return first[0] if isinstance(first, tuple) else first
    address = arguments[1]
    return address[0] if isinstance(address, tuple) else None  # a string is a socket in the file system


def guard(log: int) -> None:
    """Refuses from now on; attempts go to the file descriptor `log`."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in LOOKUPS and event not in SENDS:
            return
        host = target(event, arguments)
        if not is_local(host):
            os.write(log, f"{event} {host!r}\n".encode())
            raise OSError(f"no network here: {event} {host!r}")

    sys.addaudithook(hook)


if __name__ == "__main__":
    _, log_path, script, *rest = sys.argv
    guard(os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    sys.argv = [script, *rest]
    runpy.run_path(script, run_name="__main__")
