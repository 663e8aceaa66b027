"""The rule tagger: source, cue and content as they stand in the text."""

from __future__ import annotations

import pytest

from index.rules import RuleTagger
from index.tagger import Attribution

TAGGER = RuleTagger()


def words(text: str, found: Attribution) -> tuple[str, str, str]:
    """Source, cue and content as words, broken parts joined by " / "."""
    return (
        " / ".join(span.of(text) for span in found.source),
        " / ".join(span.of(text) for span in found.cue),
        " / ".join(span.of(text) for span in found.content),
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mill caught fire, police said.", "police", "said", "The mill caught fire"),
        ("Police said the mill caught fire.", "Police", "said", "the mill caught fire"),
        ("Police said on Monday that the mill was empty.", "Police", "said", "the mill was empty"),
        ("“It is over,” said Dora Venn.", "Dora Venn", "said", "“It is over,”"),
        ("“It is over,” Dora Venn said.", "Dora Venn", "said", "“It is over,”"),
        ("Dora Venn said: “It is over.”", "Dora Venn", "said", "“It is over.”"),
        ('"It is over," Dora Venn told Radio Velm.', "Dora Venn", "told", '"It is over,"'),
        ("Lena Mott told the Tarn Courier that the bank was safe.", "Lena Mott", "told", "the bank was safe"),
        ("The bank denied closing any branches.", "The bank", "denied", "closing any branches"),
        ("The claim was denied by the police.", "the police", "was denied", "The claim"),
        ("The bank is safe, the Tarn Courier reports.", "the Tarn Courier", "reports", "The bank is safe"),
    ],
)
def test_one_attribution_a_sentence(text: str, source: str, cue: str, content: str) -> None:
    (found,) = TAGGER.tag(text)
    assert words(text, found) == (source, cue, content)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("According to the port authority, two ships sank.", "the port authority", "two ships sank"),
        ("Two ships sank, according to the port authority.", "the port authority", "Two ships sank"),
        ("Two ships sank on Monday, according to Dora Venn.", "Dora Venn", "Two ships sank on Monday"),
    ],
)
def test_according_to(text: str, source: str, content: str) -> None:
    (found,) = TAGGER.tag(text)
    told_by, cue, told = words(text, found)
    assert (told_by, told) == (source, content)
    assert cue.lower() == "according to"


def test_a_broken_quotation_is_one_attribution() -> None:
    text = "“The mill was empty,” said Dora Venn. “Nobody was hurt.”"
    (found,) = TAGGER.tag(text)
    assert words(text, found) == ("Dora Venn", "said", "“The mill was empty,” / “Nobody was hurt.”")


@pytest.mark.parametrize(
    "text",
    [
        "The mill burned down in the night.",
        "The report is due in March.",
        "They called a doctor.",
        "The claim form is blue.",
        "She found the keys.",
    ],
)
def test_plain_sentences_attribute_nothing(text: str) -> None:
    assert TAGGER.tag(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "said",
        "said said said.",
        "“",
        "”“”“ said “",
        "“An unclosed quotation, said the mayor.",
        "according to",
        "According to , said.",
        "Police said " * 40,
        "“a” said b. " * 60,
        "\u202e“Ünïcode” – заявил мэр. 市長は言った。",
        "(said) [told] {denied} <reported>",
        "The mayor said that the guard said that the clerk said that the cook said that it rained.",
        "x" * 5000,
    ],
)
def test_whatever_the_text_spans_slice_back(text: str) -> None:
    for found in TAGGER.tag(text):
        assert found.content
        for span in (*found.source, *found.cue, *found.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
