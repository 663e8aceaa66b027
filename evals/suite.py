"""Suites: a folder of articles, questions about them, and what each answer has to hold.

    load_suites(paths) -> Suites, each with its Cases, each with its Expectation

The format is written down in docs/evaluation.md. Whatever departs from it is a SuiteError that names the file, the
case, what was found and what was expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.notes import NoteKind
from index.dates import PartialDate
from index.errors import SuiteError

SUITE_FILE = "suite.yaml"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an answer has to hold; what is empty or None is not checked."""

    answer_given: bool = False
    """True where the suite has a key `answer`: then, unless `abstain` says otherwise, an abstention fails the case."""
    answer_all: tuple[tuple[str, ...], ...] = ()
    """Of each inner tuple, one string must occur in the answer's text."""
    answer_none: tuple[str, ...] = ()
    """None of these may occur in the answer's text."""
    cites_all: tuple[str, ...] = ()
    """Ids of articles that the answer's text must cite."""
    cites_any: tuple[str, ...] = ()
    """Ids of articles of which the answer's text must cite at least one."""
    cites_none: tuple[str, ...] = ()
    """Ids of articles that the answer's text may not cite."""
    notes_has: tuple[NoteKind, ...] = ()
    """Kinds of note that must be given."""
    notes_lacks: tuple[NoteKind, ...] = ()
    """Kinds of note that may not be given."""
    independent_sources: int | None = None
    """How many independent root sources stand behind the claim."""
    first_source: str = ""
    """The root source of the earliest report, or the outlet that first carried it."""
    first_date: str = ""
    """The date of the earliest report: ISO 8601, as exact as the report's own date."""
    abstain: bool | None = None
    """True where the assistant must abstain, False where it may not, None where the suite does not say."""

    @property
    def must_answer(self) -> bool:
        """True where an abstention fails the case."""
        return self.abstain is False or (self.abstain is None and self.answer_given)


@dataclass(frozen=True, slots=True)
class Case:
    """One question, or a conversation, and what its last answer has to hold."""

    id: str
    """Unique in its suite."""
    turns: tuple[str, ...]
    """The questions, in order; one where the case is no conversation. Never empty."""
    expect: Expectation
    """What the last answer has to hold."""

    @property
    def question(self) -> str:
        """The last question: the one whose answer is scored."""
        return self.turns[-1]


@dataclass(frozen=True, slots=True)
class Suite:
    """A collection of articles and the cases about it."""

    name: str
    """Unique in a run."""
    description: str
    """One line; may be empty."""
    file: Path
    """The `suite.yaml` that it was read from."""
    corpus: Path
    """The folder or file to ingest; it exists."""
    cases: tuple[Case, ...]
    """In the order of the file; never empty."""


def load_suites(paths: Sequence[str | Path]) -> tuple[Suite, ...]:
    """Every suite at or under the paths, each once, in the order of paths and then of names.

    Raises:
        SuiteError: a path holds no suite, a suite departs from the format, or two suites have one name.
    """
    files = list(dict.fromkeys(file for path in paths for file in _suite_files(Path(path))))
    suites = tuple(load_suite(file) for file in files)
    seen: dict[str, Suite] = {}
    for suite in suites:
        if suite.name in seen:
            raise SuiteError(
                f"{suite.file}: found the name {suite.name!r}, which {seen[suite.name].file} has too; "
                "expected another name for each suite of a run. Rename one of them."
            )
        seen[suite.name] = suite
    return suites


def select(suites: Iterable[Suite], case_ids: Sequence[str]) -> tuple[Suite, ...]:
    """The suites with those cases alone; all of them where no id is given. An id is `case` or `suite/case`.

    Raises:
        SuiteError: no suite has a case of that id.
    """
    suites = tuple(suites)
    if not case_ids:
        return suites
    known = [name for suite in suites for case in suite.cases for name in (case.id, f"{suite.name}/{case.id}")]
    for wanted in case_ids:
        if wanted not in known:
            raise SuiteError(
                f"found no case {wanted!r} in the suites given; expected an id of theirs; "
                f"the nearest is {_nearest(wanted, known)!r}"
            )
    kept = (
        replace(
            suite, cases=tuple(case for case in suite.cases if {case.id, f"{suite.name}/{case.id}"} & set(case_ids))
        )
        for suite in suites
    )
    return tuple(suite for suite in kept if suite.cases)


