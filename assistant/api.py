"""Assistant and Conversation: the public way in."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer
from assistant.chain import Asked, answer_chain
from assistant.evidence import Evidence
from assistant.filters import checked_question, match_publishers
from assistant.progress import WAIT, OnStep, StepTeller
from assistant.question import Filters, Question, QuestionKind, parse_question
from assistant.retrieval import retrieve
from index.article import Article
from index.corpus import Corpus, PublisherCount
from index.dates import PartialDate
from index.numbers import find_numbers
from index.overrides import checked_date

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel

WAITED = 0.2
"""Seconds after which one who waits for the answer before is told, and may stop, again."""


class Assistant:
    """Answers questions from one index. Safe for several threads."""

    def __init__(self, corpus: Corpus, model: BaseChatModel | None = None) -> None:
        self._corpus = corpus
        self._lock = threading.RLock()
        writer = None
        if model is not None:
            from assistant.chatmodel import ModelWriter

            writer = ModelWriter(model)
        self._chain = answer_chain(corpus, writer)

    @classmethod
    def open(
        cls, folder: str | Path, model: str | BaseChatModel | None = None, *, base_url: str = "", timeout: float = 60.0
    ) -> Assistant:
        """Opens an index for questions.

        Args:
            folder: the index's folder.
            model: a LangChain chat model, or "provider:name" for one; None for the extractive writer.
            base_url: address of an OpenAI-compatible server, for a model given by name.
            timeout: seconds that a chat model may take for one answer.

        Raises:
            IndexMissing: there is no index in the folder.
            IndexMismatch: it was built with another embedder or schema.
            ModelError: the model's package is missing.
            SettingsError: the model's name is malformed.
        """
        chat = None
        if model is not None:
            from assistant.chatmodel import open_model

            chat = open_model(model, base_url=base_url, timeout=timeout)
        return cls(Corpus.open(folder), chat)

    @property
    def folder(self) -> Path:
        """Where the index lies."""
        return self._corpus.folder

    def __len__(self) -> int:
        return len(self._corpus)

    @property
    def corpus(self) -> Corpus:
        """The index, open for reading."""
        return self._corpus

    def publishers(self) -> tuple[PublisherCount, ...]:
        """The publishers of the collection with their counts and dates."""
        return self._corpus.publishers()

    def article(self, id: str) -> Article:
        """One article.

        Raises:
            ArticleMissing: no article has that id.
        """
        return self._corpus.article(id)

    def ask(
        self,
        question: str,
        *,
        publishers: Sequence[str] = (),
        since: str | date | PartialDate | None = None,
        until: str | date | PartialDate | None = None,
    ) -> Answer:
        """Answers one question.

        Raises:
            SettingsError: the question is empty or too long, a date is none, or no article has a publisher so named.
        """
        return self._answer(parse_question(checked_question(question)), self._filters(publishers, since, until))

    def retrieve(
        self,
        question: str,
        limit: int = 10,
        *,
        publishers: Sequence[str] = (),
        since: str | date | PartialDate | None = None,
        until: str | date | PartialDate | None = None,
    ) -> tuple[Evidence, ...]:
        """Ranked passages for a question, best first.

        Raises:
            SettingsError: as `ask`.
        """
        filters = self._filters(publishers, since, until)
        with self._lock:
            self._corpus.refresh()
            return retrieve(self._corpus, parse_question(checked_question(question)), limit, filters)

    def conversation(self) -> Conversation:
        """A talk that remembers its own questions."""
        return Conversation(self)

    def as_runnable(self) -> Runnable[str, Answer]:
        """The chain for LangChain users: a question in, an Answer out."""

        def parsed(text: str) -> Asked:
            return Asked(parse_question(checked_question(text)), Filters())

        return RunnableLambda(parsed, name="question") | self._chain

    def _answer(self, question: Question, filters: Filters, on_step: OnStep | None = None) -> Answer:
        if on_step is None:
            with self._lock:
                return self._made(question, filters, [])
        while not self._lock.acquire(timeout=WAITED):
            on_step(WAIT)
        try:
            return self._made(question, filters, [StepTeller(on_step)])
        finally:
            self._lock.release()

    def _made(self, question: Question, filters: Filters, callbacks: list[BaseCallbackHandler]) -> Answer:
        self._corpus.refresh()
        return self._chain.invoke(Asked(question, filters), config={"callbacks": callbacks})

    def _filters(
        self, publishers: Sequence[str], since: str | date | PartialDate | None, until: str | date | PartialDate | None
    ) -> Filters:
        known = [count.publisher for count in self._corpus.publishers()] if publishers else []
        return Filters(match_publishers(publishers, known), checked_date(since), checked_date(until))


_QUOTED = re.compile(r"“([^“”]+)”")


class Conversation:
    """Questions that may lean on the ones before."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._questions: list[Question] = []
        self._figures: tuple[float, ...] = ()
        self._told = ""

    def ask(
        self,
        question: str,
        *,
        publishers: Sequence[str] = (),
        since: str | date | PartialDate | None = None,
        until: str | date | PartialDate | None = None,
        on_step: OnStep | None = None,
    ) -> Answer:
        """Answers a question in the light of those before it. `on_step` is told of each step as it begins; what it
        raises ends the answer there, and the conversation stands as if the question had not been asked.

        Raises:
            SettingsError: as `Assistant.ask`.
        """
        parsed = parse_question(checked_question(question), self._questions, self._figures, self._told)
        answer = self._assistant._answer(parsed, self._assistant._filters(publishers, since, until), on_step)
        self._remember(parsed, answer)
        return answer

    def resume(self, turns: Sequence[Answer]) -> None:
        """Goes on from answers given before, oldest first, as those of a conversation that was kept."""
        for answer in turns:
            self._remember(parse_question(answer.question, self._questions, self._figures, self._told), answer)

    def _remember(self, parsed: Question, answer: Answer) -> None:
        self._questions.append(parsed)
        first = answer.sentences[0].text if parsed.kind is QuestionKind.HOW_MANY and not answer.abstained else ""
        told = find_numbers(first.split("“", 1)[-1])
        self._figures = (told[0].value,) if told else ()
        quotes = (quote for sentence in answer.sentences[:3] for quote in _QUOTED.findall(sentence.text))
        self._told = "" if answer.abstained else next((quote for quote in quotes if len(quote.split()) >= 5), "")
