"""Log-in: a file of users with hashed passwords, and the check of a password."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from index.errors import SettingsError

COST, BLOCK, PARALLEL = 2**15, 8, 3
"""scrypt's parameters N, r, p; one of the settings that the OWASP password storage cheat sheet gives as a minimum."""
MEMORY = 64 * 2**20
"""Bytes that scrypt may take: N = 2**15 and r = 8 need 32 MiB and a little."""
SHORTEST = 8
"""Characters that a new password has at least."""
FREE_TRIES = 4
"""Wrong passwords for a name after which each further one is answered more slowly."""
LONGEST_WAIT = 30.0
"""Seconds that the answer to a wrong password takes at most."""
NAMES_KEPT = 10_000
"""Names whose wrong tries are counted; beyond that counting begins anew."""

Check = Callable[[str, str], Awaitable[bool]]
"""From a name and a password to whether they belong together."""


def hash_password(password: str) -> str:
    """A line's right half for the file of users: "scrypt:N:r:p:salt:hash", salt and hash in base64.

    Raises:
        SettingsError: the password is too short.
    """
    if len(password) < SHORTEST:
        raise SettingsError(f"The password has {len(password)} characters; it needs at least {SHORTEST}.")
    salt = secrets.token_bytes(16)
    found = _scrypt(password, salt, COST, BLOCK, PARALLEL)
    return f"scrypt:{COST}:{BLOCK}:{PARALLEL}:{b64encode(salt).decode()}:{b64encode(found).decode()}"


def matches(password: str, stored: str) -> bool:
    """True where the password is the one that `hash_password` made `stored` of."""
    _, cost, block, parallel, salt, wanted = stored.split(":")
    found = _scrypt(password, b64decode(salt, validate=True), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, b64decode(wanted, validate=True))


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=MEMORY, dklen=32)


def read_users(file: str | Path) -> dict[str, str]:
    """The users of a file: name to hash. A line is "name:hash"; empty lines and those that begin with # are skipped.

    Raises:
        SettingsError: the file cannot be read, a line is malformed, or there is no user.
    """
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"--auth: {file} cannot be read ({error}).") from error
    users: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, stored = line.strip().partition(":")
        if not name or not _is_hash(stored) or name in users:
            what = f"gives {name} a second time" if name in users else "is not of the form name:scrypt:..."
            raise SettingsError(
                f"--auth: line {number} of {file} {what}. Make such lines with: corroborate chat --hash-password NAME"
            )
        users[name] = stored
    if not users:
        raise SettingsError(
            f"--auth: {file} names no user. Make a line: corroborate chat --hash-password NAME >> {file}"
        )
    return users


def _is_hash(stored: str) -> bool:
    try:
        matches("", stored)
    except (ValueError, TypeError, OverflowError, MemoryError):
        return False
    return stored.startswith("scrypt:")


def gate(users: Mapping[str, str]) -> Check:
    """The check of a log-in. A name that nobody has takes as long as one that somebody has, and who tries many
    passwords waits longer and longer."""
    nobody = hash_password(secrets.token_urlsafe(16))
    wrong: dict[str, int] = {}

    async def check(name: str, password: str) -> bool:
        stored = users.get(name, nobody)
        right = await asyncio.to_thread(matches, password, stored) and name in users
        if right:
            wrong.pop(name, None)
            return True
        if len(wrong) >= NAMES_KEPT:
            wrong.clear()
        wrong[name] = wrong.get(name, 0) + 1
        await asyncio.sleep(min(LONGEST_WAIT, 2.0 ** (wrong[name] - FREE_TRIES)) if wrong[name] > FREE_TRIES else 0)
        return False

    return check
