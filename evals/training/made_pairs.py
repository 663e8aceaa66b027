"""Pairs made by rule that teach what reporting words do to a claim: who asserts, who denies, who will not say.

The public data say little about them: in most, "X denied that P" neither bears out P nor denies it. Here, as in the
assistant, a sentence bears a claim out where somebody in it reports the claim, and contradicts it where somebody denies
it.
Every name is invented. One event frame in five and the starred templates are kept for the dev split.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.training import made_words as words

ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT = "entailment", "neutral", "contradiction", "not-entailment"


@dataclass(frozen=True, slots=True)
class Pair:
    """One training pair."""

    premise: str
    """What an article says."""
    hypothesis: str
    """The claim."""
    label: str
    """entailment, neutral, contradiction, or not-entailment where a source does not tell the last two apart."""
    origin: str
    """The data set it is of."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that may have happened, in the forms that sentences need."""

    yes: str
    """"the army shelled the town", without a full stop."""
    no: str
    """"the army did not shell the town"."""
    yes_claims: tuple[str, ...]
    """The event as claims: in the passive voice too, and without its place or day."""
    no_claims: tuple[str, ...]
    """The same of its negation."""
    ways: tuple[str, ...]
    """Other sentences that say the same."""
    against: tuple[str, ...]
    """Other sentences that deny it."""
    open: tuple[str, ...]
    """Sentences that leave it open."""


class Maker:
    """Draws names and sentences for one split."""

    def __init__(self, split: str, rng: random.Random) -> None:
        self.rng = rng
        self.asserting = templates(words.ASSERT, split)
        self.denying = templates(words.DENY, split)
        self.leaving_open = templates(words.UNSAID, split)
        frames = [line.split("|") for line in words.FRAMES.strip().splitlines()]
        self.frames = [frame for number, frame in enumerate(frames) if (number % 5 == 4) == (split == "dev")]
        counted = [line.split("|") for line in words.COUNTED.strip().splitlines()]
        self.counted = [frame for number, frame in enumerate(counted) if (number % 5 == 4) == (split == "dev")]

    def pick(self, choices: str | Sequence[str]) -> str:
        """One of a list, or of a string with bars."""
        return self.rng.choice(choices.split("|") if isinstance(choices, str) else choices)

    def fill(self, template: str) -> str:
        """Names into the places of a template, but for {s} and {p}."""
        names = {
            "b": self.pick(words.BODIES),
            "g": self.pick(words.GIVEN.split()),
            "f": self.pick(words.FAMILY.split()),
        }
        names |= {"o": self.pick(words.OUTLETS), "d": self.pick(words.DAYS), "l": self.pick(words.PLACES)}
        for key, name in names.items():
            template = template.replace("{" + key + "}", name)
        return template

    def wrap(self, kinds: Sequence[str], proposition: str) -> str:
        """A sentence that reports the proposition in one of these ways, now and then beside another sentence."""
        source = self.fill(self.pick(words.ROLES))
        sentence = self.fill(self.pick(kinds)).replace("{s}", source).replace("{p}", proposition)
        chance = self.rng.random()
        if chance < 0.08:
            sentence = f"{self.fill(self.pick(words.NOISE))} {sentence}"
        elif chance < 0.16:
            sentence = f"{sentence} {self.fill(self.pick(words.NOISE))}"
        return written(sentence)

    def event(self) -> Event:
        """An event of a random frame, in half the cases with a place or a day."""
        subject, verb, thing, opposite = self.pick_frame()
        base, past, participle, gerund = verb.split()
        tail = self.tail()
        rest = f" {thing}{tail}" if thing else tail
        acts = subject.split()[-1] not in "tower alarm pipeline talks ferry generator power sluice strike".split()
        ways, against, unsure = [f"{subject} has {participle}{rest}"], [f"{subject} never {past}{rest}"], []
        against += [f"{subject} has not {participle}{rest}", f"{subject} failed to {base}{rest}"]
        unsure += [f"{subject} might {base}{rest}", f"{subject} could still {base}{rest}"]
        if opposite and thing:
            against.append(f"{subject} {opposite} {thing}{tail}")
        elif opposite:
            against.append(f"{subject} {opposite}{tail}")
        if acts:
            speaker = f"{self.pick('a spokesman for|a spokeswoman for|the head of')} {subject}"
            ways += [
                f"{subject} admitted {gerund}{rest}",
                f"{self.fill(self.pick(words.ROLES))} accused {subject} of {gerund}{rest}",
            ]
            ways += [f"“we {past}{rest},” {speaker} said", f"{speaker} said it had {participle}{rest}"]
            against += [f"{subject} denied {gerund}{rest}", f"{subject} denied having {participle}{rest}"]
            against += [f"“we did not {base}{rest},” {speaker} said", f"“we never {past}{rest},” {speaker} said"]
            against += [f"{subject} refused to {base}{rest}", f"{subject} denied any part in {gerund}{rest}"]
            unsure += [f"{subject} plans to {base}{rest}", f"{subject} was asked to {base}{rest}"]
            unsure += [f"{subject} wanted to {base}{rest}", f"{subject} declined to comment on {gerund}{rest}"]
            unsure += [f"{subject} was considering {gerund}{rest}", f"{subject} was under pressure to {base}{rest}"]
        yes, no = [f"{subject} {past}{rest}"], [f"{subject} did not {base}{rest}"]
        if thing.startswith("the "):
            was = "were" if thing.endswith("s") and not thing.endswith("works") else "was"
            yes += [f"{thing} {was} {participle} by {subject}{tail}", f"{thing} {was} {participle}{tail}"]
            no += [f"{thing} {was} not {participle} by {subject}{tail}", f"{thing} {was} not {participle}{tail}"]
            ways += yes[1:2]
        yes_claims, no_claims = ([claim, claim.removesuffix(tail)] for claim in (yes[0], no[0]))
        return Event(
            yes[0],
            no[0],
            (*yes_claims, *yes[1:]),
            (*no_claims, *no[1:]),
            tuple(ways),
            tuple(against),
            tuple(unsure),
        )

    def pick_frame(self) -> list[str]:
        """Subject, verb forms, object and opposite of a random frame."""
        return self.rng.choice(self.frames)

    def tail(self) -> str:
        """A place, a day, or more often nothing."""
        chance = self.rng.random()
        if chance < 0.2:
            return f" in {self.pick(words.PLACES)}"
        return f" on {self.pick(words.DAYS)}" if chance < 0.4 else ""


