"""Keywords: full-text search over passages (tantivy), by the key that the catalogue gives each passage."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ANALYSER = "folded_english"
_HEAP = 50_000_000
"""Bytes that the writer may hold before it writes a segment."""
_FIELDS = (("body", 1.0), ("title", 0.5), ("publisher", 0.5))
"""Searched fields and the weight of each."""


class KeywordsBroken(Exception):
    """The full-text index cannot be read. Never leaves this package: it is made again from the catalogue."""


@dataclass(frozen=True, slots=True)
class KeywordEntry:
    """One passage as it is indexed."""

    key: int
    """The passage's key."""
    article: int
    """The key of its article's version."""
    title: str
    """The article's headline."""
    publisher: str
    """The article's publisher."""
    body: str
    """The passage's words."""


class Keywords:
    """One folder of tantivy's. Words are lower case, without accents and endings (English)."""

    def __init__(self, folder: Path) -> None:
        """Opens the index, makes it where there is none.

        Raises:
            KeywordsBroken: the files are there and cannot be read.
        """
        import tantivy

        self._tantivy = tantivy
        self.folder = folder
        self._writer: Any = None
        folder.mkdir(parents=True, exist_ok=True)
        schema = tantivy.SchemaBuilder()
        for name in ("key", "article"):
            schema = schema.add_unsigned_field(name, stored=True, indexed=True, fast=True)
        for name, _weight in _FIELDS:
            schema = schema.add_text_field(name, tokenizer_name=_ANALYSER, index_option="freq")
        self._schema = schema.build()
        steps = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), tantivy.Filter.stemmer("english")):
            steps = steps.filter(step)
        self._analyser = steps.build()
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.register_tokenizer(_ANALYSER, self._analyser)
        except Exception as error:
            raise KeywordsBroken(str(error)) from error

    def refresh(self) -> None:
        """Sees what was committed since."""
        self._index.reload()

    def count(self) -> int:
        """How many passages there are."""
        return int(self._index.searcher().num_docs)

    def keys(self) -> set[int]:
        """The keys of all passages."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return set()
        hits = searcher.search(self._tantivy.Query.all_query(), limit=searcher.num_docs).hits
        values = searcher.fast_field_values("key", [address for _score, address in hits])
        return {int(value) for value in values if value is not None}

    def replace(self, gone: Collection[int], entries: Iterable[KeywordEntry]) -> None:
        """Takes passages out and stores others, in one commit. Keys that are not there do no harm; a passage that is
        stored again replaces itself where its key is among those gone."""
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        if gone:
            # Not delete_documents_by_term: of an unsigned field it deletes nothing (tantivy 0.27).
            self._writer.delete_documents_by_query(
                self._tantivy.Query.term_set_query(self._schema, "key", sorted(gone))
            )
        for entry in entries:
            made = self._tantivy.Document()
            made.add_unsigned("key", entry.key)
            made.add_unsigned("article", entry.article)
            for field, _weight in _FIELDS:
                made.add_text(field, getattr(entry, field))
            self._writer.add_document(made)
        self._writer.commit()
        self.refresh()

    def analyse(self, text: str) -> list[str]:
        """The words of a text as they are indexed."""
        return list(self._analyser.analyze(text))

    def frequencies(self, words: Collection[str]) -> dict[str, int]:
        """In how many passages each word stands; words as `analyse` gives them. Passages taken out count until their
        segment is written again."""
        searcher = self._index.searcher()
        return {word: int(searcher.doc_freq("body", word)) for word in words}

    def close(self) -> None:
        """Ends the writer, if there is one; what it has not committed is dropped."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, query: str, limit: int, articles: Collection[int] | None = None) -> list[tuple[int, float]]:
        """Keys and BM25 scores of the passages that hold words of the query, best first. Marks in it mean nothing.

        `articles`: keys of article versions to keep to; None for all.
        """
        made = self._tantivy.Query
        words = list(dict.fromkeys(self._analyser.analyze(query)))
        if not words or (articles is not None and not articles):
            return []
        should = self._tantivy.Occur.Should
        parts = [
            (should, made.boost_query(made.term_query(self._schema, field, word, "freq"), weight))
            for word in words
            for field, weight in _FIELDS
        ]
        asked = made.boolean_query(parts)
        if articles is not None:
            among = made.const_score_query(made.term_set_query(self._schema, "article", sorted(articles)), 0.0)
            must = self._tantivy.Occur.Must
            asked = made.boolean_query([(must, asked), (must, among)])
        searcher = self._index.searcher()
        hits = searcher.search(asked, limit=limit, count=False).hits
        values = searcher.fast_field_values("key", [address for _score, address in hits])
        found = [(int(value or 0), float(score)) for value, (score, _address) in zip(values, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))  # equal scores in one order on every machine
