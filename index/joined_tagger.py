"""The two taggers joined: the trained one finds most and cuts best, the rules know frames that it was not taught."""

from __future__ import annotations

import re
from bisect import bisect_right

from index.cues import LEMMAS, STANCES, declines
from index.rule_phrases import has_verb
from index.rules import RuleTagger
from index.spans import Span, sentences
from index.statements import Stance
from index.tagger import Attribution, Tagger

_LINKS = re.compile(r"(?:also\s+)?(?:citing|quoting|cites|cited|quotes|quoted)\b", re.IGNORECASE)


class JoinedTagger:
    """A `Tagger` that joins the rules to another tagger; see `joined`."""

    name = "both"

    def __init__(self, model: Tagger) -> None:
        self._model = model
        self._rules = RuleTagger()

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions in the order of their content; they may nest."""
        return joined(text, self._rules.tag(text), self._model.tag(text))


def joined(text: str, rules: tuple[Attribution, ...], model: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions of both taggers.

    Where both found one, at overlapping cues, the spans are the model's, but for what the rules alone know: a content
    that goes on after an inserted attribution, a source in "X quoted Y as saying", a source where the model has none.
    What only the model found stays, but for a "citing", which is a link in the chain of another attribution. What only
    the rules found is added where it denies, confirms, withdraws or declines, or where the model found nothing in its
    sentence.
    """
    borders = [span.start for span in sentences(text)]

    def sentence_of(at: int) -> int:
        return bisect_right(borders, at)

    found: list[Attribution] = []
    used: set[int] = set()
    ruled = {sentence_of(_anchor(rule).start) for rule in rules}
    for tag in model:
        at = next((index for index, rule in enumerate(rules) if _same(rule, tag)), None)
        if at is not None:
            used.add(at)
            found.append(_merged(text, rules[at], tag))
        elif not (tag.cue and _LINKS.fullmatch(tag.cue[0].of(text)) and sentence_of(tag.cue[0].start) in ruled):
            found.append(tag)
    seen = {sentence_of(_anchor(tag).start) for tag in found}
    for index, rule in enumerate(rules):
        if index in used:
            continue
        if _weighs(text, rule) or (sentence_of(_anchor(rule).start) not in seen and not _inside(rule, found)):
            found.append(rule)
    return tuple(sorted(found, key=lambda tag: (*tag.content, *tag.cue)))


def _anchor(tag: Attribution) -> Span:
    return (tag.cue or tag.source or tag.content)[0]


def _same(one: Attribution, other: Attribution) -> bool:
    if not one.cue or not other.cue:
        return not one.cue and not other.cue and one.content[0].overlaps(other.content[0])
    return any(a.overlaps(b) for a in one.cue for b in other.cue)


def _merged(text: str, rule: Attribution, model: Attribution) -> Attribution:
    """One attribution of what both found at the same cue."""
    if len(rule.cue) > 1:
        return rule  # "X quoted Y as saying": the rules read who speaks
    content = model.content
    unfinished = len(content) == 1 and content[0].end < _anchor(model).start and not has_verb(content[0].of(text))
    if unfinished and len(rule.content) == 2 and rule.content[0].overlaps(content[0]):
        content = (*content, rule.content[1])  # "The bridge, said the mayor, is ours"
    return Attribution(model.source or rule.source, model.cue, content)


def _inside(rule: Attribution, found: list[Attribution]) -> bool:
    """True where the cue stands in what another attribution holds."""
    return any(span.contains(_anchor(rule)) for tag in found for span in tag.content)


def _weighs(text: str, rule: Attribution) -> bool:
    """True for an attribution that bears on whether something is so, whatever else its sentence says."""
    words = " ".join(span.of(text) for span in rule.cue)
    lemma = LEMMAS.get(words.split()[-1].lower(), "") if words else ""
    return STANCES.get(lemma) in {Stance.DENIES, Stance.CONFIRMS, Stance.RETRACTS} or declines(
        " ".join([words, *(span.of(text) for span in rule.content)])
    )
