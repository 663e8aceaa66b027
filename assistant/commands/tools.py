"""The command `mcp`."""

from __future__ import annotations

import argparse
from functools import partial

from assistant.commands.options import Commands, Opener, add_index, add_model, open_assistant
from assistant.settings import index_folder


def register(commands: Commands, opener: Opener = open_assistant) -> None:
    """Adds the command; `opener` opens the assistant that the tools ask."""
    parser = commands.add_parser(
        "mcp",
        help="serve the tools ask, dossier and search to other assistants",
        description="Serves the Model Context Protocol on standard input and output, for another assistant to start. "
        'Needs the extra "mcp": pip install -c constraints.txt ".[mcp]"',
    )
    add_index(parser)
    add_model(parser)
    parser.set_defaults(run=partial(run_tools, opener=opener))


def run_tools(arguments: argparse.Namespace, opener: Opener) -> int:
    """Serves until standard input is closed.

    Raises:
        CorroborateError: the extra is missing, or there is no index.
    """
    from assistant.tools import build_server
    from index.manifest import read_manifest

    server = build_server(lambda: opener(arguments))
    read_manifest(index_folder(arguments.index))  # told here, where a person sees it, and not in a tool's reply
    server.run("stdio")
    return 0