def load_suite(path: str | Path) -> Suite:
    """The suite of a folder, or of its `suite.yaml`.

    Raises:
        SuiteError: the file is missing, is no YAML, or departs from the format.
    """
    file = Path(path) / SUITE_FILE if Path(path).is_dir() else Path(path)
    top = _Node(_parse(file), str(file))
    entries = top.mapping(required=("name", "corpus", "cases"), optional=("description",))
    corpus = (file.parent / entries["corpus"].text()).resolve()
    if not corpus.exists():
        raise entries["corpus"].wrong(f"a folder or a file relative to {file.parent}; {corpus} does not exist")
    cases: dict[str, Case] = {}
    for number, node in enumerate(entries["cases"].items(), start=1):
        case = _case(node, number)
        if case.id in cases:
            raise SuiteError(f"{file}: found the case id {case.id!r} twice; expected another id for each case")
        cases[case.id] = case
    description = entries["description"].text_or_empty() if "description" in entries else ""
    return Suite(entries["name"].text(), description, file, corpus, tuple(cases.values()))


def _suite_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path.resolve()]
    if not path.is_dir():
        raise SuiteError(f"{path}: found no such folder; expected a suite, or a folder of suites")
    files = sorted(file.resolve() for file in path.rglob(SUITE_FILE))
    if not files:
        raise SuiteError(f"{path}: found no {SUITE_FILE}; expected one in the folder or in a folder below it")
    return files


class _Loader(yaml.BaseLoader):
    """Every scalar stays the text that was written: with types, YAML reads 21:40 as 1300 and a bare `no` as False."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:  # YAML keeps the last and says nothing: an expectation would be lost
                problem = f"found the key {key.value!r} twice; expected it once"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _parse(file: Path) -> Any:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"{file}: found no file that can be read ({error.strerror}); expected a suite") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{file}: found bytes that are no UTF-8 at {error.start}; expected UTF-8") from error
    try:
        return yaml.load(text, _Loader)  # a BaseLoader makes strings, lists and mappings, no other object
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise SuiteError(f"{file}: {line}found no valid YAML: {error.problem}; see docs/evaluation.md") from error
    except yaml.YAMLError as error:
        raise SuiteError(f"{file}: found no valid YAML: {error}; see docs/evaluation.md") from error


@dataclass(frozen=True, slots=True)
class _Node:
    """A value of the file with its place, so that every complaint can say where it is."""

    value: Any
    """Text, list or mapping."""
    file: str
    """The suite's file."""
    case: str = ""
    """Id of the case, or its number where it has none; empty outside the cases."""
    key: str = ""
    """The way to the value: "expect.notes.has"; empty for the whole file or case."""

    def error(self, found: str, expected: str) -> SuiteError:
        place = [self.file, f"case {self.case}" if self.case else "", self.key]
        return SuiteError(f"{': '.join(part for part in place if part)}: found {found}; expected {expected}")

    def wrong(self, expected: str) -> SuiteError:
        return self.error(_described(self.value), expected)

    def mapping(self, required: Sequence[str] = (), optional: Sequence[str] = ()) -> dict[str, _Node]:
        known = (*required, *optional)
        if not isinstance(self.value, dict):
            raise self.wrong(f"keys out of {', '.join(known)}")
        for key in self.value:
            if key not in known:
                nearest = _nearest(str(key), known)
                raise self.error(
                    f"the unknown key {key!r}", f"one of {', '.join(known)}; the nearest known key is {nearest!r}"
                )
        for key in required:
            if key not in self.value:
                raise self.error(f"no key {key!r}", f"{', '.join(required)}")
        return {
            key: replace(self, value=value, key=f"{self.key}.{key}" if self.key else key)
            for key, value in self.value.items()
        }

    def items(self) -> tuple[_Node, ...]:
        if not isinstance(self.value, list) or not self.value:
            raise self.wrong("a list with at least one entry")
        return tuple(replace(self, value=item) for item in self.value)

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("a text")
        return self.value.strip()

    def text_or_empty(self) -> str:
        return "" if self.value == "" else self.text()

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return f"a mapping with the keys {', '.join(map(str, value))}" if value else "an empty mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return repr(value) if isinstance(value, str) and value.strip() else "nothing"