def templates(lines: str, split: str) -> list[str]:
    """Starred templates for dev, the others for train."""
    every = lines.strip().splitlines()
    return [line.removeprefix("* ") for line in every if line.startswith("* ") == (split == "dev")]


def written(sentence: str) -> str:
    """Begins with a capital, spaces in order, without doubled punctuation."""
    sentence = " ".join(sentence.replace(",,", ",").replace(",.", ".").replace("..", ".").split())
    return sentence[:1].upper() + sentence[1:]


def claim(proposition: str) -> str:
    """A proposition as a sentence of its own."""
    return written(proposition.rstrip(".") + ".")


def reported(maker: Maker) -> tuple[str, str, str]:
    """An event asserted, denied or left open; the claim is the event or its negation."""
    event = maker.event()
    said, unsaid, claims = event.yes, event.no, event.yes_claims
    if maker.rng.random() < 0.35:
        said, unsaid, claims = event.no, event.yes, event.no_claims
    asked = claim(maker.pick(claims))
    kind = maker.rng.random()
    if kind < 0.25:
        return maker.wrap(maker.asserting, said), asked, ENTAILMENT
    if kind < 0.4:
        return maker.wrap(maker.asserting, unsaid), asked, CONTRADICTION
    if kind < 0.7:
        return maker.wrap(maker.denying, said), asked, CONTRADICTION
    if kind < 0.78:
        return maker.wrap(maker.denying, unsaid), asked, ENTAILMENT
    return maker.wrap(maker.leaving_open, said), asked, NEUTRAL


def in_other_words(maker: Maker) -> tuple[str, str, str]:
    """The event or its denial by other words than "X said that", in the article's voice or a source's."""
    event = maker.event()
    kind = maker.rng.choice((ENTAILMENT, CONTRADICTION, NEUTRAL, "negated"))
    if kind == ENTAILMENT:
        said = maker.pick(event.ways)
    else:
        said = maker.pick(event.open if kind == NEUTRAL else event.against)
    premise = claim(said) if maker.rng.random() < 0.6 or "“" in said else maker.wrap(maker.asserting, said)
    if kind == "negated":
        return premise, claim(maker.pick(event.no_claims)), ENTAILMENT
    return premise, claim(maker.pick(event.yes_claims)), kind


