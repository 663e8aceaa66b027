"""From an article to statements: whom it quotes, through whom, with what stance, on what."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger
from index.statements import Stance, Statement


def read(text: str, **known: str) -> tuple[Statement, ...]:
    article = Article.from_text(text, **{"publisher": "Nordal Observer", "published": "2031-05-07", **known})
    found = read_statements(article, RuleTagger())
    for item in found:
        for span in (item.source_span, item.cue_span, *item.content_spans, *item.about_spans):
            assert span is None or 0 <= span.start < span.end <= len(text)
    return found


def attributed(text: str, **known: str) -> list[Statement]:
    return [item for item in read(text, **known) if item.source_span is not None]


def content(text: str, item: Statement) -> str:
    return " ".join(span.of(text) for span in item.content_spans)


def about(text: str, item: Statement) -> str:
    return " ".join(span.of(text) for span in item.about_spans)


# --- chains


@pytest.mark.parametrize(
    ("text", "via", "party"),
    [
        ("Lena Mott told the Tarn Courier that the bank would close.", ["Tarn Courier"], "Lena Mott"),
        ("“The dam will hold,” Anton Reuss told Radio Velm on Tuesday.", ["Radio Velm"], "Anton Reuss"),
        ("The ferry had sunk, the Tarn Courier reported.", [], "Tarn Courier"),
        ("According to the Tarn Courier, the ferry had sunk.", [], "Tarn Courier"),
        ("Lena Mott said the ferry had sunk.", [], "Lena Mott"),
    ],
)  # fmt: skip
def test_the_chain_runs_from_the_publisher_inwards(text: str, via: list[str], party: str) -> None:
    (item,) = attributed(text)
    assert [link.name for link in item.via] == via
    assert item.source.party == party


def test_a_party_told_this_outlet_itself_has_no_link_between() -> None:
    (item,) = attributed("Lena Mott told the Nordal Observer that the bank would close.")
    assert item.via == ()


def test_a_party_once_quoted_through_an_outlet_speaks_through_it_further_on() -> None:
    text = "Lena Mott told the Tarn Courier that the bank would close. Mott said 40 people would lose their jobs."
    first, second = attributed(text)
    assert [link.name for link in first.via] == [link.name for link in second.via] == ["Tarn Courier"]


# --- the article's own voice


def test_what_nobody_is_quoted_for_the_article_says_itself() -> None:
    text = "The mill burned down on Monday. Nobody was hurt."
    found = read(text)
    assert [content(text, item) for item in found] == ["The mill burned down on Monday.", "Nobody was hurt."]
    assert all(item.source_span is None and item.cue_span is None for item in found)
    assert {item.source.name for item in found} == {"Nordal Observer"}
    assert {item.stance for item in found} == {Stance.ASSERTS}


def test_an_article_of_unknown_publisher_has_no_name_to_speak_in() -> None:
    (item,) = read("The mill burned down on Monday.", publisher="")
    assert item.source.name == ""


@pytest.mark.parametrize(
    "text",
    [
        "A reporter for the Nordal Observer saw three bodies in the courtyard.",
        "I saw three bodies in the courtyard.",
        "Our reporter counted three bodies in the courtyard.",
        "This newspaper saw three bodies in the courtyard.",
    ],
)
def test_what_the_reporter_saw_is_the_articles_own(text: str) -> None:
    (item,) = read(text)
    assert item.own_sight
    assert item.source.name == "Nordal Observer"


def test_a_witness_is_not_the_reporter() -> None:
    assert not any(item.own_sight for item in read("A baker said he saw three bodies in the courtyard."))


# --- stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry said the convoy had left.", Stance.ASSERTS),
        ("The ministry confirmed that the convoy had left.", Stance.CONFIRMS),
        ("The ministry acknowledged that the convoy had left.", Stance.CONFIRMS),
        ("The ministry denied that the convoy had left.", Stance.DENIES),
        ("The ministry denies that the convoy had left.", Stance.DENIES),
        ("The ministry rejected claims that the convoy had left.", Stance.DENIES),
        ("The ministry dismissed reports that the convoy had left.", Stance.DENIES),
        ("The ministry did not deny that the convoy had left.", Stance.CONFIRMS),
        ("The ministry said reports of a convoy were “completely untrue”.", Stance.DENIES),
        ("“There is no truth in this report,” the ministry said.", Stance.DENIES),
        ("The ministry declined to comment.", Stance.DECLINES),
        ("The ministry refused to say whether the convoy had left.", Stance.DECLINES),
        ("The ministry did not respond to a request for comment.", Stance.DECLINES),
        ("The Tarn Courier retracted its report that the convoy had left.", Stance.RETRACTS),
        ("The Tarn Courier has withdrawn its report about the convoy.", Stance.RETRACTS),
        ("The ministry withdrew its statement that the convoy had left.", Stance.RETRACTS),
    ],
)
def test_a_cue_gives_the_statement_its_stance(text: str, stance: Stance) -> None:
    (item,) = attributed(text)
    assert item.stance is stance


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said the rebels had denied firing on the convoy.",
        "Lena Mott, who denied the claim in March, said the branches would stay open.",
    ],
)
def test_what_another_denied_is_no_denial_of_the_speaker(text: str) -> None:
    outer = attributed(text)[0]
    assert outer.stance is not Stance.RETRACTS
    assert not (outer.source.party == "Lena Mott" and outer.stance is Stance.DENIES)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Residents said soldiers had burned Orle. The army denied it.", "soldiers had burned Orle"),
        ("Residents said soldiers had burned Orle. The army dismissed the claim.", "soldiers had burned Orle"),
        ("Residents said soldiers had burned Orle. The army rejected the allegations.", "soldiers had burned Orle"),
        ("Residents said soldiers had burned Orle. “That is not true,” said Jan Meier.", "soldiers had burned Orle"),
    ],
)  # fmt: skip
def test_a_denial_that_points_back_says_what_it_denies(text: str, denied: str) -> None:
    item = attributed(text)[-1]
    assert item.stance is Stance.DENIES
    assert denied in about(text, item)


def test_a_denial_in_full_needs_nothing_that_it_points_to() -> None:
    text = "Residents said soldiers had burned Orle. The army denied that it had held the bridge at Tarn overnight."
    item = attributed(text)[-1]
    assert item.stance is Stance.DENIES
    assert item.about_spans == ()
    assert "held the bridge at Tarn" in content(text, item)


def test_a_party_does_not_deny_what_it_said_itself() -> None:
    text = "The army said it had taken Orle. The army denied it had burned the village down."
    first, second = attributed(text)
    assert (first.stance, second.stance) == (Stance.ASSERTS, Stance.DENIES)
    assert "taken Orle" not in about(text, second)


@pytest.mark.parametrize(
    "text",
    [
        "The army reportedly shelled Orle overnight.",
        "Prosecutors allege that Mott sold the shares.",
        "It is alleged that Mott sold the shares.",
        "Three soldiers were said to have been killed.",
        "Unconfirmed reports said that three soldiers had been killed.",
        "Residents said three soldiers had been killed. The claim could not be independently verified.",
    ],
)
def test_what_is_alleged_or_unverified_is_hedged(text: str) -> None:
    assert read(text)[0].hedged


@pytest.mark.parametrize("text", ["The army shelled Orle overnight.", "Residents said three soldiers had been killed."])
def test_what_is_told_plainly_is_not_hedged(text: str) -> None:
    assert not any(item.hedged for item in read(text))


def test_an_outlet_that_says_it_was_wrong_retracts() -> None:
    text = "We reported on Monday that the bridge had collapsed. That was wrong. The bridge stands."
    assert read(text)[0].stance is Stance.RETRACTS


# --- dates and places


def test_when_it_was_said_and_when_it_happened() -> None:
    text = "Lena Mott said on Tuesday that the ferry had sunk. Anton Reuss said that it had left on 2 May at noon."
    first, second = attributed(text)
    assert str(first.said_on) == "2031-05-06"
    assert str(second.happened_on) == "2031-05-02"


def test_a_headline_is_known_as_one() -> None:
    text = "Ferry sinks off Velm\n\nThe ferry sank on Monday, police said."
    found = read(text, title="Ferry sinks off Velm")
    assert [item.in_title for item in found] == [True, False]


def test_statements_come_in_order_with_ids_of_their_own() -> None:
    text = (
        "The mill burned down on Monday, police said. “It was empty,” said Dora Venn, an inspector. The owner denied "
        "that it had been insured.\n\nAn inquiry has begun. According to the Tarn Courier, the owner had debts."
    )
    found = read(text)
    starts = [item.content_spans[0].start for item in found]
    assert starts == sorted(starts)
    assert len({item.id for item in found}) == len(found) >= 5
    assert {item.article_id for item in found} == {Article.from_text(text).id}


@pytest.mark.parametrize(
    "text",
    [
        "said.",
        "“",
        "He said.",
        "She denied it.",
        "It. They. Them.",
        "“a” “b” said “c” said “d”",
        "According to\n\naccording to",
        "DENIED: DENIED DENIED",
        "Ünïcode “ok” – заявил мэр. 市長は言った。",
        "The mayor said that the guard said that the clerk denied that the cook had said that it rained.",
        "\ufeff\u200bPolice said\u00a0the mill burned.",
        "Police\r\nsaid\r\nthe mill burned.\r\n\r\nThe owner denied it.",
    ],
)
def test_odd_texts_give_statements_that_slice_back(text: str) -> None:
    for item in read(text):
        assert item.content_spans
        assert content(text, item).strip()
