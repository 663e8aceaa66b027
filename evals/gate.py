"""Gate: the shares that a run must reach. Floors only rise."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.report import total_share
from evals.run import SuiteResult
from index.errors import SettingsError

FLOORS_FILE = Path(__file__).with_name("floors.json")
"""The floors of the suites that ship with the product."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The least share of passed cases, 0 to 1."""

    overall: float = 0.0
    """Over the cases of all suites of the run; 0 for none."""
    suites: dict[str, float] = field(default_factory=dict)
    """By the name of the suite; a suite that is not named has none."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A floor that was not reached."""

    name: str
    """The suite; "all suites" for the overall floor."""
    floor: float
    """What was asked for, 0 to 1."""
    share: float
    """What was reached, 0 to 1."""

    def __str__(self) -> str:
        return f"{self.name}: {100 * self.share:.1f} % of the cases passed; the floor is {100 * self.floor:.1f} %"


def breaches(floors: Floors, results: Sequence[SuiteResult]) -> tuple[Breach, ...]:
    """Every floor that the results do not reach. A floor of a suite that was not run says nothing."""
    found = [Breach("all suites", floors.overall, total_share(results))] + [
        Breach(result.suite.name, floors.suites.get(result.suite.name, 0.0), result.share) for result in results
    ]
    return tuple(breach for breach in found if breach.share < breach.floor)


def raised(floors: Floors, results: Sequence[SuiteResult]) -> Floors:
    """The floors with those of the suites that were run raised to what they reached; none is lowered, and a new suite
    gets its first. The overall floor stays: it depends on which suites are run together."""
    reached = {result.suite.name: _rounded_down(result.share) for result in results}
    names = {*floors.suites, *reached}
    return Floors(
        floors.overall, {name: max(floors.suites.get(name, 0.0), reached.get(name, 0.0)) for name in sorted(names)}
    )


def parse_floor(text: str) -> float:
    """A floor as given on the command line: a share from 0 to 1.

    Raises:
        SettingsError: it is no such number.
    """
    try:
        floor = float(text)
    except ValueError:
        floor = math.nan
    if not 0 <= floor <= 1:
        raise SettingsError(f"found the floor {text!r}; expected a share from 0 to 1, as 0.5 for half of the cases")
    return floor


def read_floors(file: Path) -> Floors:
    """The floors of a file: {"overall": 0.5, "suites": {"name": 0.6}}; both keys may be missing.

    Raises:
        SettingsError: the file is missing or holds anything else.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: found no floors that can be read ({error}); expected JSON") from error
    expected = 'expected {"overall": share, "suites": {name: share}} with shares from 0 to 1'
    if not isinstance(record, dict) or set(record) - {"overall", "suites"}:
        raise SettingsError(f"{file}: found other keys; {expected}")
    suites = record.get("suites", {})
    if not isinstance(suites, dict):
        raise SettingsError(f"{file}: found suites that are no mapping; {expected}")
    for name, share in {"overall": record.get("overall", 0), **suites}.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise SettingsError(f"{file}: found {share!r} for {name!r}; {expected}")
    return Floors(float(record.get("overall", 0)), {name: float(share) for name, share in suites.items()})


def write_floors(file: Path, floors: Floors) -> None:
    """Writes the floors, sorted, so that a change of one is a change of one line."""
    record = {"overall": floors.overall, "suites": dict(sorted(floors.suites.items()))}
    part = file.with_suffix(".part")
    part.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(file)


def _rounded_down(share: float) -> float:
    return math.floor(share * 10_000) / 10_000  # rounded up, 2 of 3 would lie under its own floor