def beside(maker: Maker) -> tuple[str, str, str]:
    """Something else is asserted or denied: the claim is not touched."""
    event, other = maker.event(), maker.event()
    kinds = maker.rng.choice((maker.asserting, maker.denying, maker.denying))
    if event.yes.split(" in ")[0] == other.yes.split(" in ")[0]:
        return beside(maker)
    return maker.wrap(kinds, other.yes), claim(event.yes), NEUTRAL


def same_subject(maker: Maker) -> tuple[str, str, str]:
    """The same party did, or denies, another thing."""
    subject = maker.pick_frame()[0]
    (_, verb, thing, _), (_, other, another, _) = maker.pick_frame(), maker.pick_frame()
    if (verb, thing) == (other, another):
        return same_subject(maker)
    said = f"{subject} {other.split()[1]} {another}".strip()
    asked = f"{subject} {verb.split()[1]} {thing}".strip()
    return maker.wrap(maker.rng.choice((maker.asserting, maker.denying)), said), claim(asked), NEUTRAL


def both(maker: Maker) -> tuple[str, str, str]:
    """One thing is said and another denied in one sentence: the denial reaches only what it governs."""
    event, other = maker.event(), maker.event()
    source = maker.fill(maker.pick(words.ROLES))
    joint = maker.pick(
        "{s} said that {a} but denied that {b}|{s} denied that {b} but admitted that {a}"
        "|{s}, who had said that {a}, denied that {b}|{s} confirmed that {a}; it is not true that {b}, {s} added"
        "|{s} denied that {b}, saying that {a}|{s} dismissed claims that {b} and said that {a}"
    )
    premise = written(joint.replace("{s}", source).replace("{a}", event.yes).replace("{b}", other.yes) + ".")
    if maker.rng.random() < 0.5:
        return premise, claim(event.yes), ENTAILMENT
    return premise, claim(other.yes), CONTRADICTION


NUMERALS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()


def numbers(maker: Maker) -> tuple[str, str, str]:
    """The same happening with the same number, another number, or none."""
    noun, past, base = maker.rng.choice(maker.counted)
    first = maker.rng.choice((maker.rng.randint(2, 16), maker.rng.randint(17, 99), maker.rng.randint(1, 40) * 50))
    second = first
    while second == first:
        second = max(2, round(first * maker.rng.choice((0.3, 0.5, 0.7, 0.9, 1.1, 1.5, 2, 3)))) + maker.rng.randint(0, 3)
    tail = maker.tail()
    asked = claim(noun.replace("{n}", str(first)) + f" {past}{tail}")

    def saying(amount: str) -> str:
        return maker.wrap(maker.asserting, noun.replace("{n}", amount) + f" {past}{tail}")

    cases: tuple[Callable[[], tuple[str, str, str]], ...] = (
        lambda: (saying(spelt(first, maker)), asked, ENTAILMENT),
        lambda: (saying(spelt(second, maker)), asked, CONTRADICTION),
        lambda: (saying(spelt(second, maker)), asked, CONTRADICTION),
        lambda: (saying(f"only {spelt(max(2, first // 2), maker)}" if first > 4 else "no"), asked, CONTRADICTION),
        lambda: (saying("no"), asked, CONTRADICTION),
        lambda: (saying(maker.pick("some|several|many|a number of")), asked, NEUTRAL),
        lambda: (saying(spelt(first, maker)), claim(noun.replace("{n} ", "") + f" {past}{tail}"), ENTAILMENT),
        lambda: (saying(f"at least {spelt(first, maker)}"), asked, ENTAILMENT),
        lambda: (maker.wrap(maker.asserting, noun.replace("{n}", str(first)) + f" could {base}{tail}"), asked, NEUTRAL),
        lambda: (maker.wrap(maker.denying, noun.replace("{n}", str(first)) + f" {past}{tail}"), asked, CONTRADICTION),
    )
    return maker.rng.choice(cases)()


def spelt(number: int, maker: Maker) -> str:
    """A number in words or digits."""
    if number - 2 < len(NUMERALS) and maker.rng.random() < 0.5:
        return NUMERALS[number - 2]
    return str(number)


