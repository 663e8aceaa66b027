"""Filters as people write them."""

from __future__ import annotations

import pytest

from assistant.filters import match_publishers, read_date, read_dates, read_filters
from index.article import fold_name
from index.errors import SettingsError

KNOWN = ("Vardo Herald", "Coastal Courier", "Ríonach Post", "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2017-09-12", "2017-09-12"), (" 2017-09 ", "2017-09"), ("2017", "2017"), ("12 May 2023", "2023-05-12")],
)
def test_dates_are_read_in_the_forms_of_files(text: str, iso: str) -> None:
    assert str(read_date(text, "since")) == iso


@pytest.mark.parametrize("text", ["", "   ", None])
def test_no_date_is_no_bound(text: str | None) -> None:
    assert read_date(text, "since") is None


@pytest.mark.parametrize("text", ["yesterday", "2017-13-01", "05/06/2023", "0000", "2017-02-30"])
def test_what_is_no_date_is_refused_with_the_forms_that_are_read(text: str) -> None:
    with pytest.raises(SettingsError, match=r'since: ".*" is not a date\. Write it as 2017-09-12, 2017-09 or 2017'):
        read_date(text, "since")


def test_dates_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(SettingsError, match="leave no day: from 2018 until 2017-12-31"):
        read_dates("2018", "2017-12-31")
    assert [str(day) for day in read_dates("2017-12", "2017-12-31")] == ["2017-12", "2017-12-31"]


def test_publishers_match_case_and_accents_aside() -> None:
    assert match_publishers(["vardo  HERALD", "Rionach post"], KNOWN) == ("Vardo Herald", "Ríonach Post")
    assert match_publishers([], KNOWN) == ()
    assert fold_name("  ÉCOLE  b ") == "ecole b"


def test_an_unknown_publisher_brings_the_nearest_and_the_rest() -> None:
    with pytest.raises(SettingsError) as caught:
        match_publishers(["Coastal Currier"], KNOWN)
    message = str(caught.value)
    assert 'Did you mean "Coastal Courier"?' in message
    assert "Vardo Herald" in message and "Ríonach Post" in message


def test_a_name_like_no_other_brings_no_guess_and_a_long_list_is_cut() -> None:
    many = [f"Gazette {letter * 3}" for letter in "ABCDEFGHIJKL"]
    with pytest.raises(SettingsError) as caught:
        match_publishers(["Qwxyz"], many)
    assert "Did you mean" not in str(caught.value)
    assert "and 4 more (corroborate sources lists them)" in str(caught.value)


def test_a_collection_without_publishers_says_so() -> None:
    with pytest.raises(SettingsError, match="names no publisher at all"):
        match_publishers(["Herald"], [""])


def test_filters_are_made_of_all_three() -> None:
    filters = read_filters(["vardo herald"], "2017", "", KNOWN)
    assert filters.publishers == ("Vardo Herald",)
    assert str(filters.since) == "2017" and filters.until is None
