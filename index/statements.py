"""Statement, Source, Stance: what an article says and whom it says it of. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.dates import PartialDate
from index.spans import Span


class Stance(StrEnum):
    """What the cue says of the content."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    HEDGES = "hedges"
    RETRACTS = "retracts"
    DECLINES = "declines"


class SourceKind(StrEnum):
    """What sort of party a source is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Source:
    """A party that is quoted, after pronouns and short forms are resolved within the article."""

    name: str
    """The fullest name that the article gives; for an unnamed party the words that stand for it ("local
    sources"). The publisher's name where the article speaks for itself; empty where that is unknown."""
    kind: SourceKind
    """What sort of party."""
    speaks_for: str = ""
    """The body that a spokesperson, office-holder or lawyer speaks for; empty for one who speaks for no one else."""
    aliases: tuple[str, ...] = ()
    """Other names that the article uses for the same party: short forms, acronyms."""
    role: str = ""
    """How the article describes the party ("a guard on the late shift"); empty when it does not."""

    @property
    def party(self) -> str:
        """Whom the words count for: the body spoken for, else the source itself."""
        return self.speaks_for or self.name


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed proposition in an article; every span slices the article's text."""

    id: str
    """`article_id@start`, start being the first character of the content."""
    article_id: str
    """The article it stands in."""
    source_span: Span | None
    """The words that name the source here; None where the article speaks in its own voice."""
    cue_span: Span | None
    """The words that attribute; None where the article speaks in its own voice."""
    content_spans: tuple[Span, ...]
    """What is attributed; several where a quotation is broken. Never empty."""
    source: Source
    """Who says it."""
    stance: Stance
    """What the cue says of the content."""
    via: tuple[Source, ...]
    """Outlets between publisher and source, from the publisher inwards, without either."""
    said_on: PartialDate | None
    """When it was said, where the article tells; None when it does not."""
    happened_on: PartialDate | None
    """When that happened which it tells of, where the sentence dates it; None when it does not."""
    hedged: bool = False
    """True where the article says that it is alleged, unconfirmed or not verified."""
    in_title: bool = False
    """True where it stands in the headline."""
    own_sight: bool = False
    """True where the reporter tells of what he or she saw or was shown."""

    about_spans: tuple[Span, ...] = ()
    """Where the content only points back ("dismissed it", "the allegations"): the words it points to; else empty."""

    @property
    def content_span(self) -> Span:
        """The envelope of the content's spans."""
        return Span(self.content_spans[0].start, max(span.end for span in self.content_spans))