def _nearest(word: str, known: Sequence[str]) -> str:
    return difflib.get_close_matches(word, known, n=1, cutoff=0.0)[0]


def _case(node: _Node, number: int) -> Case:
    named = node.value.get("id") if isinstance(node.value, dict) else None
    node = replace(node, case=repr(named) if isinstance(named, str) and named.strip() else f"number {number}", key="")
    entries = node.mapping(required=("id",), optional=("question", "turns", "expect"))
    if ("question" in entries) == ("turns" in entries):
        found = "both 'question' and 'turns'" if "turns" in entries else "neither 'question' nor 'turns'"
        raise node.error(found, "one of them: 'question' for one question, 'turns' for a conversation")
    turns = entries["turns"].texts() if "turns" in entries else (entries["question"].text(),)
    return Case(entries["id"].text(), turns, _expectation(entries["expect"]) if "expect" in entries else Expectation())


def _expectation(node: _Node) -> Expectation:
    entries = node.mapping(optional=("answer", "cites", "notes", "independent_sources", "first", "abstain"))
    parts: dict[str, dict[str, _Node]] = {
        key: entries[key].mapping(optional=inner) if key in entries else {}
        for key, inner in (
            ("answer", ("all", "none")),
            ("cites", ("all", "any", "none")),
            ("notes", ("has", "lacks")),
            ("first", ("source", "date")),
        )
    }
    answer, cites, notes, first = parts["answer"], parts["cites"], parts["notes"], parts["first"]
    has = tuple(_note_kind(item) for item in notes["has"].items()) if "has" in notes else ()
    lacks = tuple(_note_kind(item) for item in notes["lacks"].items()) if "lacks" in notes else ()
    if both := set(has) & set(lacks):
        raise entries["notes"].error(f"{sorted(both)[0].value!r} under both keys", "each kind under 'has' or 'lacks'")
    return Expectation(
        answer_given="answer" in entries,
        answer_all=tuple(item.texts() for item in answer["all"].items()) if "all" in answer else (),
        answer_none=answer["none"].texts() if "none" in answer else (),
        cites_all=cites["all"].texts() if "all" in cites else (),
        cites_any=cites["any"].texts() if "any" in cites else (),
        cites_none=cites["none"].texts() if "none" in cites else (),
        notes_has=has,
        notes_lacks=lacks,
        independent_sources=_count(entries["independent_sources"]) if "independent_sources" in entries else None,
        first_source=first["source"].text() if "source" in first else "",
        first_date=_day(first["date"]) if "date" in first else "",
        abstain=_truth(entries["abstain"]) if "abstain" in entries else None,
    )


def _note_kind(node: _Node) -> NoteKind:
    text = node.text()
    kinds = [kind.value for kind in NoteKind]
    if text not in kinds:
        nearest = _nearest(text, kinds)
        raise node.error(
            f"the unknown kind {text!r}", f"one of {', '.join(kinds)}; the nearest known kind is {nearest!r}"
        )
    return NoteKind(text)


def _count(node: _Node) -> int:
    text = node.text()
    if not re.fullmatch(r"\d+", text, re.ASCII):
        raise node.wrong("a whole number, 0 or more")
    return int(text)


def _truth(node: _Node) -> bool:
    text = node.text().lower()
    if text not in ("true", "false"):
        raise node.wrong("true or false")
    return text == "true"


def _day(node: _Node) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", node.text(), re.ASCII)
    expected = "a date as 2024-03-02, 2024-03 or 2024"
    if not match:
        raise node.wrong(expected)
    year, month, day = match.groups()
    try:
        return str(PartialDate(int(year), int(month) if month else None, int(day) if day else None))
    except ValueError as error:
        raise node.wrong(expected) from error
