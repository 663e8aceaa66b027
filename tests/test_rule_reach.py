"""How far what a source says, or denies, reaches; halves on either side of an inserted attribution."""

from __future__ import annotations

import pytest

from index.rules import RuleTagger

TAGGER = RuleTagger()


def said(text: str) -> list[tuple[str, str]]:
    """Cue and content of each attribution, parts joined by " / "."""
    return [
        (" ".join(span.of(text) for span in found.cue), " / ".join(span.of(text) for span in found.content))
        for found in TAGGER.tag(text)
    ]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("While Norland has denied being involved in the raid, Turvia laid mines in the strait.",
         "has denied", "being involved in the raid"),
        ("While Norland disputes that assertion, it has agreed that the mines must go.", "disputes", "that assertion"),
        ("Although the mill denies the leak, its owners closed two wells.", "denies", "the leak"),
        ("Norland denied that its guns had sunk the ferry and suggested there had been a fault.",
         "denied", "its guns had sunk the ferry"),
        ("Turvia denies using gas, attributing the deaths to a fire in a store.", "denies", "using gas"),
        ("The bank denied it on Monday, as it had done before.", "denied", "it"),
        ("He denied lying about the fire and the loan and taking bribes.",
         "denied", "lying about the fire and the loan and taking bribes"),
        ("The guild withdrew the higher figure and is sorry for the error.", "withdrew", "the higher figure"),
        ("The two envoys blamed Norland for raids on ships, allegations Norland denied.",
         "denied", "Norland for raids on ships"),
    ],
)  # fmt: skip
def test_the_reach_of_a_denial(text: str, cue: str, content: str) -> None:
    assert (cue, content) in said(text)


def test_what_the_denier_says_besides_is_his() -> None:
    text = "Norland denied that its guns had sunk the ferry and suggested there had been a fault."
    assert ("suggested", "there had been a fault") in said(text)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Two days later, the man told the Gazette, three lorries came for the crates.",
         "Two days later / three lorries came for the crates"),
        ("He had, it said, been seen in the port.", "He had / been seen in the port"),
        ("The germ, he said, had been carried in by a cook.", "The germ / had been carried in by a cook"),
        ("The guard was, the police said, not armed.", "The guard was / not armed"),
        ("She had opened the crate, she said by telephone, and found the vials cloudy.",
         "She had opened the crate / and found the vials cloudy"),
        ("Three kites were up, said the farmer; one came down.", "Three kites were up / one came down"),
    ],
)  # fmt: skip
def test_halves_on_either_side_are_one_content(text: str, content: str) -> None:
    assert [found for _, found in said(text)] == [content]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The warden left the hall, saying that the vote was void.", "The warden", "the vote was void"),
        ("On Friday, the warden closed the hall, saying the vote was void.", "the warden", "the vote was void"),
        ("The warden endorsed the plan, accusing the guild of fraud.", "The warden", "the guild of fraud"),
    ],
)  # fmt: skip
def test_a_participle_speaks_for_whoever_opens_the_sentence(text: str, source: str, content: str) -> None:
    (found,) = TAGGER.tag(text)
    assert ([span.of(text) for span in found.source], [span.of(text) for span in found.content]) == (
        [source],
        [content],
    )


def test_a_correction_with_an_afterthought_is_the_correction() -> None:
    assert said("The Courier issued a correction, but the harm is done.") == [
        ("issued a correction", "The Courier issued a correction")
    ]


def test_a_published_statement_goes_on_through_a_quoted_word() -> None:
    text = "The mayor issued a statement saying the search should go on and the “culprits” should be tried."
    assert [content for _, content in said(text)] == ["the search should go on and the “culprits” should be tried"]
