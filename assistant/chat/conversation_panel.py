"""The conversation as HTML: what was asked and answered, and the answer that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from assistant.answer import Answer
from assistant.chat.parts import badge, sentence, shortened
from assistant.chat.session import Mark, Turn
from assistant.feedback import REASONS
from assistant.progress import STEPS
from assistant.standing import rating

STEP_WORDS = {
    "retrieve": "Searching the collection",
    "match": "Reading who says what in the articles found",
    "assess": "Weighing reports, denials and copies",
    "write": "Writing",
}
"""What each step of an answer does, in words."""


LONGEST_SHOWN = 300
"""Most characters that are repeated of a question."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is."""

    step: str = ""
    """One of `STEPS`; empty while it waits for its turn."""
    before: int = 0
    """Questions that are answered before it."""
    seconds: int = 0
    """Since it was asked."""
    stopping: str = ""
    """"stopping" once the reader has stopped it; else empty."""


def conversation(id: str, turns: Sequence[Turn], greeting: str = "") -> str:
    """The turns, oldest first; before the first one, the greeting, which is HTML."""
    said = "".join(_turn(turn, _reply(turn)) for turn in turns)
    return f'<div class="talk" data-talk="{escape(id)}">{said or greeting}</div>'


def greeting(examples: Sequence[str]) -> str:
    """What stands on the page before anything is asked."""
    lead = "Ask about a claim: who reported it first, who denies it, how many independent sources stand behind it."
    buttons = "".join(
        f'<li><button type="button" class="example" data-example="{escape(text)}">{escape(text)}</button></li>'
        for text in examples
    )
    tried = f'<p class="try" id="try">For example</p><ul aria-labelledby="try">{buttons}</ul>' if buttons else ""
    return f'<div class="greeting"><p>{lead}</p>{tried}</div>'


def empty_greeting(fillable: Sequence[str]) -> str:
    """What stands on the page while the collection is empty; `fillable` names what the page offers to fill it with."""
    lead = "<p>The collection is empty. It needs articles before it can answer.</p>"
    if not fillable:
        return (
            f'<div class="greeting">{lead}<p class="try">Add some with: '
            "<code>corroborate ingest PATH --index DIR</code></p></div>"
        )
    return (
        f'<div class="greeting">{lead}<ul>'
        '<li><button type="button" class="example" data-view="articles">Add articles: files, addresses or text'
        "</button></li>"
        '<li><button type="button" class="example" data-sample="1">Load the sample collection and look around'
        "</button></li></ul></div>"
    )


def refusal(question: str, error: str) -> str:
    """A question that was not put to the collection, and why."""
    return (
        f'<article class="turn refused"><h2 class="asked">{escape(shortened(question, LONGEST_SHOWN))}</h2>'
        f"{_failed('Not asked', error)}</article>"
    )


def live(turn: Turn, progress: Progress) -> str:
    """The turn whose answer is being made."""
    return _turn(turn, _progress(turn, progress))


def writing(turn: Turn, answer: Answer, shown: int) -> str:
    """The turn with the first sentences of its answer."""
    return _turn(turn, _standing(answer) + _said(replace(answer, sentences=answer.sentences[:shown]), turn.number))


def _turn(turn: Turn, reply: str) -> str:
    only = f'<p class="only">Only: {escape(turn.filter_words)}</p>' if turn.filter_words else ""
    return (
        f'<article class="turn" data-turn="{turn.number}" aria-label="Question {turn.number}">'
        f'<h2 class="asked">{escape(turn.question)}</h2>{only}{reply}</article>'
    )


def _progress(turn: Turn, progress: Progress) -> str:
    done = STEPS.index(progress.step) + 1 if progress.step in STEPS else 0
    words = STEP_WORDS.get(progress.step, "")
    if not words:
        behind = f"{progress.before} {'question is' if progress.before == 1 else 'questions are'} answered before this"
        words = behind if progress.before else "Starting"
    if progress.stopping:
        words = "Stopping"
    since = f", {progress.seconds} s" if progress.seconds >= 2 else ""
    stop = '<button type="button" class="stop" data-stop="1">Stop</button>'
    return (
        f'<div class="waiting"><p role="status">{escape(words)}…<span aria-hidden="true">{since}</span></p>'
        f'<progress max="{len(STEPS)}" value="{done}" aria-label="How far the answer is"></progress>'
        f"{'' if progress.stopping else stop}</div>"
    )


def _failed(title: str, error: str) -> str:
    return f'<div class="failed" role="alert"><strong>{title}</strong><p>{escape(error)}</p></div>'


def _reply(turn: Turn) -> str:
    if turn.stopped:
        return f'<div class="stopped"><p>{escape(turn.error)}</p></div>'
    if turn.error:
        return _failed("No answer", turn.error)
    if turn.answer is None:
        return '<p class="waiting">The answer is being made…</p>'
    answer = turn.answer
    return f"{_understood(turn, answer)}{_standing(answer)}{_said(answer, turn.number)}{_after(turn)}"


def _understood(turn: Turn, answer: Answer) -> str:
    """What a question was taken together with; one that was meant to stand alone can be asked so."""
    whole = answer.standalone_question
    if not whole or whole == turn.question:
        return ""
    words = escape(shortened(whole, LONGEST_SHOWN))
    again = f'<button type="button" class="alone" data-alone="{escape(turn.question)}">Ask it on its own</button>'
    return f'<p class="understood">Understood as: {words} {again}</p>'


def _standing(answer: Answer) -> str:
    """How the claim stands, at a glance: counts in words, and the notes."""
    told = rating(answer.assessment) if answer.assessment else ""
    counts = f'<p class="rating">{escape(told[:1].upper() + told[1:])}.</p>' if told else ""
    badges = "".join(badge(note) for note in answer.notes)
    return counts + (f'<div class="badges">{badges}</div>' if badges else "")


def _said(answer: Answer, turn: int) -> str:
    """The answer, a paragraph a sentence: each has a source of its own, and ten in a row are hard to tell apart."""
    by_number = {citation.number: citation for citation in answer.citations}
    said = "".join(f"<p>{sentence(one, by_number, turn)}</p>" for one in answer.sentences)
    kind = "answer abstained" if answer.abstained else "answer"
    return f'<div class="{kind}">{said or "<p>The collection does not tell.</p>"}</div>'


def _after(turn: Turn) -> str:
    """What can be done with an answer: look into it, mark it."""
    show = f'<button type="button" class="show" data-turn="{turn.number}">Show its dossier</button>'
    return f'<div class="after">{show}{_marking(turn.number, turn.mark)}</div>'


def _marking(turn: int, mark: Mark | None) -> str:
    told = ""
    if mark:
        why = f": “{escape(mark.why)}”" if mark.why else ""
        told = f'<span class="marked" role="status">You marked this {"right" if mark.right else "wrong"}{why}. </span>'
    hint = "What was missing or mistaken?"
    why = f'<input id="why-{turn}" maxlength="500" autocomplete="off" list="reasons-{turn}" placeholder="{hint}">'
    why += f'<datalist id="reasons-{turn}">{"".join(f"<option>{escape(one)}</option>" for one in REASONS)}</datalist>'
    return (
        f'<details class="marking"><summary>{"Change the mark" if mark else "Is it right?"}</summary>'
        f'<label for="why-{turn}">Why, in a word (a wrong answer needs one)</label>{why}'
        f'<span class="choices"><button type="button" data-mark="right" data-turn="{turn}">✓ Right</button>'
        f'<button type="button" data-mark="wrong" data-turn="{turn}">× Wrong</button></span></details>{told}'
    )
