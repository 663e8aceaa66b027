"""The dossier as HTML: the claim, how it stands, its notes and why they hold, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Sentence
from assistant.assessment import Report
from assistant.chat.context import in_context
from assistant.chat.disagreements_table import disagreements
from assistant.chat.graph_plot import graph_plot
from assistant.chat.parts import Articles, badge, link, mark, sentence, shortened
from assistant.chat.session import Turn
from assistant.chat.timeline_plot import timeline
from assistant.citations import Citation
from assistant.dossier import Dossier, Role, Row, dossier
from assistant.notes import NoteKind
from assistant.render import UNKNOWN_PUBLISHER, chain, date_words, made_with_words
from assistant.why import NOTHING, STANCE_WORDS, Reason, root_words, why
from index.errors import ArticleMissing
from index.spans import Span
from index.statements import Stance

LONGEST_SHOWN = 200
"""Most characters that are repeated of a question."""
OPEN_SOURCES = 3
"""Sources that stand open from the start; further ones show their quote when opened."""
ROLE_WORDS = {
    Role.REPORT: ("●", "reports it"),
    Role.DENIAL: ("×", "denies it"),
    Role.RELATED_DENIAL: ("⊗", "denies a related claim"),
    Role.RETRACTION: ("▲", "withdraws or corrects it"),
}
"""Sign and words of what a source does to the claim."""
TABS = (("sources", "Sources"), ("timeline", "Timeline"), ("who", "Who says so"), ("against", "Disagreements"))
FORMATS = (
    ("markdown", "Markdown", "text to go on writing in"),
    ("html", "Web page", "one file that prints well"),
    ("json", "JSON", "everything, for programs"),
    ("csv", "CSV", "the reports as a table"),
    ("claimreview", "ClaimReview", "schema.org data for a fact-check that you publish"),
)
"""What can be taken away: the format's name, its name on the button, what it is for."""


def empty_dossier() -> str:
    """What stands at the right before there is an answer."""
    return (
        '<section class="dossier empty" aria-label="Dossier"><p>The dossier of a claim appears here: how well it '
        "stands, who says so, since when, and who says otherwise.</p></section>"
    )


def dossier_panel(turn: Turn | None, articles: Articles, window: int) -> str:
    """The dossier of a turn's answer; `window` is the most characters of context around a quote."""
    if turn is None or turn.answer is None:
        return empty_dossier()
    found = dossier(turn.answer)
    return (
        f'<section class="dossier" data-turn="{turn.number}" aria-label="Dossier" tabindex="-1">'
        f"{_head(turn, found)}{_notes(turn.answer, turn.number)}"
        f"{_tabs(turn, found, articles, window)}{_take_away(turn.number)}"
        f'<p class="made">Written by {escape(made_with_words(turn.answer))}.</p></section>'
    )


def _head(turn: Turn, found: Dossier) -> str:
    asked = f'<p class="about">On: {escape(shortened(turn.question, LONGEST_SHOWN))}</p>'
    if not found.claim:
        return f'{asked}<p class="standing">{escape(found.standing)}</p>'
    by = f'<p class="by">as {escape(found.claim_by)} has it</p>' if found.claim_by else ""
    words = f"“{found.claim}”" if found.claim_by else found.claim
    return (
        f'{asked}<h2 class="claim"><span class="kicker">The claim</span> {escape(words)}</h2>{by}'
        f'<p class="standing"><strong class="kicker">How it stands</strong> {escape(found.standing)}</p>'
    )


def _notes(answer: Answer, turn: int) -> str:
    """The notes as badges; each opens on its sentence and on why it is given."""
    if not answer.notes:
        return ""
    by_number = {citation.number: citation for citation in answer.citations}
    items = "".join(
        f'<li><details class="note"><summary>{badge(reason.note)}</summary><div class="body">'
        f"<p>{sentence(Sentence(reason.note.text, reason.note.citations), by_number, turn)}</p>{_why(reason)}</div>"
        "</details></li>"
        for reason in why(answer)
    )
    hint = '<span class="faint">Open one to see why it is given.</span>'
    return f'<h3 class="heading">Notes {hint}</h3><ul class="notes">{items}</ul>'


def _why(reason: Reason) -> str:
    if reason.note.kind is NoteKind.NO_EVIDENCE:
        return ""
    groups = "".join(
        f'<li><p class="label">{escape(group.label)}</p>'
        f"<ul>{''.join(_statement(one) for one in group.reports)}</ul></li>"
        for group in reason.groups
    )
    body = f"<ul>{groups}</ul>" if groups else f"<p>{escape(NOTHING)}</p>"
    return f'<h4>Why this note?</h4><p class="rule">{escape(reason.rule)}</p>{body}'


def _statement(report: Report) -> str:
    """A statement behind a note: its chain, date, root and stance, and its words."""
    made = report.statement
    words = " … ".join(span.of(report.article.text) for span in made.content_spans)
    facts = [date_words(report.date), f"root: {root_words(report)}", STANCE_WORDS[made.stance]]
    facts += ["hedged"] if made.hedged and made.stance is not Stance.HEDGES else []
    told = f'<span class="faint">({escape("; ".join(facts))})</span>'
    return f"<li>{_chain(chain(report))} {told}<q>{escape(words)}</q></li>"


def _chain(names: Sequence[str]) -> str:
    arrow = ' <span aria-label="which cites">←</span> '
    return f'<span class="chain">{arrow.join(escape(name) for name in names)}</span>'


# --- tabs --------------------------------------------------------------------------------------------------------


