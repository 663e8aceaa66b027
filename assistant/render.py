"""Answer -> plain text for the terminal, Markdown, and a dictionary for JSON."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer
from assistant.assessment import Assessment, Report
from assistant.citations import Citation
from assistant.evidence import Evidence
from assistant.layout import Layout
from assistant.notes import Note, NoteKind, day_text
from index.dates import PartialDate

NOTE_WORDS = {
    NoteKind.SINGLE_SOURCE: "Single source",
    NoteKind.CORROBORATED: "Corroborated",
    NoteKind.CIRCULAR_REPORTING: "Circular reporting",
    NoteKind.REPRINT: "Reprint",
    NoteKind.DENIED: "Denied",
    NoteKind.RELATED_DENIAL: "Related claim denied",
    NoteKind.RETRACTED: "Retracted",
    NoteKind.CONFLICTING_FIGURES: "Figures differ",
    NoteKind.CONFLICTING_DATES: "Dates differ",
    NoteKind.CONFLICTING_ACCOUNTS: "Accounts differ",
    NoteKind.ANONYMOUS_SOURCE: "Unnamed source",
    NoteKind.UNATTRIBUTED: "No source given",
    NoteKind.HEDGED: "Not verified",
    NoteKind.UNDATED: "No date",
    NoteKind.NO_EVIDENCE: "No evidence here",
}
"""Each kind of note in plain words, for people; programs read `Note.kind`."""

UNKNOWN_PUBLISHER = "unknown publisher"
NO_DATE = "no date"


def date_words(when: PartialDate | None) -> str:
    """A date as people write it, no more exact than it is known: "12 September 2017", "September 2017", "2017"."""
    return day_text(when) if when else NO_DATE


def made_with_words(answer: Answer) -> str:
    """Who wrote the sentences: the extractive writer, or the chat model by name."""
    return "the extractive writer, without a language model" if answer.made_with == "extractive" else answer.made_with


def web_address(url: str) -> str:
    """The address where it is http(s), else nothing: other schemes can run code when clicked."""
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def chain(report: Report) -> tuple[str, ...]:
    """The names from the publisher inwards: publisher, outlets it cites, innermost source. No name follows itself."""
    names = [report.article.publisher or UNKNOWN_PUBLISHER]
    names += [outlet.name for outlet in report.statement.via]
    source = report.source
    if source.name:
        names.append(source.name)
    return tuple(name for place, name in enumerate(names) if place == 0 or name != names[place - 1])


# --- plain text -------------------------------------------------------------------------------------------------

# Escape sequences would drive the terminal and direction overrides would reorder its line: articles are untrusted.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Text on one line, without control characters and direction overrides."""
    return " ".join(_CONTROL.sub("", text).split())


def windowed(text: str, most: int) -> str:
    """The text, or its beginning and end where it has more than `most` characters; cut at white space."""
    if len(text) <= most:
        return text
    head, tail = text[: most * 2 // 3], text[-most // 3 :]
    return f"{head.rsplit(None, 1)[0]} […] {tail.split(None, 1)[-1]}"


def wrapped(text: str, layout: Layout, indent: str = "", hang: str | None = None) -> str:
    """One paragraph set to the layout's width; `indent` before its first line, `hang` before the others."""
    return textwrap.fill(
        printable(text),
        width=layout.width,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str, layout: Layout) -> str:
    """A line that stands above a part."""
    return f"{layout.style.strong}{text}{layout.style.end}"


def markers(numbers: Sequence[int]) -> str:
    """ "[1][2]"; empty for none."""
    return "".join(f"[{number}]" for number in numbers)


def to_text(answer: Answer, layout: Layout | None = None) -> str:
    """The answer, its notes and its sources, for a terminal; ends without a line break."""
    layout = layout or Layout()
    parts = []
    if answer.standalone_question and answer.standalone_question != answer.question:
        understood = wrapped(f"Understood as: {answer.standalone_question}", layout)
        parts.append(f"{layout.style.faint}{understood}{layout.style.end}")
    parts.append(wrapped(answer.text or "The collection does not tell.", layout))
    if answer.notes:
        parts.append("\n".join([heading("Notes", layout), *(note_text(note, layout) for note in answer.notes)]))
    if answer.citations:
        sources = [citation_text(citation, layout) for citation in answer.citations]
        parts.append("\n".join([heading("Sources", layout), *sources]))
    parts.append(f"{layout.style.faint}{wrapped(f'Written by {made_with_words(answer)}.', layout)}{layout.style.end}")
    return "\n\n".join(parts)


def note_text(note: Note, layout: Layout) -> str:
    """One note: its kind in words, its sentence, its markers."""
    label = NOTE_WORDS[note.kind]
    body = f"{label}: {note.text} {markers(note.citations)}".rstrip()
    strong = f"{layout.style.strong}{label}:{layout.style.end}"
    return wrapped(body, layout, "  ", "    ").replace(f"{label}:", strong, 1)


def citation_text(citation: Citation, layout: Layout) -> str:
    """One source: number, publisher, date, title, id; and its quote."""
    title = f', "{citation.title}"' if citation.title else ""
    publisher = citation.publisher or UNKNOWN_PUBLISHER
    line = f"[{citation.number}] {publisher}, {date_words(citation.published)}{title}, {citation.article_id}"
    quote = windowed(printable(citation.quote), layout.quote_window)
    return "\n".join((wrapped(line, layout, "  ", "      "), wrapped(f"“{quote}”", layout, "      ")))


def hits_text(hits: Sequence[Evidence], layout: Layout | None = None) -> str:
    """Passages found, ranked, each with its article and score."""
    layout = layout or Layout()
    parts = []
    for hit in hits:
        title = f', "{hit.article.title}"' if hit.article.title else ""
        publisher = hit.article.publisher or UNKNOWN_PUBLISHER
        line = f"{hit.number}. {publisher}, {date_words(hit.article.published)}{title}, {hit.article.id}"
        passage = windowed(printable(hit.passage.text), 2 * layout.quote_window)
        score = f"{layout.style.faint}   score {hit.score:.3f}{layout.style.end}"
        parts.append("\n".join((wrapped(line, layout, "", "   "), score, wrapped(passage, layout, "   "))))
    return "\n\n".join(parts)


# --- Markdown ---------------------------------------------------------------------------------------------------

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&$@])")
_BARE_LINK = re.compile(r"://|www\.", re.IGNORECASE)  # some readers of Markdown make links of these
_LINE_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)])(?=\s|$))")


