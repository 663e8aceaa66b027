"""The command `chat`."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from functools import partial

from assistant.commands.options import Commands, Opener, add_index, add_model, open_assistant
from assistant.settings import Settings, index_folder
from index.errors import SettingsError


def register(commands: Commands, opener: Opener = open_assistant) -> None:
    """Adds the command; `opener` opens the assistant that the page asks."""
    settings = Settings()
    parser = commands.add_parser(
        "chat",
        help="open the chat page in the browser",
        description="Serves the chat page and prints its address; Ctrl-C stops it. Where there is no index yet, an "
        "empty one is made: articles can be added on the page.",
    )
    add_index(parser)
    parser.add_argument(
        "--host",
        default=settings.host,
        help=f"address to listen on (default: {settings.host}, which this machine alone can reach)",
    )
    parser.add_argument("--port", default=str(settings.port), help=f"port to listen on (default: {settings.port})")
    parser.add_argument("--auth", metavar="FILE", help="users who may log in, a line each: name:hash")
    parser.add_argument(
        "--hash-password", metavar="NAME", help="ask for a password, print the user's line for that file, and end"
    )
    parser.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help="another name under which the page is served, as by a proxy on this machine (repeatable)",
    )
    add_model(parser)
    parser.set_defaults(run=partial(run_chat, opener=opener))


def run_chat(arguments: argparse.Namespace, opener: Opener) -> int:
    """Serves the page until it is stopped.

    Raises:
        CorroborateError: the index, the model or the file of users cannot be used, or the address cannot be listened
            on.
    """
    if arguments.hash_password:
        return print_hash(arguments.hash_password)
    from assistant.chat.auth import read_users
    from assistant.chat.serve import check_address, serve, setup_for

    settings = replace(Settings(), host=arguments.host, port=checked_port(arguments.port))
    check_address(settings.host, settings.port)  # before the models load: a taken port is told at once
    if arguments.auth:
        read_users(arguments.auth)
    make_index(arguments)
    engine = opener(arguments)
    from assistant.api import Assistant

    if not isinstance(engine, Assistant):
        return serve(engine, settings)
    return serve(engine, settings, setup_for(engine, settings, arguments.auth or "", arguments.allow_host))


def make_index(arguments: argparse.Namespace) -> None:
    """Makes an empty index where there is none yet.

    Raises:
        IndexUnusable: the folder holds other files and no index.
    """
    from index.manifest import MANIFEST

    folder = index_folder(arguments.index)
    if (folder / MANIFEST).exists():
        return
    from index.corpus import Corpus

    with Corpus.writing(folder):
        print(f"There was no index in {folder}: an empty one was made.", file=sys.stderr)


def print_hash(name: str) -> int:
    """Asks for a password twice and prints the user's line.

    Raises:
        SettingsError: the name has a colon, or the passwords differ or are too short.
    """
    from assistant.chat.auth import hash_password

    if ":" in name or not name.strip() or name.startswith("#") or name != name.strip():
        raise SettingsError(
            f'--hash-password: "{name}" cannot be a user\'s name; leave out colons and spaces around it.'
        )
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {name}: ", stream=sys.stderr)
        if getpass.getpass("The same again: ", stream=sys.stderr) != password:
            raise SettingsError("The two passwords differ. Try again.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    print(f"{name}:{hash_password(password)}")
    return 0


def checked_port(text: str) -> int:
    """The port.

    Raises:
        SettingsError: it is no number from 1 to 65535.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SettingsError(f'--port: "{text}" is not a number from 1 to 65535.')
    return int(text)
