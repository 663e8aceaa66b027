"""The command line: `corroborate COMMAND ...`. Heavy imports happen inside the command that needs them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from index.errors import CorroborateError


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command; commands of other packages join through `corroborate.commands`."""
    from assistant.commands import ask, chat, collection, feedback

    parser = argparse.ArgumentParser(
        prog="corroborate",
        description="Who said it, through whom, who was first, how independently, and who denies it.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for group in (collection, ask, chat, feedback):
        group.register(commands)
    for point in entry_points(group="corroborate.commands"):
        point.load()(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 done in part or below a floor, 2 not done."""
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except CorroborateError as error:
        print(f"corroborate: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("corroborate: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