def elsewhere(maker: Maker) -> tuple[str, str, str]:
    """The same event on the same or another day, in the same or another place, or by another party."""
    subject, verb, thing, _ = maker.pick_frame()
    happened = " ".join(f"{verb.split()[1]} {thing}".split())
    word, names = maker.rng.choice((("on", words.DAYS), ("in", words.PLACES)))
    here, there = maker.rng.sample(names.split("|"), 2)
    kind = maker.rng.random()
    if kind < 0.3:
        return (
            maker.wrap(maker.asserting, f"{subject} {happened} {word} {here}"),
            claim(f"{subject} {happened} {word} {here}"),
            ENTAILMENT,
        )
    if kind < 0.65:
        return (
            maker.wrap(maker.asserting, f"{subject} {happened} {word} {there}"),
            claim(f"{subject} {happened} {word} {here}"),
            NOT_ENTAILMENT,
        )
    if kind < 0.8:
        return (
            maker.wrap(maker.asserting, f"{subject} {happened} {word} {there}"),
            claim(f"{subject} {happened}"),
            ENTAILMENT,
        )
    other = maker.pick_frame()[0]
    if other == subject:
        return elsewhere(maker)
    return maker.wrap(maker.asserting, f"{other} {happened}"), claim(f"{subject} {happened}"), NOT_ENTAILMENT


# maker of a pair, its share
RECIPES: tuple[tuple[Callable[[Maker], tuple[str, str, str]], int], ...] = (
    (reported, 30),
    (in_other_words, 22),
    (beside, 7),
    (same_subject, 8),
    (both, 9),
    (numbers, 14),
    (elsewhere, 10),
)


def made(split: str, count: int, seed: int) -> list[Pair]:
    """Distinct pairs about invented events; `split` is train or dev, which share no event frame and no template."""
    maker = Maker(split, random.Random(f"{seed} {split}"))
    recipes, shares = zip(*RECIPES, strict=True)
    pairs: dict[tuple[str, str], Pair] = {}
    while len(pairs) < count:
        recipe = maker.rng.choices(recipes, shares)[0]
        premise, hypothesis, label = recipe(maker)
        pairs[premise, hypothesis] = Pair(premise, hypothesis, label, f"made-{recipe.__name__.replace('_', '-')}")
    return list(pairs.values())


def wrapped(rows: Sequence[Pair], split: str, count: int, seed: int) -> list[Pair]:
    """Pairs of public data with the premise put under a reporting verb.

    An assertion keeps the label. A denial turns entailment into contradiction only where the two texts say nearly the
    same, since to deny more than the claim is not to deny the claim; what leaves the premise open is neutral.
    """
    maker = Maker(split, random.Random(f"{seed} wrapped {split}"))
    short = [row for row in rows if quotable(row.premise, 24) and quotable(row.hypothesis, 16)]
    pairs: list[Pair] = []
    while short and len(pairs) < count:
        row = maker.rng.choice(short)
        alike = likeness(row.premise, row.hypothesis) >= 0.6
        premise = row.premise if row.label != ENTAILMENT or (alike and maker.rng.random() < 0.5) else row.hypothesis
        said = premise.strip().rstrip(".").strip()
        kind = maker.rng.random()
        if kind < 0.35:
            said = row.premise.strip().rstrip(".").strip()
            pairs.append(Pair(maker.wrap(maker.asserting, said), row.hypothesis, row.label, "wrapped-assert"))
        elif kind < 0.75 and row.label == ENTAILMENT:
            pairs.append(Pair(maker.wrap(maker.denying, said), row.hypothesis, CONTRADICTION, "wrapped-deny"))
        elif kind < 0.75 and row.label == NEUTRAL:
            pairs.append(Pair(maker.wrap(maker.denying, said), row.hypothesis, NOT_ENTAILMENT, "wrapped-deny-other"))
        elif kind >= 0.75:
            pairs.append(Pair(maker.wrap(maker.leaving_open, said), row.hypothesis, NEUTRAL, "wrapped-unsaid"))
    return pairs


def quotable(text: str, longest: int) -> bool:
    """One declarative sentence of at least four words, short enough to stand after "said that"."""
    plain = text.strip().rstrip(".")
    return 4 <= len(text.split()) <= longest and not any(mark in plain for mark in '?!."“”;:()`')


def likeness(first: str, second: str) -> float:
    """Shared words over all words, 0 to 1."""
    one, two = ({word.strip(".,").lower() for word in text.split()} for text in (first, second))
    return len(one & two) / len(one | two)
