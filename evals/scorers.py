"""Scorers: what a suite expects, held against an answer. Pure functions, one for each kind of check.

Every check is one thing asked: each inner list of `answer.all`, each id of `cites.all`, each kind of note is a check
of its own. Three rules hold for every answer without being written in a suite: `cited`, `verbatim` and `numbered`; a
fourth, `abstain.note`, for every abstention.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.assessment import Report
from assistant.notes import NoteKind
from evals.suite import Expectation
from index.errors import CorroborateError
from index.statements import SourceKind

CHECK_KINDS = (
    "answer.all", "answer.none", "cites.all", "cites.any", "cites.none", "notes.has", "notes.lacks",
    "independent_sources", "first.source", "first.date", "abstain", "abstain.note", "cited", "verbatim", "numbered",
)  # fmt: skip
"""In the order in which tables show them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that an answer has to hold, and whether it does."""

    kind: str
    """One of CHECK_KINDS."""
    expected: str
    """What was asked for, in words."""
    found: str
    """What the answer has, in words."""
    passed: bool
    """Whether the answer holds it."""


def score(expect: Expectation, answer: Answer, text_of: Callable[[str], str]) -> tuple[Check, ...]:
    """Every check of one answer. `text_of` gives the text of the article with an id, as the index holds it."""
    return (
        *check_answer(expect, answer),
        *check_cites(expect, answer),
        *check_notes(expect, answer),
        *check_independent_sources(expect, answer),
        *check_first(expect, answer),
        *check_abstain(expect, answer),
        check_cited(answer),
        check_verbatim(answer, text_of),
        check_numbered(answer),
    )


_PLAIN = str.maketrans({**dict.fromkeys("‘’‚‛′‵ʼ`´", "'"), **dict.fromkeys("“”„‟«»″‶", '"'), "−": "-"})


def fold(text: str) -> str:
    """The text without the differences that do not count: Unicode NFKC, case, accents, curly quotes and dashes made
    plain, white space collapsed."""
    # Quotes go first: NFKC turns the acute accent, used as a quote, into a space and a combining mark.
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold()
    parts = (
        "-" if unicodedata.category(character) == "Pd" else character
        for character in unicodedata.normalize("NFD", text.translate(_PLAIN))
        if unicodedata.category(character) != "Mn"
    )
    return " ".join(unicodedata.normalize("NFC", "".join(parts)).split())


def occurs(wanted: str, text: str) -> bool:
    """True where `wanted` stands in `text` between word borders, both folded. A number is not found within a longer
    one: 17 neither in 17,000 nor in 3.17."""
    needle = fold(wanted)
    if not needle:
        return False
    before = r"(?<!\w)" + (r"(?<!\d[.,])" if needle[0].isdigit() else "")
    after = r"(?!\w)" + (r"(?![.,]\d)" if needle[-1].isdigit() else "")
    return re.search(before + re.escape(needle) + after, fold(text)) is not None


def answer_text(answer: Answer) -> str:
    """The answer itself: its sentences, without markers, notes and list of citations."""
    return " ".join(sentence.text for sentence in answer.sentences)


def check_answer(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`answer.all` and `answer.none`: strings that must, or may not, occur in the answer's text."""
    text = answer_text(answer)
    checks = []
    for alternatives in expect.answer_all:
        hits = [wanted for wanted in alternatives if occurs(wanted, text)]
        found = f"{hits[0]!r}" if hits else "none of them"
        checks.append(Check("answer.all", "one of " + _listed(alternatives), found, bool(hits)))
    for banned in expect.answer_none:
        there = occurs(banned, text)
        checks.append(Check("answer.none", f"no {banned!r}", "it occurs" if there else "it does not occur", not there))
    return tuple(checks)


def cited_articles(answer: Answer) -> tuple[str, ...]:
    """Ids of the articles that the answer's text cites, in order, each once; what only a note cites is left out."""
    articles = {citation.number: citation.article_id for citation in answer.citations}
    numbers = (number for sentence in answer.sentences for number in sentence.citations)
    return tuple(dict.fromkeys(articles[number] for number in numbers if number in articles))


