"""Marked answers to an evaluation suite: the articles that they rest on, and what the marks say an answer must hold.

    write_suite(marks, source, folder) -> Written

A right answer must go on citing what its first sentence cites and giving its notes, or go on abstaining. A wrong one
becomes a case that names the reason and says what must not happen again; what a right answer holds instead only the
reader knows, and adds by hand. docs/evaluation.md has the format of a suite.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.engine import When
from assistant.evidence import Evidence
from assistant.feedback import Mark, Verdict
from assistant.notes import NoteKind
from assistant.question import Filters
from assistant.render import NOTE_WORDS, printable
from index.article import Article
from index.errors import ArticleMissing, SettingsError
from index.names import fold

SUITE_FILE = "suite.yaml"
POOL = 40
"""Passages retrieved for each question whose articles go into the suite: as many as an answer is made from."""

_ABOUT = {
    "missed denial": {"has": [NoteKind.DENIED]},
    "false denial": {"lacks": [NoteKind.DENIED]},
    "not independent": {"lacks": [NoteKind.CORROBORATED]},
}
"""Reasons that speak of a note."""
_OPPOSITES = {
    NoteKind.CORROBORATED: NoteKind.SINGLE_SOURCE,
    NoteKind.SINGLE_SOURCE: NoteKind.CORROBORATED,
    NoteKind.DENIED: NoteKind.RELATED_DENIAL,
    NoteKind.RELATED_DENIAL: NoteKind.DENIED,
}
"""Kinds of which an answer gives one alone."""


class Source(Protocol):
    """Where the articles come from: an assistant over the index in which the answers were marked."""

    def article(self, id: str, /) -> Article:
        """The article; ArticleMissing where there is none."""
        ...

    def retrieve(
        self,
        question: str,
        limit: int = 10,
        *,
        publishers: Sequence[str] = (),
        since: When = None,
        until: When = None,
    ) -> tuple[Evidence, ...]:
        """Passages for a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the marks."""

    files: tuple[Path, ...]
    """The `suite.yaml` of each suite: one for each set of filters with which questions were asked."""
    cases: int
    """Cases in them all."""
    articles: int
    """Files of articles in them all."""
    gone: tuple[str, ...]
    """Ids of articles that marked answers cite and the index no longer holds."""
    changed: tuple[str, ...]
    """Ids of articles that do not read back as the index has them."""


def write_suite(marks: Sequence[Mark], source: Source, folder: str | Path) -> Written:
    """Writes the marks as a suite into a new or empty folder; marks with filters as suites in folders below it.

    Raises:
        SettingsError: there are no marks, or the folder holds anything.
    """
    target = Path(folder)
    check_folder(marks, target)
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(_filter_words(mark.context.filters), []).append(mark)
    files, articles = [], 0
    gone: list[str] = []
    changed: list[str] = []
    for number, (words, group) in enumerate(sorted(groups.items(), key=lambda item: item[0])):
        home = target / f"filtered-{number}" if words else target
        wanted, missing = _articles(group, source)
        changed += _write_articles(wanted, home / "articles")
        files.append(home / SUITE_FILE)
        files[-1].write_text(
            _suite_text(group, f"{target.resolve().name}{f'-{number}' if words else ''}", words), "utf-8"
        )
        articles += len(wanted)
        gone += missing
    return Written(tuple(files), len(marks), articles, tuple(dict.fromkeys(gone)), tuple(dict.fromkeys(changed)))


def check_folder(marks: Sequence[Mark], folder: str | Path) -> None:
    """Makes sure that there is something to write, and room for it.

    Raises:
        SettingsError: there are no marks, or the folder holds anything.
    """
    target = Path(folder)
    if not marks:
        raise SettingsError("No answer is marked yet: there is nothing to write. Mark some on the chat page.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SettingsError(f"{target} is not empty. Give a new or an empty folder with --suite.")


def expectation(mark: Mark) -> dict[str, Any]:
    """What a case expects, as `suite.yaml` has it under `expect`."""
    return _of_right(mark.answer) if mark.verdict is Verdict.RIGHT else _of_wrong(mark)


def _of_right(answer: Mapping[str, Any]) -> dict[str, Any]:
    if answer["abstained"]:
        return {"abstain": True}
    given = [NoteKind(note["kind"]) for note in answer["notes"]]
    lacks = [_OPPOSITES[kind] for kind in dict.fromkeys(given) if kind in _OPPOSITES and _OPPOSITES[kind] not in given]
    expect: dict[str, Any] = {"abstain": False}
    if cited := _cited(answer, answer["sentences"][:1]):
        expect["cites"] = {"all": cited}
    if given:
        expect["notes"] = {"has": list(dict.fromkeys(map(str, given)))}
        expect["notes"] |= {"lacks": list(map(str, lacks))} if lacks else {}
    return expect


def _of_wrong(mark: Mark) -> dict[str, Any]:
    """By what the reason names: a note, an article, whether to answer; else the first sentence may not come again."""
    reason, answer = fold(mark.reason), mark.answer
    expect: dict[str, Any] = {}
    if notes := _notes_meant(reason, answer):
        expect["notes"] = notes
    ids = [id for id in _cited(answer, answer["sentences"]) if id in mark.reason.split()]
    if ids:
        expect["cites"] = {"none": ids}
    if answer["abstained"] or "should answer" in reason:
        expect["abstain"] = False
    elif "should not answer" in reason:
        expect["abstain"] = True
    if not expect and answer["sentences"]:
        expect["answer"] = {"none": [answer["sentences"][0]["text"]]}
    return expect


def _notes_meant(reason: str, answer: Mapping[str, Any]) -> dict[str, list[str]]:
    """Notes that the reason speaks of: one that the answer gives was wrong, one that it lacks is missing."""
    given = {note["kind"] for note in answer["notes"]}
    has: list[str] = []
    lacks: list[str] = []
    for words, meant in _ABOUT.items():
        if words in reason:
            has += meant.get("has", [])
            lacks += meant.get("lacks", [])
    for kind in NoteKind:
        if re.search(rf"\b(?:{fold(str(kind))}|{fold(NOTE_WORDS[kind])})\b", reason):
            (lacks if str(kind) in given else has).append(str(kind))
    has = [kind for kind in has if kind not in lacks]
    found = {"has": list(dict.fromkeys(map(str, has))), "lacks": list(dict.fromkeys(map(str, lacks)))}
    return {name: kinds for name, kinds in found.items() if kinds}


def _cited(answer: Mapping[str, Any], sentences: Iterable[Mapping[str, Any]]) -> list[str]:
    articles = {citation["number"]: citation["article_id"] for citation in answer["citations"]}
    numbers = [number for sentence in sentences for number in sentence["citations"]]
    return list(dict.fromkeys(articles[number] for number in numbers if number in articles))


# --- the articles


def _articles(marks: Iterable[Mark], source: Source) -> tuple[list[Article], list[str]]:
    """Every article that a marked answer rests on, or that retrieval brings for its question; and the ids of those
    that are gone."""
    found: dict[str, Article] = {}
    gone: list[str] = []
    for mark in marks:
        for article in _retrieved(mark, source):
            found.setdefault(article.id, article)
        for id in _rests_on(mark.answer):
            if id not in found:
                try:
                    found[id] = source.article(id)
                except ArticleMissing:
                    gone.append(id)
    return sorted(found.values(), key=lambda article: article.id), gone


def _retrieved(mark: Mark, source: Source) -> list[Article]:
    filters = mark.context.filters
    try:
        hits = source.retrieve(
            _alone(mark), POOL, publishers=filters.publishers, since=filters.since, until=filters.until
        )
    except SettingsError:
        return []  # the publisher whom the question was put to is no longer in the collection
    return [hit.article for hit in hits]


def _rests_on(answer: Mapping[str, Any]) -> Iterator[str]:
    yield from (citation["article_id"] for citation in answer["citations"])
    assessment = answer["assessment"] or {}
    for name in ("reports", "denials", "retractions"):
        yield from (report["article_id"] for report in assessment.get(name, ()))
    for conflict in assessment.get("conflicts", ()):
        yield from (report["article_id"] for side in conflict["sides"] for report in side["reports"])


def article_record(article: Article) -> dict[str, Any]:
    """An article as a record that `ingest` reads back with the same id and text."""
    when = article.published
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": (when.clock or str(when)) if when else "",
        "language": article.language,
        "url": article.url,
        "markup": "none",
        "text": article.text,
    }


def _write_articles(articles: Sequence[Article], folder: Path) -> list[str]:
    """Writes a file an article; gives the ids of those that do not read back with the same id, publisher, date and
    text."""
    from index.readers import read_inputs

    folder.mkdir(parents=True)
    width = len(str(len(articles)))
    for number, article in enumerate(articles, start=1):
        name = f"{number:0{width}}-{_slug(article.id)}.json"
        text = json.dumps(article_record(article), ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(text, "utf-8")
    back = {one.id: one for one in read_inputs([folder]) if isinstance(one, Article)}
    return [article.id for article in articles if not _alike(article, back.get(article.id))]


def _alike(one: Article, other: Article | None) -> bool:
    return other is not None and (one.text, one.publisher, one.published) == (
        other.text,
        other.publisher,
        other.published,
    )


# --- the file


def _suite_text(marks: Sequence[Mark], name: str, filters: str) -> str:
    import yaml

    description = "Made of answers that readers marked" + (f"; asked with: {filters}" if filters else "")
    head = {"name": name, "description": description, "corpus": "articles/"}
    parts = [yaml.safe_dump(head, sort_keys=False, allow_unicode=True), "cases:\n"]
    for number, mark in enumerate(marks, start=1):
        turns = [*mark.context.turns, mark.question]
        asked: dict[str, Any] = {"turns": turns} if mark.context.turns else {"question": _alone(mark)}
        case = {
            "id": f"{number}-{mark.verdict}-{_slug(mark.question if mark.verdict is Verdict.RIGHT else mark.reason)}"
        } | asked
        case["expect"] = expectation(mark)
        text = yaml.safe_dump([case], sort_keys=False, allow_unicode=True, width=110)
        parts.append("".join(f"  {line}\n" for line in (*_comment(mark), *text.splitlines())))
    return "".join(parts)


def _alone(mark: Mark) -> str:
    return str(mark.answer["standalone_question"] or mark.question)


def _comment(mark: Mark) -> Iterator[str]:
    reason = f": {printable(mark.reason)}" if mark.reason else ""
    yield f"# marked {mark.verdict} on {mark.at[:10]}{reason}"
    if mark.verdict is Verdict.WRONG:
        yield "# what a right answer holds is not known here: add it under `expect`"


def _filter_words(filters: Filters) -> str:
    parts = [", ".join(filters.publishers)] if filters.publishers else []
    parts += [f"from {filters.since}"] if filters.since else []
    parts += [f"until {filters.until}"] if filters.until else []
    return "; ".join(parts)


def _slug(text: str) -> str:
    """ASCII letters, digits and hyphens, at most some 40 of them."""
    words = re.findall(r"[a-z0-9]+", fold(text).encode("ascii", "ignore").decode())
    kept = ""
    for word in words:
        if len(kept) + len(word) > 40:
            break
        kept += f"-{word}" if kept else word
    return kept or "x"
