# ruff: noqa: E501  (texts to compare stand here as they come)
"""Reprints and near copies: found and decided, and what is none."""

import hashlib
import itertools
import random
import subprocess
import sys
from pathlib import Path

import pytest

from index.article import Article
from index.copies import CopyFinder, is_copy, overlap, signature
from index.readers import Inputs

SHARED = Path(__file__).resolve().parents[2] / "shared"

WIRE = """A road bridge over the river Tarn fell into the water on Thursday evening with eleven cars and a school bus on it,
the district police said on Friday. Divers worked through the night. Six persons had been brought to the shore by
noon. “The water is cold and we can see one metre, no more,” said the chief of the fire brigade, Olga Brandt.
Traffic is led over the old dyke. The mayor has closed the market and both schools until next week. The span that
gave way was put up in 1964 and had been painted in the spring, and the engineers who looked at it then wrote that
the bearings on the southern pier should be changed within a year. The ministry of roads did not say whether that
had been done. Two firms had bid for the work, and the cheaper of them went bankrupt in the summer. The railway
bridge beside it was not touched and trains are running again."""
OTHER = """Nobody in Lower Tarn slept. From the church tower you could see the headlights under water until about four in the
morning, then they went out one after the other. Our reporter counted six blankets on the landing stage and a row of
small shoes. The fire chief, Olga Brandt, came up the steps at dawn and asked for soup. She would not talk of
numbers. Until the bridge fell, people here used to joke about its noise, which you could hear in the bakery. A
retired welder, who had worked on it as an apprentice, drew the southern pier for us on a paper bag and put a cross
where he thought that it had gone. The police have taken the bag. Trucks now crawl along the dyke."""
QUOTE = """“We were asleep, all of us, when the water took the door off its hinges and carried the table into the yard, and my
mother was sitting on that table with the cat in her arms and she did not say one word until the soldiers came for
her in the evening, and then she asked them for the time of day and for a cup of coffee with two spoons of sugar,
and that was all that she ever said of it,”"""


def article(text: str, publisher: str = "", credit: str = "", author: str = "") -> Article:
    made = Article.from_text(" ".join(text.split()), publisher=publisher, author=author)
    return Article(**{name: getattr(made, name) for name in made.__dataclass_fields__} | {"credit": credit})


def sentences(text: str) -> list[str]:
    return [part + "." for part in " ".join(text.split()).rstrip(".").split(". ")]


