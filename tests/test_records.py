from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.dates import PartialDate
from index.records import article_record, date_value, read_article, read_date, read_statement, statement_record
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

words = st.text(max_size=20)
moments = st.datetimes(
    timezones=st.one_of(st.just(UTC), st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))))
)
dates = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(PartialDate.of),
    moments.map(PartialDate.of),
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda pair: Span(pair[0], sum(pair)))
sources = st.builds(Source, words, st.sampled_from(SourceKind), words, st.lists(words, max_size=3).map(tuple), words)
statements = st.builds(
    Statement,
    id=words,
    article_id=words,
    source_span=st.none() | spans,
    cue_span=st.none() | spans,
    content_spans=st.lists(spans, min_size=1, max_size=3).map(tuple),
    source=sources,
    stance=st.sampled_from(Stance),
    via=st.lists(sources, max_size=2).map(tuple),
    said_on=st.none() | dates,
    happened_on=st.none() | dates,
    hedged=st.booleans(),
    in_title=st.booleans(),
    own_sight=st.booleans(),
)
articles = st.builds(Article, *[words] * 4, st.none() | dates, *[words] * 7)


def moment(date: PartialDate | None) -> datetime | None:
    return date.moment if date else None


@given(dates)
def test_dates_come_back_with_their_moment(date):
    found = read_date(date_value(date))
    assert found == date
    assert found.moment == date.moment and found.clock == date.clock


@given(statements)
def test_statements_come_back(statement):
    found = read_statement(statement.id, statement.article_id, statement_record(statement))
    assert found == statement
    assert [moment(found.said_on), moment(found.happened_on)] == [
        moment(statement.said_on),
        moment(statement.happened_on),
    ]
    assert type(found.stance) is Stance and type(found.source.kind) is SourceKind


@given(articles)
def test_articles_come_back(article):
    found = read_article(article.id, article_record(article), article.text)
    assert found == article
    assert moment(found.published) == moment(article.published)


def test_a_record_from_before_a_field_was_added_gets_its_default():
    assert (
        read_article(
            "a", '{"publisher": "", "title": "", "author": "", "published": null, "language": "", "url": ""}', "T"
        ).credit
        == ""
    )
