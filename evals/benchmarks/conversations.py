"""Many conversations at once on the page: how long each waits, and that none fails or mixes with another.

    python -m evals.benchmarks.conversations --index DIR [--conversations 20] [--questions FILE] [--json FILE]

Every conversation asks at the same moment, then asks its second question when its first answer is there. What the page
would show goes through the page's own handlers (`assistant.chat.talking`), without a browser and without HTTP. Each
answer is compared with the one that a conversation alone gives to the same questions.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.api import Assistant
from assistant.chat.kept import Kept
from assistant.chat.serve import SAMPLE
from assistant.chat.talking import Talking, owner_of
from assistant.chat.talks import Talks
from assistant.settings import Settings
from index.errors import CorroborateError, SettingsError

FOLLOW_UP = "Did anyone deny it?"
"""The second question of every conversation: it leans on the first."""
AT_ONCE = 20
"""Conversations when not told otherwise."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One question on the page."""

    conversation: int
    """Which one, from 0."""
    question: str
    """As asked."""
    noticed: float
    """Seconds until the page shows the question and how far it is."""
    first_words: float
    """Seconds until the first sentence of the answer, or an error, is shown."""
    whole: float
    """Seconds until all of it is."""
    error: str
    """What went wrong; empty where nothing did."""
    text: str
    """The answer."""


def questions_of(file: Path) -> tuple[str, ...]:
    """The questions of a file, one a line; lines that begin with # are left out.

    Raises:
        SettingsError: the file cannot be read or holds none.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be read ({error.strerror or error}); expected a question a line"
        ) from error
    found = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not found:
        raise SettingsError(f"{file}: holds no question; expected one a line")
    return found


async def converse(page: Talking, number: int, questions: Sequence[str]) -> list[Timed]:
    """Asks the questions one after the other in a conversation of its own."""
    request: Any = SimpleNamespace(username="", session_hash=str(number))
    id, found = "", []
    for turn, question in enumerate(questions, start=1):
        began = time.perf_counter()
        noticed = first = 0.0
        async for shown in page.ask(question, [], "", "", id, request):
            now = time.perf_counter() - began
            noticed = noticed or now
            id = shown[4] if isinstance(shown[4], str) and shown[4] else id
            live, talk = (shown[place] if isinstance(shown[place], str) else "" for place in (2, 1))
            if not first and (f'data-turn="{turn}"' in talk or 'class="answer"' in live or 'class="failed"' in live):
                first = now
        session = page.talks.find("", id)
        made = session.turn(turn) if session else None
        answer = made.answer if made else None
        error = "" if answer else (made.error if made else "the question was refused")
        whole = time.perf_counter() - began
        found.append(Timed(number, question, noticed, first or whole, whole, error, answer.text if answer else ""))
    return found


def run(assistant: Assistant, questions: Sequence[str], conversations: int) -> tuple[list[Timed], list[Timed], int]:
    """(alone, at once, mixed): each question's conversation by itself, then all at once; `mixed` counts the answers
    that differ from those given alone."""

    def page() -> Talking:
        return Talking(assistant, Settings(), tuple, Talks(assistant, Kept(None)), owner_of)

    asked = [(questions[number % len(questions)], FOLLOW_UP) for number in range(conversations)]

    async def one_by_one() -> list[Timed]:
        return [
            timed
            for number, pair in enumerate(asked[: len(questions)])
            for timed in await converse(first, number, pair)
        ]

    async def together() -> list[Timed]:
        found = await asyncio.gather(*(converse(second, number, pair) for number, pair in enumerate(asked)))
        return [timed for part in found for timed in part]

    first, second = page(), page()
    assistant.ask(questions[0])  # models load before the first answer, once
    alone, crowd = asyncio.run(one_by_one()), asyncio.run(together())
    wanted = {(timed.conversation, timed.question): timed.text for timed in alone}
    mixed = sum(timed.text != wanted[timed.conversation % len(questions), timed.question] for timed in crowd)
    return alone, crowd, mixed


def table(alone: Sequence[Timed], crowd: Sequence[Timed], mixed: int) -> str:
    """The figures, in seconds."""
    lines = [f"{'':24}{'median':>8}{'slowest':>9}"]
    for name, timed in (("alone", alone), ("at once", crowd)):
        for label, values in (
            ("noticed", [one.noticed for one in timed]),
            ("first words", [one.first_words for one in timed]),
            ("whole answer", [one.whole for one in timed]),
        ):
            lines.append(f"{label + ', ' + name:24}{statistics.median(values):8.2f}{max(values):9.2f}")
    errors = sum(bool(one.error) for one in crowd)
    lines.append(f"{len(crowd)} questions at once: {errors} errors, {mixed} answers other than alone")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark; 1 where an answer failed or differs from the one given alone."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.conversations", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--index", required=True, help="folder of the index")
    parser.add_argument("--conversations", type=int, default=AT_ONCE, help=f"how many at once (default: {AT_ONCE})")
    parser.add_argument("--questions", type=Path, default=SAMPLE / "questions.txt", help="first questions, one a line")
    parser.add_argument("--json", type=Path, help="write every question's figures to this file")
    arguments = parser.parse_args(argv)
    try:
        questions = questions_of(arguments.questions)
        assistant = Assistant.open(arguments.index)
    except CorroborateError as error:
        print(f"conversations: {error}", file=sys.stderr)
        return 2
    alone, crowd, mixed = run(assistant, questions, max(1, arguments.conversations))
    print(table(alone, crowd, mixed))
    if arguments.json:
        record = {"alone": [asdict(one) for one in alone], "at_once": [asdict(one) for one in crowd], "mixed": mixed}
        arguments.json.write_text(json.dumps(record, indent=2), encoding="utf-8")
    return 1 if mixed or any(one.error for one in crowd) else 0


if __name__ == "__main__":
    sys.exit(main())
