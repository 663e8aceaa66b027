"""The parties that a text names, each with its forms, its kind and what the text calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.names import (
    GENERIC,
    HONORIFICS,
    OFFICES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    find_names,
    fold,
    head_noun,
    initials,
    is_acronym,
    kind_of,
    name_words,
    same_name,
    short_of,
    strip_honorifics,
)
from index.statements import SourceKind


@dataclass(frozen=True, slots=True)
class Party:
    """One party that an article names."""

    name: str
    """The fullest form in the article, honorifics left out."""
    kind: SourceKind
    """What sort of party."""
    forms: tuple[str, ...]
    """Every form that the article uses, the fullest first."""
    first: int
    """Where it is first named: a character of the text."""
    roles: tuple[str, ...] = field(default=())
    """Descriptions that stand beside the name: "ministry spokeswoman", "the group's coordinator"."""


def parties(text: str, outlets: Sequence[str] = ()) -> tuple[Party, ...]:
    """The parties that a text names, each once, with every form that it uses for them.

    "(CRF)" right after a name joins the acronym to it; a surname or a short form joins the fuller name that ends or
    begins with it; an acronym without introduction joins the one name whose initials it bears.
    """
    title = _title_case(text)
    mentions: list[_Mention] = []
    introduced: list[tuple[str, str, int]] = []
    for span, name in find_names(text):
        if span.start < title and not _named_below(text, name, title):
            continue
        person = name.split()[0].lower().strip(".") in HONORIFICS or _titled(text, span.start)
        bare = strip_honorifics(name)
        if len(bare.split()) > 3 and _ENVOY_TO.search(text[max(0, span.start - 24) : span.start]):
            bare, person = " ".join(bare.split()[-3 if re.fullmatch(r"[A-Z]\.", bare.split()[-2]) else -2 :]), True
        mentions.append((bare, span.end - len(bare), person or len(bare) < len(name)))
        acronym = re.match(r"\s*\((?:the )?([A-Z][A-Za-z.]{1,8})\)", text[span.end : span.end + 14])
        if acronym:
            introduced.append((bare, acronym.group(1), span.end))
    forms = _grouped(_without_furniture(mentions), introduced)
    merged = _merged_short_forms(forms)
    return tuple(
        _party(text, group, outlets) for group in merged if not _is_place(text, group) and not _is_nobody(group)
    )


_ENVOY_TO = re.compile(r"\b(?:[Aa]mbassador|[Ee]nvoy|[Rr]epresentative) to (?:the )?$")
"""Before a body's name that its envoy's follows: "ambassador to the Orle League Ann Lee"."""


def _without_furniture(mentions: list[_Mention]) -> list[_Mention]:
    """ "AGENCIES Mott" and "FILE PHOTO Lena Mott" are Mott: capitals that are not part of the name stand before one that
    the text has by itself."""
    alone = {name for name, _, _ in mentions}
    result = []
    for name, at, person in mentions:
        caps = _CAPITALS.match(name)
        rest = name[caps.end() :] if caps else ""
        result.append((rest, at + len(name) - len(rest), person) if rest in alone else (name, at, person))
    return result


_CAPITALS = re.compile(r"(?:[A-Z][A-Z’']{3,}\s)+(?=[A-Z][\w’'-]*[a-z])")
_ABBREVIATED = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|"
    r"Wash|Wis|Wyo|E[SD]?T|P[SD]?T|C[SD]?T|GMT|UTC|BST|CET)\.?|[A-Z]-[A-Z]\w*\.?"
)
"""A state, a time zone, or a party and a state: "Fla.", "ET", "D-Calif."."""
_OFFICE_WORDS = OFFICES | {
    *("prime foreign interior defence defense finance attorney justice press national security of state".split()),
    *(
        "ceo cfo coo us un eu uk former acting special officer regional senior first lady speaker leader whip house senate majority minority counsel adviser advisor".split()
    ),
}


_SURNAMES = frozenset("king prince queen judge major bishop pope general deputy head vice speaker".split())
"""Offices that are surnames too."""


def _is_nobody(group: list[_Mention]) -> bool:
    """True for what no text calls a party by: an office without its holder, an abbreviated state, a time zone."""
    if any(person and set(fold(name).split()) & _SURNAMES for name, _, person in group):
        return False
    return all(_ABBREVIATED.fullmatch(name) for name, _, _ in group) or all(
        set(fold(name).split()) <= _OFFICE_WORDS
        and set(fold(name).split()) & (OFFICES | {"ceo", "cfo", "coo", "officer", "speaker", "leader", "whip"})
        for name, _, _ in group
    )


_Mention = tuple[str, int, bool]
"""A name without titles, where it stands, and whether a title tells that it is a person's."""


