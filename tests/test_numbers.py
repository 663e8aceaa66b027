"""Numbers in running text: value, bound, what they count; and what is no number."""

from __future__ import annotations

import pytest

from index.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17 sailors drowned", 17),
        ("seventeen sailors drowned", 17),
        ("twenty-one sailors drowned", 21),
        ("4,200 tonnes of grain", 4200),
        ("1.5 million crowns", 1.5e6),
        ("three hundred homes", 300),
        ("two thousand homes", 2000),
        ("$4.2bn", 4.2e9),
        ("€30m", 30e6),
        ("half a dozen boats", 6),
        ("a dozen boats", 12),
        ("42% of voters", 42),
        ("42 percent of voters", 42),
        ("one person died", 1),
        ("two hundred and ten homes", 210),
        ("3.5 metres", 3.5),
    ],
)
def test_values_in_digits_and_words(text: str, value: float) -> None:
    (number,) = find_numbers(text)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("17 died", "exact"),
        ("at least 17 died", "least"),
        ("more than 17 died", "least"),
        ("over 17 died", "least"),
        ("no fewer than 17 died", "least"),
        ("up to 17 died", "most"),
        ("fewer than 17 died", "most"),
        ("as many as 17 died", "most"),
        ("about 17 died", "about"),
        ("some 17 died", "about"),
        ("nearly 17 died", "about"),
        ("an estimated 17 died", "about"),
    ],
)
def test_how_exact_a_number_is(text: str, bound: str) -> None:
    (number,) = find_numbers(text)
    assert number.bound == bound
    assert number.text in text and number.span.of(text) == "17"


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("17 sailors drowned", "sailors"),
        ("17 of the sailors drowned", "sailors"),
        ("42 percent of voters", "percent"),
        ("42% of voters", "percent"),
        ("$30 for a ticket", "money"),
        ("17 dead", "dead"),
    ],
)
def test_what_a_number_counts(text: str, noun: str) -> None:
    (number,) = find_numbers(text)
    assert number.noun[0] == noun


@pytest.mark.parametrize(
    "text",
    [
        "on 7 May",
        "on May 7",
        "in 2031",
        "at 9:30",
        "at 9 p.m.",
        "at 6 a.m.",
        "Flight 17 left",
        "Block 4 burned",
        "Room 12",
        "No. 9 was closed",
        "no one came",
        "the B-52 landed",
    ],
)
def test_dates_times_and_names_hold_no_number(text: str) -> None:
    assert [number.text for number in find_numbers(text)] == []


def test_an_ordinal_counts_nothing() -> None:
    (number,) = find_numbers("the 17th day")
    assert number.ordinal


def test_several_numbers_come_in_order_and_slice_back() -> None:
    text = "Of 120 crew, at least 17 died and forty-one were hurt; 3,000 tonnes of oil were lost."
    found = find_numbers(text)
    assert [number.value for number in found] == [120, 17, 41, 3000]
    assert [number.span.of(text) for number in found] == ["120", "17", "forty-one", "3,000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20-30 people", [(20, "least", "people"), (30, "most", "people")]),
        ("20–30 percent", [(20, "least", "percent"), (30, "most", "percent")]),
        ("between two and three million homes", [(2e6, "least", "homes"), (3e6, "most", "homes")]),
        ("6,000–8,000 homes", [(6000, "least", "homes"), (8000, "most", "homes")]),
        ("some 5 to 7 thousand people", [(5000, "least", "people"), (7000, "most", "people")]),
        ("from 12 to 15 people", [(12, "exact", ""), (15, "exact", "people")]),
    ],
)
def test_a_range_is_two_bounds(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(n.value, n.bound, "".join(n.noun[:1])) for n in find_numbers(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "they won 5-4",
        "a 2-1 win",
        "in 2019-21",
        "on 2-4 May",
        "at 10.30",
        "at about 10.30 on Monday",
        "10.30pm",
        "one in five",
        "two-thirds of voters",
        "9 out of 10",
        "9/11",
        "over 60s",
    ],
)
def test_scores_years_times_and_shares_count_nothing(text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("12 000 tonnes", 12000, "tonnes"),
        ("12\u202f000 tonnes", 12000, "tonnes"),
        ("1.234.567 votes", 1234567, "votes"),
        ("2,5 million crowns", 2.5e6, "crowns"),
        ("two and a half million crowns", 2.5e6, "crowns"),
        ("half a million people", 5e5, "people"),
        ("a hundred people", 100, "people"),
        ("20pc", 20, "percent"),
        ("five per cent", 5, "percent"),
        ("5km", 5, "km"),
        ("100m race", 100, "race"),
        ("£2.5m", 2.5e6, "money"),
    ],
)
def test_ways_to_write_a_number(text: str, value: float, noun: str) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.noun[0]) == (value, noun)


@pytest.mark.parametrize(
    ("text", "bound"),
    [("300-plus boats", "least"), ("40 or more men", "least"), ("40 or fewer men", "most"), ("40 or so men", "about")],
)
def test_a_bound_may_follow(text: str, bound: str) -> None:
    assert [n.bound for n in find_numbers(text)] == [bound]
