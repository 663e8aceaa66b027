"""Answer: cited sentences, notes, and the assessment behind them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.assessment import Assessment
from assistant.citations import Citation
from assistant.notes import Note


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer."""

    text: str
    """Without markers."""
    citations: tuple[int, ...]
    """Numbers of the citations that bear it out; never empty in an answer that does not abstain."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to a question."""

    question: str
    """As asked."""
    sentences: tuple[Sentence, ...]
    """The answer; the first sentence answers the question."""
    citations: tuple[Citation, ...]
    """Every number in text and notes is one of these."""
    notes: tuple[Note, ...]
    """Remarks on the claim in question."""
    assessment: Assessment | None
    """None where no claim is in question or nothing was found."""
    abstained: bool
    """True where the collection does not tell."""
    made_with: str
    """"extractive", or the chat model's name; says so where a model failed and the extractive writer stood in."""
    standalone_question: str = ""
    """A follow-up as it was understood on its own; empty where that is the question as asked."""

    @property
    def text(self) -> str:
        """The sentences, each followed by its markers: "... of the town. [1][2]"."""
        return " ".join(
            sentence.text
            + (" " + "".join(f"[{number}]" for number in sentence.citations) if sentence.citations else "")
            for sentence in self.sentences
        )

    def citation(self, number: int) -> Citation:
        """The citation with that number.

        Raises:
            KeyError: there is none.
        """
        for citation in self.citations:
            if citation.number == number:
                return citation
        raise KeyError(number)

    def _repr_html_(self) -> str:
        """How a notebook shows it: answer, standing, notes, reports and sources; every text escaped."""
        from assistant.exports.html import to_fragment

        return to_fragment(self)

    def _repr_markdown_(self) -> str:
        """The same in short, where a notebook shows Markdown alone."""
        from assistant.render import to_markdown

        return to_markdown(self)
