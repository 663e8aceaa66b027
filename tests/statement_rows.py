"""Statements of a text in one line each, for tables of cases."""

from __future__ import annotations

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger


def rows(text: str, **known: str) -> list[tuple[str, str, str, str]]:
    """Of each attributed statement: party, stance, outlets from the publisher inwards, content.

    The publisher is the Nordal Observer and the day Wednesday, 7 May 2031, unless `known` says otherwise.
    """
    article = Article.from_text(text, **{"publisher": "Nordal Observer", "published": "2031-05-07", **known})
    return [
        (
            item.source.party,
            item.stance.value,
            " ← ".join(link.name for link in item.via),
            " … ".join(span.of(text) for span in item.content_spans),
        )
        for item in read_statements(article, RuleTagger())
        if item.source_span is not None
    ]