def check_cites(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`cites.all`, `cites.any`, `cites.none`: articles that the answer's text must, or may not, cite."""
    cited = cited_articles(answer)
    found = f"it cites {_listed(cited)}"
    checks = [Check("cites.all", repr(id), found, id in cited) for id in expect.cites_all]
    if expect.cites_any:
        hit = any(id in cited for id in expect.cites_any)
        checks.append(Check("cites.any", "one of " + _listed(expect.cites_any), found, hit))
    checks += [Check("cites.none", f"no {id!r}", found, id not in cited) for id in expect.cites_none]
    return tuple(checks)


def check_notes(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`notes.has` and `notes.lacks`: kinds of note that must, or may not, be given."""
    given = note_kinds(answer)
    found = f"its notes are {_listed(given)}"
    has = (Check("notes.has", kind.value, found, kind in given) for kind in expect.notes_has)
    lacks = (Check("notes.lacks", f"no {kind.value}", found, kind not in given) for kind in expect.notes_lacks)
    return (*has, *lacks)


def note_kinds(answer: Answer) -> tuple[NoteKind, ...]:
    """The kinds of note that the answer carries, each once."""
    return tuple(dict.fromkeys(note.kind for note in answer.notes))


def check_independent_sources(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`independent_sources`: the assessment's number."""
    if expect.independent_sources is None:
        return ()
    wanted = expect.independent_sources
    if answer.assessment is None:
        return (Check("independent_sources", str(wanted), "no assessment", False),)
    number = answer.assessment.independent_sources
    found = f"{number}: {_listed(answer.assessment.roots)}"
    return (Check("independent_sources", str(wanted), found, number == wanted),)


def check_first(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`first.source` and `first.date`: the earliest report of the assessment."""
    report = answer.assessment.first if answer.assessment else None
    checks = []
    if expect.first_source:
        found = f"root {report.root!r}, outlet {report.outlet!r}" if report else "no report"
        named = report is not None and names_first(expect.first_source, report)
        checks.append(Check("first.source", expect.first_source, found, named))
    if expect.first_date:
        date = str(report.date) if report and report.date else ""
        checks.append(Check("first.date", expect.first_date, date or "no date", date == expect.first_date))
    return tuple(checks)


def names_first(wanted: str, report: Report) -> bool:
    """True where `wanted` names the report's root or its outlet: the name itself, folded, with or without "the"; one
    of the root's other names in its article; or whole words of the name ("Gazette" of "Velm Gazette"). A longer name
    than the report's is not accepted: "Gazette" alone may be another paper."""
    names = [report.root, report.outlet]
    source = report.source
    if not report.anonymous and source.kind is not SourceKind.UNNAMED:
        # Who speaks for the root is the root, so the speaker's name will do as well as the body's.
        names += [source.name, source.speaks_for, *source.aliases]
    bare = _without_article(wanted)
    return bool(bare) and any(occurs(bare, name) for name in names if name)


def _without_article(name: str) -> str:
    return re.sub(r"^the (?=\S)", "", fold(name))


def check_abstain(expect: Expectation, answer: Answer) -> tuple[Check, ...]:
    """`abstain`: whether the assistant abstains as asked; and that each abstention carries its note. Where the key is
    missing and `answer` is given, an abstention fails."""
    checks = []
    found = "it abstains" if answer.abstained else "it answers"
    if expect.abstain:
        checks.append(Check("abstain", "an abstention", found, answer.abstained))
    elif expect.must_answer:
        checks.append(Check("abstain", "an answer", found, not answer.abstained))
    if answer.abstained:
        given = note_kinds(answer)
        noted = NoteKind.NO_EVIDENCE in given
        checks.append(Check("abstain.note", "the note no-evidence", f"its notes are {_listed(given)}", noted))
    return tuple(checks)


def check_cited(answer: Answer) -> Check:
    """`cited`: each sentence carries at least one citation; an abstention needs none."""
    bare = [] if answer.abstained else [sentence.text for sentence in answer.sentences if not sentence.citations]
    found = f"none after {bare[0]!r}" if bare else "all cited"
    return Check("cited", "a citation for each sentence", found, not bare)


def check_verbatim(answer: Answer, text_of: Callable[[str], str]) -> Check:
    """`verbatim`: each citation's quote, also one that only a note cites, stands at its offsets in its article."""
    faults = []
    for citation in answer.citations:
        try:
            text = text_of(citation.article_id)
        except (CorroborateError, KeyError):
            faults.append(f"[{citation.number}] cites {citation.article_id!r}, which the index does not hold")
            continue
        within = 0 <= citation.start < citation.end <= len(text)
        if not within or text[citation.start : citation.end] != citation.quote:
            place = f"{citation.start}:{citation.end} of {citation.article_id!r}"
            faults.append(f"[{citation.number}] {citation.quote!r} does not stand at {place}")
    return Check("verbatim", "each quote at its offsets", "; ".join(faults) or "all verbatim", not faults)


def check_numbered(answer: Answer) -> Check:
    """`numbered`: every number in text and notes is that of exactly one of the answer's citations."""
    numbers = [citation.number for citation in answer.citations]
    groups = [sentence.citations for sentence in answer.sentences] + [note.citations for note in answer.notes]
    used = [number for group in groups for number in group]
    unknown = sorted(set(used) - set(numbers))
    double = sorted({number for number in numbers if numbers.count(number) > 1})
    faults = [f"[{number}] is no citation" for number in unknown] + [f"[{number}] is two" for number in double]
    return Check("numbered", "each number one citation", "; ".join(faults) or "all known", not faults)


def _listed(words: tuple[str, ...] | tuple[NoteKind, ...]) -> str:
    return ", ".join(repr(str(word)) for word in words) or "none"