def escaped(text: str) -> str:
    """Text on one line with everything that Markdown or HTML would read as markup made plain."""
    line = _MARKDOWN.sub(r"\\\1", printable(text))
    line = _BARE_LINK.sub(lambda m: m[0].replace(":", "\\:").replace(".", "\\."), line)
    return _LINE_START.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}"), line)


def to_markdown(answer: Answer) -> str:
    """The answer as Markdown, quotes whole; text from articles can add no markup and no link."""
    lines = [f"## {escaped(answer.question)}", "", escaped(answer.text or "The collection does not tell."), ""]
    if answer.notes:
        lines += ["### Notes", ""]
        for note in answer.notes:
            cited = escaped(markers(note.citations))
            lines.append(f"- **{NOTE_WORDS[note.kind]}:** {escaped(note.text)} {cited}".rstrip())
        lines.append("")
    if answer.citations:
        lines += ["### Sources", ""]
        for citation in answer.citations:
            lines += [markdown_source(citation), "", f"> {escaped(citation.quote)}", ""]
    return "\n".join([*lines, f"Written by {escaped(made_with_words(answer))}.", ""])


def markdown_source(citation: Citation) -> str:
    """One source in a line of Markdown: number, publisher, date, title (a link where it has an http(s) address), id."""
    parts = [f"**{escaped(citation.publisher or UNKNOWN_PUBLISHER)}**", date_words(citation.published)]
    url = web_address(citation.url)
    if citation.title or url:
        title = escaped(citation.title or url)
        target = re.sub(r"[<>\s\\]", _percent, url)
        parts.append(f"[{title}](<{target}>)" if url else f"“{title}”")
    return f"{escaped(f'[{citation.number}]')} {', '.join(parts)}, {escaped(citation.article_id)}"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


# --- JSON -------------------------------------------------------------------------------------------------------


def to_dict(answer: Answer) -> dict[str, Any]:
    """The whole answer as plain data for JSON: dates in ISO 8601 or null, quotes whole, offsets in characters."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question or answer.question,
        "text": answer.text,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [_citation_dict(citation) for citation in answer.citations],
        "notes": [{"kind": str(n.kind), "text": n.text, "citations": list(n.citations)} for n in answer.notes],
        "assessment": _assessment_dict(answer.assessment) if answer.assessment else None,
        "abstained": answer.abstained,
        "made_with": answer.made_with,
    }


def hits_list(hits: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Passages found as plain data for JSON, ranked."""
    return [
        {
            "number": hit.number,
            "score": hit.score,
            "article_id": hit.article.id,
            "publisher": hit.article.publisher,
            "title": hit.article.title,
            "published": _iso(hit.article.published),
            "url": hit.article.url,
            "passage_id": hit.passage.id,
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
            "text": hit.passage.text,
        }
        for hit in hits
    ]


def _iso(when: PartialDate | None) -> str | None:
    return str(when) if when else None


def _citation_dict(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "publisher": citation.publisher,
        "title": citation.title,
        "url": citation.url,
        "published": _iso(citation.published),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def report_dict(report: Report) -> dict[str, Any]:
    """One report as plain data: who says it, through whom, where and when."""
    made, source = report.statement, report.source
    return {
        "statement": made.id,
        "article_id": report.article.id,
        "publisher": report.article.publisher,
        "outlet": report.outlet,
        "root": report.root,
        "chain": list(chain(report)),
        "source": {"name": source.name, "kind": str(source.kind), "speaks_for": source.speaks_for},
        "anonymous": report.anonymous,
        "stance": str(made.stance),
        "hedged": made.hedged,
        "date": _iso(report.date),
        "said_on": _iso(made.said_on),
        "happened_on": _iso(made.happened_on),
        "content": [span.of(report.article.text) for span in made.content_spans],
        "start": made.content_span.start,
        "end": made.content_span.end,
    }


def _assessment_dict(assessment: Assessment) -> dict[str, Any]:
    first = assessment.first
    return {
        "claim": assessment.claim.text,
        "independent_sources": assessment.independent_sources,
        "roots": list(assessment.roots),
        "first": {"root": first.root, "outlet": first.outlet, "date": _iso(first.date)} if first else None,
        "reports": [report_dict(report) for report in assessment.reports],
        "denials": [
            {"of_claim": denial.of_claim, "denied": denial.denied, **report_dict(denial.report)}
            for denial in assessment.denials
        ],
        "conflicts": [
            {
                "kind": str(conflict.kind),
                "about": conflict.about,
                "sides": [
                    {"value": side.value, "reports": [report_dict(report) for report in side.reports]}
                    for side in conflict.sides
                ],
            }
            for conflict in assessment.conflicts
        ],
        "copies": [list(group) for group in assessment.copies],
        "retractions": [report_dict(report) for report in assessment.retractions],
    }
