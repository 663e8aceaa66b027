"""The command `chat`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial

from assistant.commands.options import Commands, Opener, add_index, add_model, open_assistant
from assistant.settings import Settings
from index.errors import SettingsError


def register(commands: Commands, opener: Opener = open_assistant) -> None:
    """Adds the command; `opener` opens the assistant that the page asks."""
    settings = Settings()
    parser = commands.add_parser(
        "chat",
        help="open the chat page in the browser",
        description="Serves the chat page and prints its address; Ctrl-C stops it.",
    )
    add_index(parser)
    parser.add_argument(
        "--host",
        default=settings.host,
        help=f"address to listen on (default: {settings.host}, which this machine alone can reach)",
    )
    parser.add_argument("--port", default=str(settings.port), help=f"port to listen on (default: {settings.port})")
    add_model(parser)
    parser.set_defaults(run=partial(run_chat, opener=opener))


def run_chat(arguments: argparse.Namespace, opener: Opener) -> int:
    """Serves the page until it is stopped.

    Raises:
        CorroborateError: the index or the model cannot be used, or the address cannot be listened on.
    """
    from assistant.chat.serve import check_address, serve

    settings = replace(Settings(), host=arguments.host, port=checked_port(arguments.port))
    check_address(settings.host, settings.port)  # before the models load: a taken port is told at once
    return serve(opener(arguments), settings)


def checked_port(text: str) -> int:
    """The port.

    Raises:
        SettingsError: it is no number from 1 to 65535.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SettingsError(f'--port: "{text}" is not a number from 1 to 65535.')
    return int(text)
