"""Phrasing: a report as one plain sentence, attributed and dated, around the article's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.assessment import Report
from assistant.citations import Citation, cite
from assistant.notes import carrier, day_text, listed, speaker
from assistant.terms import tidy
from index.article import Article
from index.cues import LEMMAS
from index.names import fold
from index.spans import Span, sentences
from index.statements import SourceKind, Stance

LONGEST = 420
"""Characters of a quotation in the answer's text; the citation has the whole."""


@dataclass
class Citations:
    """The citations of one answer, numbered as they come."""

    made: list[Citation] = field(default_factory=list)

    def number(self, article: Article, span: Span) -> int:
        """The number of the citation of a span; one that covers it serves."""
        for citation in self.made:
            if citation.article_id == article.id and citation.start <= span.start and span.end <= citation.end:
                return citation.number
        citation = cite(len(self.made) + 1, article, span)
        self.made.append(citation)
        return citation.number

    def of(self, report: Report) -> int:
        """The citation of a report: the sentence that carries it, with its attribution where that is in the same one."""
        return self.number(report.article, quote_span(report))


def quote_span(report: Report) -> Span:
    """The sentence of the article that holds what matched; content and cue together where they share it."""
    text = report.article.text
    start, end = report.span_start, report.span_end
    if end <= start:
        start, end = report.statement.content_span.start, report.statement.content_span.end
    spans = [s for s in sentences(text) if s.start < end and start < s.end]
    cue = report.statement.cue_span
    if cue is not None:
        spans += [s for s in sentences(text) if s.start <= cue.start < s.end and abs(s.start - start) < 400]
    if not spans:
        return Span(start, end)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def quoted(text: str) -> str:
    """Words of an article between one pair of quotation marks, marks inside made single."""
    words = tidy(text)
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    whole = re.fullmatch(r"[“\"](?P<inside>[^“”\"]*)[”\"]?", words)
    words = whole["inside"].strip() if whole else words
    words = re.sub(r"[“\"](?=[\w.…’‘$€£])", "‘", words)
    words = re.sub(r"(?<=\S)[”\"“]", "’", words)
    return f"“{words.rstrip(',;:')}”"


def attributed(report: Report) -> str:
    """One report as a sentence: who, by which word, when, through whom, and the words."""
    statement, article = report.statement, report.article
    when = (
        f" on {day_text(report.date)}"
        if report.date is not None and report.date.day
        else f" in {day_text(report.date)}"
        if report.date is not None
        else ""
    )
    words = quoted(content_of(report))
    if statement.source_span is None and statement.cue_span is None:
        if statement.stance is Stance.RETRACTS:
            return full(f"{capital(carrier(report))} withdrew or corrected its report{when}: {words}")
        return full(f"{capital(carrier(report))} reported{when}: {words}")
    if statement.source_span is None or (not report.source.name and not report.source.speaks_for):
        return full(f"{capital(carrier(report))} reported{when}, without naming a source: {words}")
    verb = _verb(report)
    through = _through(report)
    if report.source.kind is SourceKind.OUTLET and fold(report.source.name) == fold(article.publisher):
        return full(
            f"{capital(carrier(report))} {verb if statement.stance is not Stance.ASSERTS else 'reported'}{when}: {words}"
        )
    if statement.stance is Stance.DECLINES:
        return full(f"{capital(carrier(report))} reported{when}: {quoted(_whole(report))}")
    lead = capital(speaker(report))
    if statement.stance is Stance.DENIES:
        return full(f"{lead} {verb}{_denied(report)}, {through}{when}: {quoted(_whole(report))}")
    return full(f"{lead} {verb}, {through}{when}: {words}")


def _denied(report: Report) -> str:
    return "" if _verb(report) not in {"denied", "rejected", "dismissed", "disputed"} else " this"


def _through(report: Report) -> str:
    links = [link.name for link in report.statement.via if link.name]
    outer = carrier(report)
    if links:
        return f"according to {listed(list(reversed(links)))}, as carried by {outer}"
    return f"according to {outer}"


_PAST = {"say": "said", "tell": "said", "report": "reported", "claim": "claimed", "deny": "denied", "reject": "rejected", "dismiss": "dismissed",
         "confirm": "confirmed", "acknowledge": "acknowledged", "admit": "admitted", "announce": "announced", "insist": "insisted", "maintain": "maintained",
         "withdraw": "withdrew its earlier statement", "retract": "retracted its earlier statement", "correct": "corrected the earlier figure", "warn": "warned", "argue": "argued", "allege": "alleged", "dispute": "disputed", "reply": "replied",
         "concede": "conceded", "refute": "rejected", "accept": "accepted", "estimate": "estimated", "repeat": "repeated", "write": "wrote", "state": "stated", "explain": "explained", "reveal": "revealed"}  # fmt: skip


def _verb(report: Report) -> str:
    cue = report.statement.cue_span
    word = cue.of(report.article.text).lower().split()[-1] if cue is not None and len(cue) else ""
    verb = _PAST.get(LEMMAS.get(word, ""), "said")
    if report.statement.stance is Stance.DENIES and verb == "said":
        return "denied"
    if report.statement.stance is Stance.RETRACTS and verb in {"said", "reported"}:
        return "withdrew or corrected the earlier report"
    if report.statement.stance is Stance.CONFIRMS and verb == "said":
        return "confirmed"
    return verb


def content_of(report: Report) -> str:
    """The matched sentence's content; the whole sentence where the content is too short to stand alone."""
    text = report.article.text
    inside = [s for s in report.statement.content_spans if s.start <= report.span_start < s.end]
    span = inside[0] if inside else report.statement.content_spans[0]
    if len(span) > LONGEST and report.span_end > report.span_start:
        span = Span(report.span_start, report.span_end)
    words = span.of(text)
    return _whole(report) if len(words.split()) < 4 else words


def _whole(report: Report) -> str:
    return quote_span(report).of(report.article.text)


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def full(sentence: str) -> str:
    """The sentence on one line, with a full stop where it has no mark at its end."""
    sentence = re.sub(r"\s+", " ", sentence).strip()
    if re.search(r"[.!?…][”’\"]?$", sentence):
        return sentence
    return sentence + "."