LIGHTLY = (
    WIRE.replace("fell into", "dropped into")
    .replace("brought to", "carried to")
    .replace("on Friday", "")
    .replace("led over", "sent over")
)
CASES = {
    "the same text": (WIRE, WIRE, True),
    "edited lightly": (WIRE, LIGHTLY, True),
    "cut down to the first third": (WIRE, ". ".join(WIRE.split(". ")[:4]), True),
    "with an own lead and an own end": (WIRE, f"Mourning has begun in the islands. {WIRE} The prime minister sent a telegram of condolence.", True),
    "inside a longer piece": (" ".join(sentences(WIRE)), f"{OTHER} {WIRE} {OTHER.replace('a', 'o')}", True),
    "two reporters on one event": (WIRE, OTHER, False),
    "one long quotation in common": (f"{WIRE} {QUOTE} said Ana Rey.", f"{OTHER} {QUOTE} a woman told us.", False),
    "a template in common": (
        f"{WIRE} Sign up to our letter. Send your tips, pictures and complaints to the desk of this paper on the third floor.",
        f"{OTHER} Sign up to our letter. Send your tips, pictures and complaints to the desk of this paper on the third floor.",
        False,
    ),
    "nothing in common": (WIRE, QUOTE, False),
    "a short notice and another": ("The bridge fell on Thursday.", "The bridge fell on Thursday, police said.", True),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_a_copy(name: str) -> None:
    first, second, copy = CASES[name]
    assert is_copy(article(first, "A"), article(second, "B")) is copy
    assert is_copy(article(second, "B"), article(first, "A")) is copy


def partly(kept: set[int]) -> str:
    """The wire's text with only some of its sentences, and a paper's own sentences in the place of the others."""
    own = "Line {0} of our own says what {1} people in the valley think about it, more or less, at hour {2}."
    lines = enumerate(sentences(WIRE))
    return " ".join(line if number in kept else own.format(number, number * 17, number * 3) for number, line in lines)


def test_a_credit_lowers_the_threshold() -> None:
    half = partly({3, 7, 8})
    found = overlap(" ".join(WIRE.split()), half)
    assert 0.30 <= min(found.containment, found.outside_quotes) < 0.40, found
    assert found.spread
    assert not is_copy(article(WIRE, "A"), article(half, "B"))
    assert is_copy(article(WIRE, "A"), article(half, "B", credit="HPA"))
    assert is_copy(article(WIRE, "Hollin Press Agency"), article(half, "B", author="Hollin Press Agency"))


def test_one_publisher_needs_more_than_a_template() -> None:
    background = " ".join(sentences(WIRE)[5:])
    first, second = f"{OTHER} {background}", f"{QUOTE} she said. {background}"
    assert not is_copy(article(first, "A"), article(second, "A"))
    assert is_copy(article(WIRE, "A"), article(LIGHTLY, "A"))


def test_signatures_are_the_same_in_every_process() -> None:
    made = signature(article(WIRE))
    assert len(made) == 512
    code = (
        "import sys; from index.article import Article; from index.copies import signature; import hashlib;"
        "print(hashlib.sha256(signature(Article.from_text(sys.argv[1]))).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, " ".join(WIRE.split())],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1], env={"PYTHONHASHSEED": "77"},
    )  # fmt: skip
    assert other.stdout.strip() == hashlib.sha256(made).hexdigest()


def test_signatures_do_not_change_between_versions() -> None:
    text = "The ferry ran aground off the cape on Tuesday night."
    assert hashlib.sha256(signature(article(text))).hexdigest() == PINNED


PINNED = "991a7b7c240a8408167141ace6c77cd8186c8104ac41e793d0e6737ac2fe6a3d"


def test_the_finder_finds_copies_among_many() -> None:
    words = [f"word{number}" for number in range(900)]
    chance = random.Random(1)
    finder = CopyFinder((f"n{n}", signature(article(" ".join(chance.choices(words, k=300))))) for n in range(300))
    finder.add("wire", signature(article(WIRE)))
    assert finder.candidates(signature(article(LIGHTLY)))[0] == "wire"
    assert "wire" in finder.candidates(signature(article(". ".join(WIRE.split(". ")[:4]))))
    assert len(finder.candidates(signature(article(OTHER)))) < 10


def test_an_article_added_again_is_found_by_its_new_text_alone() -> None:
    finder = CopyFinder([("x", signature(article(WIRE)))])
    finder.add("x", signature(article(OTHER)))
    assert finder.candidates(signature(article(WIRE))) == ()
    assert finder.candidates(signature(article(OTHER))) == ("x",)


def test_a_signature_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="512 bytes"):
        CopyFinder().add("x", b"short")


@pytest.mark.skipif(not (SHARED / "suites").is_dir(), reason="needs the folder shared/ beside the checkout")
def test_the_copies_of_the_suites_and_no_others() -> None:
    folders = [SHARED / "seeds", *sorted((SHARED / "suites").glob("*/articles"))]
    found = [item for item in Inputs(folders) if isinstance(item, Article)]
    assert len(found) > 30
    finder = CopyFinder((item.id, signature(item)) for item in found)
    pairs = {tuple(sorted((a.id, b.id))) for a, b in itertools.combinations(found, 2) if is_copy(a, b)}
    assert pairs == {("001_4d2ac7f1", "002_9e07cc15"), ("mpa-0614", "valle-0615")}
    sketches = {item.id: signature(item) for item in found}
    for first, second in pairs:
        assert second in finder.candidates(sketches[first])


NEWS = SHARED / "data" / "news" / "articles.jsonl.gz"


@pytest.mark.skipif(not NEWS.is_file(), reason="needs the folder shared/ beside the checkout")
def test_the_benchmark_prints_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import gzip

    from evals.benchmarks.copies import main

    part = tmp_path / "part.jsonl"
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        part.write_text("".join(itertools.islice(lines, 400)), encoding="utf-8")
    assert main(["--news", str(part), "--json", str(tmp_path / "pairs.json")]) == 0
    printed = capsys.readouterr().out
    assert "400 articles" in printed and "Pairs of one publisher" in printed
    assert (tmp_path / "pairs.json").read_text(encoding="utf-8").startswith("[")