def _grouped(mentions: list[_Mention], introduced: list[tuple[str, str, int]]) -> dict[int, list[_Mention]]:
    """The mentions of each party. Longer names make the groups; a short form joins the one of which it is a form, and
    where it could be of several, the one named in full most often."""
    by_name: dict[str, list[_Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention[0], []).append(mention)
    acronyms = {acronym: full for full, acronym, _ in introduced}
    for _, acronym, at in introduced:
        by_name.setdefault(acronym, []).append((acronym, at, False))
    groups: dict[int, list[_Mention]] = {}
    fullest: dict[int, str] = {}
    order = sorted(by_name, key=lambda name: (is_acronym(name), -len(name_words(name)), by_name[name][0][1]))
    holders: dict[str, set[int]] = {}
    for name in order:
        keys = _keys(name)
        near = sorted(set().union(*(holders.get(key, set()) for key in (*keys, fold(acronyms.get(name, ""))))))
        fitting = [
            index
            for index in near
            if same_name(name, fullest[index])
            or acronyms.get(name) == fullest[index]
            or fold(name) == fold(fullest[index])
        ]
        if fitting:
            chosen = max(fitting, key=lambda index: (sum(m[0] == fullest[index] for m in groups[index]), -index))
        else:
            chosen = len(groups)
            groups[chosen], fullest[chosen] = [], name
            for key in (*keys, initials(name), initials(re.sub(r"\b(?:and|of|the)\b", "", name))):
                holders.setdefault(key, set()).add(chosen)
        groups[chosen] += by_name[name]
    ordered = sorted(
        (sorted(group, key=lambda item: item[1]) for group in groups.values()), key=lambda group: group[0][1]
    )
    return dict(enumerate(ordered))


def _keys(name: str) -> tuple[str, ...]:
    """What a name and another form of it share at least one of: a word, the whole, the initials of an acronym."""
    return (*name_words(name), fold(name), *((name.replace(".", "").upper(),) if is_acronym(name) else ()))


def _title_case(text: str) -> int:
    """The end of a first line whose words are all capitalised, as in many headlines; 0 where it is none."""
    line = re.match(r"\s*([^\n]{10,200})\n", text)
    if not line:
        return 0
    words = [word for word in re.findall(r"[^\W\d_][\w’'\-]*", line.group(1)) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return line.end() if len(words) >= 3 and capital > 0.8 * len(words) else 0


def _named_below(text: str, name: str, title: int) -> bool:
    return name in text[title:]


def _merged_short_forms(forms: dict[int, list[_Mention]]) -> list[list[_Mention]]:
    """Joins "the Ministry" to the one fuller name in the text that ends so, where there is only one."""
    groups = {index: list(group) for index, group in forms.items()}
    for index, group in list(groups.items()):
        names = {name for name, _, _ in group}
        if not all(set(name_words(name)) <= GENERIC for name in names):
            continue
        fuller = [
            other
            for other, members in groups.items()
            if other != index and any(short_of(name, form) for name in names for form, _, _ in members)
        ]
        if len(fuller) == 1:
            groups[fuller[0]] = sorted([*groups[fuller[0]], *group], key=lambda item: item[1])
            del groups[index]
    return list(groups.values())


_KIN = re.compile(
    r"\b(?:wife|husband|brother|sister|mother|father|son|daughter|neighbou?r|friend|colleague|partner|cousin|uncle|aunt|widow|fianc[eé]e?|flatmate|nephew|niece),?\s+$"
)
"""Words before a single name that tell that it is a person's."""
_NO_OUTLET = frozenset(
    "group charity company firm party union trust foundation organisation organization club team movement bank ship vessel".split()
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|around|outside|behind|off|towards?|across|beyond|north of|south of|east of|west of|town of|city of|village of|area of|port of|capital,?)\s+(?:the\s+)?$"
)


def _is_place(text: str, group: list[_Mention]) -> bool:
    """True where every mention stands as a place does, or as the dateline's."""
    if any(person for _, _, person in group) or any(
        set(fold(name).split()) & (ORGANISATION_WORDS | OUTLET_WORDS) for name, _, _ in group
    ):
        return False
    places = sum(1 for _, start, _ in group if _PLACE_BEFORE.search(text[max(0, start - 24) : start]))
    return places >= max(1, (len(group) + 1) // 2)


def _titled(text: str, start: int) -> bool:
    before = re.search(r"(\w+)\.?\s+$", text[max(0, start - 20) : start])
    return bool(before) and before.group(1).lower() in HONORIFICS  # type: ignore[union-attr]


def _party(text: str, group: list[_Mention], outlets: Sequence[str]) -> Party:
    names = list(dict.fromkeys(name for name, _, _ in group))
    fullest = max(names, key=lambda name: (not is_acronym(name), len(name_words(name)), len(name)))
    first = min(start for _, start, _ in group)
    roles: list[str] = []
    context = ""
    for name, start, _ in group:
        before, after = text[max(0, start - 60) : start], text[start + len(name) : start + len(name) + 80]
        context += " " + before[-28:].rsplit(",", 1)[-1].rsplit(".", 1)[-1] + " " + _apposition(after)[:40]
        context += " " + "".join(
            re.findall(r"^\s+((?:\w+\s+)?(?:website|newspaper|channel|daily|radio|agency|tv|magazine)\b)", after[:30])
        )
        roles += _roles(before, after)
    own_words = set(fold(fullest).split())
    if (any(person for _, _, person in group) and not own_words & ORGANISATION_WORDS) or (
        len(own_words) == 1 and any(_KIN.search(text[max(0, start - 30) : start]) for _, start, _ in group)
    ):
        kind = SourceKind.PERSON
    else:
        kind = kind_of(fullest, context, outlets)
        if kind is SourceKind.OUTLET and {head_noun(role) for role in roles} & _NO_OUTLET:
            kind = SourceKind.ORGANISATION
        if kind is SourceKind.PERSON and (
            {head_noun(role) for role in roles if not role.startswith(("who", "of "))} & ORGANISATION_WORDS
            or _takes_article(text, group)
            or _is_it(text, names)
        ):
            kind = SourceKind.ORGANISATION
    return Party(
        fullest, kind, (fullest, *(name for name in names if name != fullest)), first, tuple(dict.fromkeys(roles))
    )


_OF_A_COMPANY = (
    r"(?:,? which\b|[’']s? (?:plants?|factor(?:y|ies)|shares?|share price|stock|stake|board|shareholders|customers|products?|headquarters|"
    r"chief executive|spokes\w+|press office|staff|employees|management)\b|"
    r" (?:said|says|confirmed|announced|insisted|denied|stated|added|replied)(?: (?:on|last) \w+day)?(?: that)? (?:it|its)\b)"
)


def _is_it(text: str, names: Sequence[str]) -> bool:
    """True where the text takes a name up as a thing: "Orle Dairies, which", "said it was"."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}{_OF_A_COMPANY}", text) for name in names if " " in name)


def _takes_article(text: str, group: list[_Mention]) -> bool:
    """True where a mention follows an article, as no person's name does."""
    return any(re.search(r"\b(?:[Tt]he|[Ii]ts|[Aa]n?)\s+$", text[max(0, start - 5) : start]) for _, start, _ in group)


def _apposition(after: str) -> str:
    match = re.match(r",\s+((?:the|a|an|its|his|her|their|who|which)\b[^,.;“\"]{2,70})[,.;]", after)
    return match.group(1) if match else ""


def _roles(before: str, after: str) -> list[str]:
    """What stands beside a name as a description: before it without a comma, or after it between commas."""
    roles = []
    following = _apposition(after)
    if not following:
        match = re.match(r",\s+([a-z][^,.;“\"]{2,60})[,.;]", after)
        following = match.group(1) if match else ""
    if not following:
        match = re.match(r"\s+(of (?:the )?[^,.;“\"]{2,40}?)\s+(?:said|told|replied|added|says)\b", after)
        following = match.group(1) if match else ""
    if following:
        roles.append(following)
    clause = re.split(r"[.;:“”\"(!?\n]|,\s*$", before)[-1]
    clause = re.sub(r"^.*\b(?:that|said|by|and|but|when|while|as|told|from|with|to)\s+", "", clause.split(",")[-1])
    clause = clause.strip()
    if clause and len(clause.split()) <= 7 and re.search(r"[a-z]{3}", clause):
        roles.append(clause)
    comma = re.search(
        r"(?:^|[,“\".]|\b(?:quoting|citing|by|from|with|to|told))\s*((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Mm]y)\b[^,.;“”\"]{3,60}),\s*(?:[A-Z][a-z]+\.?\s+){0,2}$",
        before,
    )
    if comma:
        roles.append(comma.group(1))
    return roles
