"""What the rule tagger knows of English phrases: verbs, noun phrases, times, what may stand before a subject."""

from __future__ import annotations

import re

from index.cues import LEMMAS
from index.spans import Span, trimmed

_AUXILIARY = frozenset(
    "is was were are has have had will would could may might should can did does do am be must went took came gave got made left "
    "held kept began led saw sent told said put set cut hit ran won lost met fell rose broke drew grew knew spoke wrote stood found "
    "thought brought bought caught fled fought paid built felt became says gets goes makes takes wants needs remains "
    "laid drove flew rode sank swam shook stole sold spent slept swept threw tore wore woke struck drank dug dealt chose froze "
    "forgot forgave hid hung lent lit meant overthrew overtook sought sprang stuck swung taught underwent undertook understood upheld "
    "withheld flung clung bled bred fed lay ate beat bent blew swore".split()
)
LEADING = re.compile(
    r"(?:on|in|at|by|after|before|during|from|for|with|without|asked|speaking|when|while|as|if|although|though|since|because|"
    r"amid|despite|following|under|later|earlier|meanwhile|however|also|yesterday|last|but|and|still|then|instead|nevertheless|"
    r"nonetheless|similarly|moreover|additionally|separately|responding|addressing|citing|writing|contacted|reached|pressed|"
    r"to|of|over|about|according|against|until|where|once|given|having|being|meantime|approached)\b",
    re.IGNORECASE,
)
"""What opens a phrase before the subject."""
TIME = (
    r"(?:(?:late |early )?(?:on|by|in|at|over|during|from|via|through|after|before|with)\s+(?!that\b|least\b|most\b)[^,.;:“”\"]{2,60}?|"
    r"yesterday(?: \w+)?|today|last (?:night|week|month|year|\w+day)|this \w+|earlier(?: \w+)?|later(?: \w+)?|again|also|first|"
    r"repeatedly|afterwards?|separately|[A-Z]\w+day(?: \w+)?|at the time)"
)
"""A time or place that may stand between cue and content."""
RELATIVE = re.compile(r"\s*(?:who|whom|whose|which|that)\b")
"""The beginning of a relative clause."""
PRONOUN_SUBJECT = re.compile(r"^(?:he|she|they|it|we|i|you)\b", re.IGNORECASE)
"""A pronoun that begins a clause."""
END_PUNCTUATION = " \t\n\r,;:–—-"
"""Marks that belong to no span when they stand at its border."""
PREPOSITION = re.compile(
    r"\s*(?:and\s+|or\s+)?(?:by|in|on|at|from|with|to|for|of|as|into|near|over|under|and|or|including|such|(?!citing|quoting)[a-z]+ing)\b"
)
"""The beginning of a phrase that goes on with what stands before a comma."""
_WEAK_LEADS = frozenset("on in at by from for with without of over under about against to".split())


_DATED = re.compile(
    r"(?:on|by|in|at|since|until|late|early)\s+(?:\w+day|noon|midnight|night|\d{4}|(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:\s+\d{4})?)\s+(?:(?:night|morning|evening|afternoon)\s+)?(?=(?:an?|the|his|her|its|their|he|she|it|they|[A-Z])\b)",
    re.IGNORECASE,
)
"""A time before a subject, without a comma."""


def leads(words: str) -> bool:
    """True for what may stand before a subject: "On Friday", "Asked about the fire", but not "At least nine people died"."""
    match = LEADING.match(words)
    dated = _DATED.match(words)
    if dated and has_verb(words[dated.end() :]):
        return False  # "Since 2011 the state has paid"
    return bool(match) and (match.group().lower() not in _WEAK_LEADS or not has_verb(words))  # type: ignore[union-attr]


def clausal(words: str) -> bool:
    """True where some piece between commas, relative clauses aside, has a verb of its own."""
    return any(has_verb(main_words(piece)) and not RELATIVE.match(piece) for piece in words.split(","))


def main_words(words: str) -> str:
    """A noun phrase without its relative clause, unless a cue stands before the "that"."""
    match = re.search(r"\s(?:that|who|which|whose|where)\s", words)
    if not match or re.match(r"\s*(?:that|which|who)", words):
        return words
    before = words[: match.start()].split()
    return words if (before and before[-1].lower() in LEMMAS) or len(before) > 6 else words[: match.start()]


