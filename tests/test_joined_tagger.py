"""The two taggers joined: whose spans are taken, and what each adds."""

from __future__ import annotations

import pytest

from index.joined_tagger import JoinedTagger, joined
from index.spans import Span
from index.tagger import Attribution


def tag(text: str, source: str, cue: str, *content: str) -> Attribution:
    """The attribution of those words of a text; an empty source or cue is none."""

    def spans(*words: str) -> tuple[Span, ...]:
        return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words if word)

    return Attribution(spans(source), spans(cue), spans(*content))


def test_where_both_found_one_the_models_spans_stand() -> None:
    text = "The ministry said the mill, which was old, had burned."
    rule = tag(text, "The ministry", "said", "the mill")
    model = tag(text, "The ministry", "said", "the mill, which was old, had burned")
    assert joined(text, (rule,), (model,)) == (model,)


def test_a_source_that_the_model_lacks_is_the_rules() -> None:
    text = "The ministry said the mill had burned."
    rule = tag(text, "The ministry", "said", "the mill had burned")
    model = tag(text, "", "said", "the mill had burned")
    assert joined(text, (rule,), (model,)) == (rule,)


def test_a_content_goes_on_after_an_attribution_in_its_middle() -> None:
    text = "The bridge, said Mott, is ours."
    rule = tag(text, "Mott", "said", "The bridge", "is ours")
    model = tag(text, "Mott", "said", "The bridge")
    assert joined(text, (rule,), (model,)) == (rule,)


def test_a_citing_is_a_link_and_no_attribution() -> None:
    text = "The Star, citing the Post, said the mill had burned."
    rule = tag(text, "The Star, citing the Post,", "said", "the mill had burned")
    said = tag(text, "The Star", "said", "the mill had burned")
    citing = tag(text, "The Star", "citing", "the Post")
    assert joined(text, (rule,), (citing, said)) == (said,)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kept"),
    [
        ("The mill burned, a claim the owner denies.", "the owner", "denies", "The mill burned", True),
        ("The mill burned, the owner admits.", "the owner", "admits", "The mill burned", True),
        ("The mill burned, the owner thinks.", "the owner", "thinks", "The mill burned", False),
    ],
)
def test_what_only_the_rules_found_in_a_sentence_is_added_where_it_bears_on_the_truth(
    text: str, source: str, cue: str, content: str, kept: bool
) -> None:
    rule = tag(text, source, cue, content)
    model = tag(text, "", "burned", "The mill")
    assert (rule in joined(text, (rule,), (model,))) is kept


def test_what_only_the_rules_found_is_added_where_the_model_found_nothing() -> None:
    text = "Mott thinks the mill burned. It rained."
    rule = tag(text, "Mott", "thinks", "the mill burned")
    assert joined(text, (rule,), ()) == (rule,)


def test_the_tagger_joins_the_rules_to_the_one_it_is_given() -> None:
    class Silent:
        name = "silent"

        def tag(self, text: str) -> tuple[Attribution, ...]:
            return ()

    (found,) = JoinedTagger(Silent()).tag("The ministry denied that the mill had burned.")
    assert found.cue[0].of("The ministry denied that the mill had burned.") == "denied"
