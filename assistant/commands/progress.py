"""ProgressBar: how far an ingest has come, on standard error, for one who watches a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Any


class ProgressBar:
    """A bar with the share done, articles a second, and the time left."""

    def __init__(self, console: Any = None) -> None:
        """`console`: a rich console to draw on; the terminal at standard error when left out."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console or Console(stderr=True),
            transient=True,
            speed_estimate_period=120,
        )
        self._task: Any = None

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, total: int) -> None:
        """Starts a bar of `total` articles."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task("articles", total=total, rate="")

    def step(self, done: int) -> None:
        """So many articles are dealt with. Where they come to more than was expected, the bar grows."""
        task = self._bar.tasks[-1]
        total = max(done, int(task.total or 0))
        rate = f"{task.speed:.1f}/s" if task.speed else ""
        self._bar.update(self._task, completed=done, total=total, rate=rate)


class Silence:
    """Says nothing: for output that goes to a file or a program."""

    def __enter__(self) -> Silence:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, total: int) -> None:
        """Says nothing."""

    def step(self, done: int) -> None:
        """Says nothing."""
