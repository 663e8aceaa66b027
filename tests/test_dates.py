"""Dates as files give them, dates in running text, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.dates import PartialDate, find_dates, in_dateline, parse_date, text_anchor

WEDNESDAY = PartialDate(2031, 5, 7)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2031-05-07", "2031-05-07"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        ("2031-05-07T23:30:00+02:00", "2031-05-07"),
        ("2031-05-07T23:30:00Z", "2031-05-07"),
        ("2031-05-07 23:30:00", "2031-05-07"),
        ("2031-05-07 23:30:00 UTC", "2031-05-07"),
        ("2031-05-07T23:30:00.123456789Z", "2031-05-07"),
        ("7 May 2031", "2031-05-07"),
        ("7th of May 2031", "2031-05-07"),
        ("May 7, 2031", "2031-05-07"),
        ("MAY 7 2031", "2031-05-07"),
        ("Sept. 3, 2031", "2031-09-03"),
        ("May 2031", "2031-05"),
        ("Wed, 07 May 2031 10:00:00 +0000", "2031-05-07"),
        ("2031/05/07", "2031-05-07"),
        ("31/12/2030", "2030-12-31"),
        ("12/31/2030", "2030-12-31"),
        ("05/05/2030", "2030-05-05"),
        ("07.05.2031", "2031-05-07"),
        ("1500000000", "2017-07-14"),
        ("1500000000000", "2017-07-14"),
    ],
)
def test_dates_as_files_give_them(text: str, iso: str) -> None:
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    "text", ["", "yesterday", "05/06/2031", "2031-13-01", "2031-02-30", "31 June 2031", "0000", "no date", "12", None]
)
def test_what_is_no_date_or_could_be_two_days_is_not_guessed(text: str | None) -> None:
    assert parse_date(text) is None


def test_days_and_moments_are_kept_in_their_own_zone() -> None:
    late = datetime(2031, 5, 7, 23, 30, tzinfo=timezone(timedelta(hours=2)))
    assert str(parse_date(late)) == "2031-05-07"
    assert parse_date("2031-05-07T23:30:00+02:00") == parse_date(date(2031, 5, 7))
    moment = parse_date("2031-05-07T23:30:00+02:00")
    assert moment is not None and moment.clock == "2031-05-07T23:30:00+02:00"
    assert parse_date(datetime(2031, 5, 7, 1, 0)) == PartialDate.of(datetime(2031, 5, 7, 1, 0, tzinfo=UTC))
    assert parse_date(WEDNESDAY) is WEDNESDAY


@pytest.mark.parametrize(
    ("day", "first", "last", "precision"),
    [
        (PartialDate(2031), "2031-01-01", "2031-12-31", "year"),
        (PartialDate(2032, 2), "2032-02-01", "2032-02-29", "month"),
        (PartialDate(2031, 12), "2031-12-01", "2031-12-31", "month"),
        (PartialDate(2031, 5, 7), "2031-05-07", "2031-05-07", "day"),
    ],
)
def test_a_date_is_as_wide_as_it_is_known(day: PartialDate, first: str, last: str, precision: str) -> None:
    assert (day.first_day.isoformat(), day.last_day.isoformat(), day.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (PartialDate(2031, 5), PartialDate(2031, 5, 24), True),
        (PartialDate(2031), PartialDate(2031, 5), True),
        (PartialDate(2031, 5, 7), PartialDate(2031, 5, 7), True),
        (PartialDate(2031, 5, 7), PartialDate(2031, 5, 8), False),
        (PartialDate(2031, 4), PartialDate(2031, 5, 1), False),
    ],
)
def test_dates_agree_where_both_can_mean_one_day(one: PartialDate, other: PartialDate, expected: bool) -> None:
    assert one.agrees(other) is expected
    assert other.agrees(one) is expected


@pytest.mark.parametrize(("month", "day"), [(13, None), (None, 4), (2, 30)])
def test_a_date_that_does_not_exist_cannot_be_made(month: int | None, day: int | None) -> None:
    with pytest.raises(ValueError):
        PartialDate(2031, month, day)


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("The mill burned on Monday.", "Monday", "2031-05-05"),
        ("The mill burned on Wednesday.", "Wednesday", "2031-05-07"),
        ("The mill burned last Wednesday.", "last Wednesday", "2031-04-30"),
        ("The mill burned yesterday.", "yesterday", "2031-05-06"),
        ("The mill burned today.", "today", "2031-05-07"),
        ("The vote is tomorrow.", "tomorrow", "2031-05-08"),
        ("The vote is next Friday.", "next Friday", "2031-05-09"),
        ("On 2 May the mill burned.", "2 May", "2031-05-02"),
        ("The mill burned on May 2.", "May 2", "2031-05-02"),
        ("The mill burned on 2 May 2029.", "2 May 2029", "2029-05-02"),
        ("The mill burned on May 2nd, 2029.", "May 2nd, 2029", "2029-05-02"),
        ("On 28 December the mill burned.", "28 December", "2030-12-28"),
        ("The mill burned three days ago.", "three days ago", "2031-05-04"),
        ("The mill burned two weeks ago.", "two weeks ago", "2031-04-23"),
        ("The mill burned in March.", "in March", "2031-03"),
        ("The mill burned in March 2029.", "March 2029", "2029-03"),
        ("The mill burned in 1987.", "in 1987", "1987"),
        ("Founded 2029-11-03 as a trust.", "2029-11-03", "2029-11-03"),
    ],
)
def test_dates_in_running_text(text: str, words: str, iso: str) -> None:
    (mention,) = find_dates(text, WEDNESDAY)
    assert (mention.span.of(text), str(mention.date)) == (words, iso)


@pytest.mark.parametrize(
    "text",
    ["The mill burned on Monday.", "It burned yesterday.", "It burned on 2 May.", "In March it burned."],
)
def test_relative_dates_mean_nothing_without_a_day_to_count_from(text: str) -> None:
    assert find_dates(text, None) == ()


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "They march on.", "The sun shone.", "He sat down.", "It cost 2,031 crowns.", "Flight 1987 left."],
)
def test_words_and_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text, WEDNESDAY) == ()


def test_dates_come_in_order_and_slice_back() -> None:
    text = "On Monday and again on 2 May 2029, then in June 2030, the mill burned; yesterday it fell."
    found = find_dates(text, WEDNESDAY)
    assert [str(mention.date) for mention in found] == ["2031-05-05", "2029-05-02", "2030-06", "2031-05-06"]
    assert [mention.relative for mention in found] == [True, False, False, True]


def test_an_undated_text_with_one_year_gives_it_to_its_days() -> None:
    text = "The mill burned on 2 May 2029. On 4 May the roof fell."
    assert text_anchor(text, None) == PartialDate(2029)
    assert [str(mention.date) for mention in find_dates(text, text_anchor(text, None))] == ["2029-05-02", "2029-05-04"]
    assert text_anchor("On 2 May 2029 and 3 June 2030.", None) is None
    assert text_anchor(text, WEDNESDAY) == WEDNESDAY


def test_a_dateline_is_told_from_a_date_in_the_text() -> None:
    text = "VELM, May 6 (BW) — The mill burned on May 5, police said."
    first, second = (mention.span for mention in find_dates(text, WEDNESDAY))
    assert in_dateline(text, first)
    assert not in_dateline(text, second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road would reopen by Friday.", "2031-05-09"),
        ("The road will reopen on Thursday.", "2031-05-08"),
        ("The road reopened on Friday.", "2031-05-02"),
        ("He said on Monday that the road would reopen.", "2031-05-05"),
        ("It would have reopened on Tuesday.", "2031-05-06"),
        ("They were arrested the day before yesterday.", "2031-05-05"),
        ("It closed last month.", "2031-04"),
        ("It closed early last year.", "2030"),
        ("It will close next week.", "2031-05"),
        ("It closed in March last year.", "2030-03"),
        ("It closed at the end of April.", "2031-04"),
        ("It closed in mid-March.", "2031-03"),
    ],
)
def test_what_is_to_come_and_longer_stretches(text: str, expected: str) -> None:
    (mention,) = find_dates(text, PartialDate(2031, 5, 7))
    assert str(mention.date) == expected


def test_a_week_that_lies_in_two_months_has_no_date() -> None:
    assert find_dates("It closed last week.", PartialDate(2031, 5, 7)) == ()


@pytest.mark.parametrize("text", ["It may close.", "They march by the river.", "until they may return"])
def test_words_that_only_look_like_months(text: str) -> None:
    assert find_dates(text, PartialDate(2031, 5, 7)) == ()