def has_verb(words: str) -> bool:
    """True where the words hold a finite verb, as far as form tells; the first word may be a noun."""
    tokens = re.findall(r"[\w’'\-]+", re.sub(r"\S+ & ", "", words))  # "Brand & Partners" holds no "brand"
    for index, token in enumerate(tokens):
        low = token.lower()
        if token[0].isupper() and (index or (tokens[1:2] and tokens[1][0].isupper())):
            continue  # "Theresa May", "Will Ott", "Ahmed", "the United Nations"
        if low in _AUXILIARY or (
            index
            and low in LEMMAS
            and low
            not in {
                "report",
                "claim",
                "state",
                "note",
                "call",
                "charge",
                "comment",
                "post",
                "reports",
                "claims",
                "comments",
            }
        ):
            return True
        if (
            index
            and low.endswith("ed")
            and len(low) > 4
            and tokens[index - 1].lower() not in {"a", "an", "the", "us", "un", "newly", "so"}
            and not (
                index + 1 < len(tokens)
                and tokens[index + 1].lower() in {"at", "by", "with", "near", "familiar"}  # "employed at"
            )
        ):
            return True
        if low.endswith(("n't", "n’t", "'re", "’re", "'ve", "’ve", "'m", "’m", "'ll", "’ll")):
            return True
    return False


def is_noun_phrase(text: str, source: Span) -> bool:
    """True where a span can name who speaks: no clause, no bare time, at most fourteen words before a comma."""
    words = source.of(text)
    head = re.split(r",|\bwho\b|\bwhich\b", words)[0].strip()
    tokens = [token.lower() for token in re.findall(r"[\w’'\-]+", head)]
    if re.fullmatch(rf"{TIME}", words) or has_verb(main_words(head)):
        return False
    if (
        tokens
        and tokens[0]
        in {
            "whoever",
            "cannot",
            "having",
            "no",
            "of",
            "about",
            "name",
            "nobody",
            "anyone",
            "everyone",
            "everybody",
            "anybody",
            "none",
            "though",
            "however",
            "although",
        }
    ) or tokens[:2] == ["no", "one"]:
        return False
    if not tokens or len(tokens) > 14 or all(token in _AUXILIARY | {"not", "never", "only", "yet"} for token in tokens):
        return False
    if re.match(
        r"(?:that|which|who|what|if|when|because|to|there|not|how|why|and|or|but|as|than)\b", head, re.IGNORECASE
    ) and not re.match(r"(?:that|who)\s+\w+", head, re.IGNORECASE):
        return False
    return bool(re.search(r"[^\W\d]{2}|\bI\b", head)) and not head.isdigit()


def without_adverbs(text: str, source: Span) -> Span:
    """The span without adverbs, auxiliaries, conjunctions and a dateline at its ends."""
    words = source.of(text)
    match = re.search(
        r"\s+(?:also|further|later|then|now|today|yesterday|has|have|had|further|repeatedly|again|would|could|will|may|might|did|does|not yet|yet|"
        r"previously|earlier|recently|since|already|publicly|never|not|only|\w+ly|on \w+day|last \w+|in turn|himself|herself|itself|"
        r"at once|at first|at the time|who)$",
        words,
    )
    if match and match.start() > 1:
        return without_adverbs(text, trimmed(text, source.start, source.start + match.start()))
    leading = re.match(
        r"(?:and|but|meanwhile|however|later|yesterday|also|still|then|so|as|while|for|(?:even )?though|although|whereas|because)\s+(?=\S)",
        words,
        re.IGNORECASE,
    )
    if leading:
        return Span(source.start + leading.end(), source.end)
    dated = _DATED.match(words)
    if dated:
        return Span(source.start + dated.end(), source.end)
    late = re.match(r"(?:\w+ ){0,2}(?:after|before|when|since)\s+(?=(?:an?|the|his|her|its|their|[A-Z])\b)", words)
    if late:
        return Span(source.start + late.end(), source.end)
    dateline = re.match(r"[^—–]{3,60}(?:—|–| - )\s*", words)
    return Span(source.start + dateline.end(), source.end) if dateline and dateline.end() < len(words) else source


def pronoun_at_end(text: str, source: Span) -> Span:
    """As in "In a separate interview she", "the allegations, it": the pronoun alone is who speaks."""
    words = source.of(text)
    match = re.search(r"(?:^|[\s,])(he|she|it|they|we|I)$", words)
    if match:
        return Span(source.start + match.start(1), source.end)
    relative = re.match(r"(?:that|which|who)\b[^,]*,\s*(?=\S)", words)
    return Span(source.start + relative.end(), source.end) if relative else source


def skip_back(text: str, at: int, floor: int) -> int:
    """The place after the last word before `at`, marks and white space skipped; not before `floor`."""
    while at > floor and text[at - 1] in END_PUNCTUATION + "(":
        at -= 1
    return at


def cut_clause(text: str, source: Span) -> Span:
    """A source ends where a clause or a time begins."""
    match = re.search(r"\s+(?:on|to|that|in (?:a|an|the)|when|while|as|at|late|early)\s", source.of(text))
    return Span(source.start, source.start + match.start()) if match and match.start() > 2 else source


def quotes_end(text: str, lead: str) -> bool:
    """True where the words before a cue end in a quotation's mark: then the source may follow."""
    return (lead[-2:-1] in '”"' and bool(lead[-2:-1])) or lead[-1:] in '”"'


def opens_quote(text: str, span: Span) -> bool:
    """True where a span begins or ends in a quotation mark."""
    return text[span.start] in '“"' or text[span.end - 1] in '”"'