def _tabs(turn: Turn, found: Dossier, articles: Articles, window: int) -> str:
    answer = turn.answer
    assert answer is not None
    if not found.rows and not answer.citations:
        return ""
    loose = _loose(answer, found.rows)
    counts = {"sources": len(found.rows) + len(loose), "against": len(found.disagreements)}
    bodies = {
        "sources": _sources(turn, found.rows, loose, articles, window),
        "timeline": timeline(found, turn.number),
        "who": graph_plot(found),
        "against": disagreements(found, turn.number),
    }
    heads = "".join(
        f'<button type="button" role="tab" id="tab-{name}" aria-controls="panel-{name}" data-tab="{name}" '
        f'aria-selected="{"true" if name == "sources" else "false"}" tabindex="{0 if name == "sources" else -1}">'
        f"{words}{f' <span class=count>{counts[name]}</span>' if counts.get(name) else ''}</button>"
        for name, words in TABS
    )
    panels = "".join(
        f'<div role="tabpanel" id="panel-{name}" aria-labelledby="tab-{name}" tabindex="0"'
        f"{'' if name == 'sources' else ' hidden'}>{bodies[name]}</div>"
        for name, _ in TABS
    )
    return f'<div class="tabs" role="tablist" aria-label="Views of the claim">{heads}</div>{panels}'


def _loose(answer: Answer, rows: Sequence[Row]) -> tuple[Citation, ...]:
    """Citations that no row shows."""
    shown = {row.number for row in rows}
    return tuple(citation for citation in answer.citations if citation.number not in shown)


def _sources(turn: Turn, rows: Sequence[Row], loose: Sequence[Citation], articles: Articles, window: int) -> str:
    answer = turn.answer
    assert answer is not None
    by_number = {citation.number: citation for citation in answer.citations}
    items = [f"<li>{_row(row, place, turn.number, by_number, articles, window)}</li>" for place, row in enumerate(rows)]
    items += [
        f"<li>{_cited(citation, turn.number, len(rows) + place, articles, window)}</li>"
        for place, citation in enumerate(loose)
    ]
    return f'<ol class="sources">{"".join(items)}</ol>' if items else "<p>No source bears on it.</p>"


def _row(row: Row, place: int, turn: int, by_number: dict[int, Citation], articles: Articles, window: int) -> str:
    sign, words = ROLE_WORDS[row.role]
    number = mark(row.number, by_number.get(row.number), turn) if row.number else ""
    stance = STANCE_WORDS[row.stance] + (", hedged" if row.hedged else "")
    dates = [("Published", row.reported), ("Said", row.said), ("Happened", row.happened)]
    known = "".join(f"<div><dt>{name}</dt><dd>{escape(date_words(when))}</dd></div>" for name, when in dates if when)
    about = f"<div><dt>Denies</dt><dd>“{escape(row.about)}”</dd></div>" if row.about else ""
    return _card(
        place,
        f'<span class="role {row.role}"><span aria-hidden="true">{sign}</span> {words}</span>'
        f'<span class="publisher">{escape(row.publisher or UNKNOWN_PUBLISHER)}</span>'
        f'<span class="date">{escape(date_words(row.reported))}</span>',
        f'<h4>{link(row.url, row.title or row.article_id)} {number}</h4><dl class="facts">'
        f"<div><dt>Chain</dt><dd>{_chain(row.chain)}</dd></div>"
        f"<div><dt>Who</dt><dd>{escape(row.who)} ({stance})</dd></div>{about}{known}</dl>"
        f"{_quote(row.article_id, Span(row.start, row.end), row.quote, articles, window)}"
        f'<p class="open"><button type="button" data-open="{place}" data-turn="{turn}">'
        "Read it in the article</button></p>",
    )


def _cited(citation: Citation, turn: int, place: int, articles: Articles, window: int) -> str:
    return _card(
        place,
        '<span class="role"><span aria-hidden="true">–</span> also cited</span>'
        f'<span class="publisher">{escape(citation.publisher or UNKNOWN_PUBLISHER)}</span>'
        f'<span class="date">{escape(date_words(citation.published))}</span>',
        f"<h4>{link(citation.url, citation.title or citation.article_id)} {mark(citation.number, citation, turn)}</h4>"
        f"{_quote(citation.article_id, Span(citation.start, citation.end), citation.quote, articles, window)}",
    )


def _card(place: int, head: str, body: str) -> str:
    return (
        f'<details class="source" data-row="{place}"{" open" if place < OPEN_SOURCES else ""}>'
        f'<summary>{head}</summary><div class="body">{body}</div></details>'
    )


def _quote(id: str, span: Span, quote: str, articles: Articles, window: int) -> str:
    try:
        shown = in_context(articles(id).text, span, quote, window)
    except ArticleMissing:
        return _alone(quote, "The article is no longer in the collection.")
    if shown is None:
        return _alone(quote, "The article has changed since it was quoted.")
    return (
        f'<blockquote><span class="around">{escape(shown.before)}</span><mark>{escape(quote)}</mark>'
        f'<span class="around">{escape(shown.after)}</span></blockquote>'
    )


def _alone(quote: str, reason: str) -> str:
    return f'<blockquote><mark>{escape(quote)}</mark></blockquote><p class="gone">{escape(reason)}</p>'


def _take_away(turn: int) -> str:
    buttons = "".join(
        f'<button type="button" data-export="{name}" data-turn="{turn}" title="{escape(use)}">{words}</button>'
        for name, words, use in FORMATS
    )
    return (
        '<div class="takeaway" role="group" aria-label="Take it away"><h3 class="heading">Take it away</h3>'
        f"{buttons}</div>"
    )
