"""The trained tagger: its words and windows, its network, its decoding, and what the shipped weights find."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import torch

from evals.training.attribution_scores import score_texts
from evals.training.attribution_tagger import part_states, prepare
from index.errors import ModelError
from index.model_tagger import FOLDER, OVERLAP, ROOM, ModelTagger, _owners
from index.spans import Span
from index.tagger import Attribution
from index.tagger_encoder import installed_encoder
from index.tagger_network import _PART_NEXT, PART_STATES, Chain
from index.tagger_words import QUOTED, SHAPES, Window, encoder_folder, load_tokenizer, split_words, windows

STORY = (
    "Ferry Line Halts Night Crossings\n\n"
    "The Tarn Ferry Company said on Monday that it would halt all night crossings until the inquiry is over.\n\n"
    "“We cannot run boats that nobody trusts,” Ilse Marren, the company's director, told reporters. “The harbour "
    "office will have our full help.”\n\n"
    "According to the harbour office, two engines had failed in March. A spokesman denied that anyone was hurt."
)

needs_weights = pytest.mark.skipif(
    not (FOLDER / "model.safetensors").is_file(), reason="the trained weights are not in this checkout"
)


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer()


@pytest.fixture(scope="module")
def tagger() -> ModelTagger:
    return ModelTagger.load()


def spans_at(text: str, *parts: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


def test_words_slice_back_and_know_what_the_vocabulary_loses(tokenizer):
    words = split_words(STORY, tokenizer)
    cut = [STORY[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert "".join(cut) == "".join(STORY.split())
    known = {word: (SHAPES[words.shapes[at]], QUOTED[words.quoted[at]]) for at, word in enumerate(cut)}
    assert known["Ilse"] == ("title", "outside")
    assert known["trusts"] == ("lower", "inside")
    assert known["”"] == ("quote", "inside")
    assert [words.breaks[at] for at, word in enumerate(cut) if word in ("The", "According")] == [3, 0, 3]
    assert words.paragraphs[-1] == 3


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00", "\ufeff"])
def test_text_without_words(text, tokenizer):
    words = split_words(text, tokenizer)
    assert len(words) == 0
    assert list(windows(words, ROOM)) == []


@pytest.mark.parametrize(("room", "overlap"), [(252, 0), (252, 64), (40, 16), (3, 0)])
def test_windows_hold_every_word_and_fit(room, overlap, tokenizer):
    words = split_words(STORY * 4, tokenizer)
    found = list(windows(words, room, overlap))
    assert {at for window in found for at in range(window.first, window.last)} == set(range(len(words)))
    assert all(words.piece_starts[window.last] - words.piece_starts[window.first] <= room for window in found)
    for before, after in itertools.pairwise(found):
        assert before.first < after.first <= before.last < after.last
        assert words.piece_starts[before.last] - words.piece_starts[after.first] <= overlap


def test_each_word_is_decided_by_one_window(tokenizer):
    words = split_words(STORY * 6, tokenizer)
    owned = [at for _, own in _owners(list(windows(words, ROOM, OVERLAP))) for at in own]
    assert owned == list(range(len(words)))


def test_encoder_computes_what_transformers_computes():
    from transformers import BertModel

    theirs = BertModel.from_pretrained(encoder_folder(), add_pooling_layer=False).eval()
    ours = installed_encoder(encoder_folder()).eval()
    pieces = torch.arange(1000, 1060).view(2, 30)
    mask = torch.ones(2, 30, dtype=torch.bool)
    mask[1, 12:] = False
    with torch.inference_mode():
        expected = theirs(input_ids=pieces, attention_mask=mask.long()).last_hidden_state
        found = ours(pieces, torch.zeros(2, 30, 384), mask)
    assert (expected - found)[mask].abs().max() < 1e-4


def every_path(length: int) -> list[tuple[int, ...]]:
    paths = [(state,) for state in _PART_NEXT[0]]
    for _ in range(length - 1):
        paths = [(*path, state) for path in paths for state in _PART_NEXT[path[-1]]]
    return paths


def test_chain_is_a_distribution_over_allowed_paths_and_decodes_the_best():
    torch.manual_seed(3)
    chain = Chain(PART_STATES, _PART_NEXT)
    torch.nn.init.normal_(chain.transitions)
    length = 4
    scores = torch.randn(1, length + 1, 5)
    mask = torch.tensor([[True] * length + [False]])  # the last word is padding
    paths = every_path(length)
    padded = torch.tensor([(*path, 0) for path in paths])
    many = len(paths)
    with torch.inference_mode():
        losses = chain.loss(scores.expand(many, -1, -1), padded, mask.expand(many, -1))
        best = chain.decode(scores, mask)[0, :length].tolist()
    assert torch.exp(-losses).sum().item() == pytest.approx(1.0, abs=1e-4)
    assert tuple(best) == paths[int(losses.argmin())]
    assert all(sum(PART_STATES[state] == 3 for state in path) <= 1 for path in paths)  # one source at most


def test_labels_for_training(tokenizer):
    text = "“It is late,” the guard said, “and cold.” He left."
    gold = Attribution(
        spans_at(text, "the guard"), spans_at(text, "said,"), spans_at(text, "“It is late,”", "“and cold.”")
    )
    words = split_words(text, tokenizer)
    example = prepare(text, (gold,), words)
    states = part_states(example, example.marks[0], Window(0, len(words)))
    cut = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert cut[example.marks[0][0] : example.marks[0][1] + 1] == ["said"]
    assert states is not None
    assert list(zip(cut, states, strict=True)) == [
        ("“", 1), ("It", 2), ("is", 2), ("late", 2), (",", 2), ("”", 2), ("the", 3), ("guard", 4), ("said", 5),
        (",", 5), ("“", 6), ("and", 7), ("cold", 7), (".", 7), ("”", 7), ("He", 5), ("left", 5), (".", 5),
    ]  # fmt: skip
    cut_off = part_states(example, example.marks[0], Window(3, len(words)))
    assert cut_off == [1, *states[4:]]  # the content begins before the window
    assert part_states(example, example.marks[0], Window(0, 8)) is None  # the cue stands after it


@pytest.mark.parametrize(
    ("source", "content", "exact", "whole"),
    [
        (("the guard",), ("It is late",), 1.0, 1.0),  # marks at the ends do not count
        (("guard",), ("It is late",), 1.0, 0.0),
        (("the guard",), ("is late",), 0.0, 0.0),
    ],
)
def test_scores(source, content, exact, whole):
    text = "“It is late,” the guard said."
    gold = Attribution(spans_at(text, "the guard"), spans_at(text, "said"), spans_at(text, "“It is late,”"))
    made = Attribution(spans_at(text, *source), spans_at(text, "said"), spans_at(text, *content))
    scores = score_texts([(text, (gold,), (made,))])
    assert scores.exact["content"] == exact
    assert scores.overlap == {"source": 1.0, "cue": 1.0, "content": 1.0}
    assert scores.whole == whole


def test_missing_weights_are_named(tmp_path: Path):
    with pytest.raises(ModelError, match="--tagger rules"):
        ModelTagger.load(tmp_path)


@needs_weights
def test_finds_plain_broken_and_nested_attributions(tagger):
    found = {
        (tuple(span.of(STORY) for span in each.source), tuple(span.of(STORY) for span in each.cue)): each
        for each in tagger.tag(STORY)
    }
    plain = found[("The Tarn Ferry Company",), ("said",)]
    assert plain.content[0].of(STORY).startswith("that it would halt all night crossings")
    told = next(each for (_, cue), each in found.items() if "told" in cue[0])
    assert told.source[0].of(STORY).startswith("Ilse Marren")
    assert "We cannot run boats that nobody trusts" in told.content[0].of(STORY)
    according = next(each for (_, cue), each in found.items() if "According to" in cue[0])
    assert according.source[0].of(STORY) == "the harbour office"
    assert according.content[0].of(STORY).startswith("two engines had failed in March")
    denied = next(each for (_, cue), each in found.items() if "denied" in cue[0])
    assert denied.source[0].of(STORY) == "A spokesman"
    assert "that anyone was hurt" in denied.content[0].of(STORY)


@needs_weights
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "No",
        '"',
        "“”",
        "\x00\ufeff said \x00",
        "She said 🎈 that “naïve” e\u0301lan won.",
        "said " * 700,
        "x" * 5000,
        "他说 他来了。",
    ],
)
def test_any_text_gives_spans_inside_it(text, tagger):
    for each in tagger.tag(text):
        assert each.content
        for span in (*each.source, *each.cue, *each.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)


@needs_weights
def test_spans_are_in_order_and_roles_do_not_share_words(tagger):
    for each in tagger.tag(STORY):
        spans = sorted((*each.source, *each.cue, *each.content))
        assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
        assert list(each.content) == sorted(each.content)
        assert len(each.source) <= 1
        assert len(each.cue) == 1


@needs_weights
def test_same_text_same_attributions_alone_or_among_others(tagger):
    alone = tagger.tag(STORY)
    assert tagger.tag(STORY) == alone
    assert tagger.tag_all(("", STORY, STORY[:200]))[1] == alone


@needs_weights
def test_long_text_finds_in_every_part_what_a_short_one_finds(tagger):
    filler = "The road runs north along the river for nine miles. " * 12 + "\n\n"
    sentence = "The mayor, Otto Brandt, said that the bridge would open in June.\n\n"
    text = (sentence + filler) * 8
    said = [each for each in tagger.tag(text) if each.cue and each.cue[0].of(text) == "said"]
    assert len(said) == 8
    assert len({tuple(span.of(text) for span in (*each.source, *each.content)) for each in said}) == 1
