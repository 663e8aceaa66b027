"""Where a verb of saying tells of no saying ("wrote down the number", "claimed victory"), and what stands between such a
verb and its clause ("denied for years that")."""

from __future__ import annotations

import re

from index.rule_cues import Cue
from index.rule_phrases import has_verb
from index.spans import Span

_THING = r"(?:an?|the|his|her|its|their|my|our|this|that|another|several|some|many|two|three|four|five|no|\d+)\s+(?:[\w’'-]+\s+){0,3}?"
_NO_SPEECH: dict[str, re.Pattern[str]] = {
    lemma: re.compile(rf"\s+(?:{pattern})", re.IGNORECASE)
    for lemma, pattern in {
        "write": rf"(?:down|off|out|up)\b(?!\s*(?:that\b|[:,“\"]))|{_THING}(?:books?|novels?|e-?mails?|letters?|cheques?|checks?|songs?|poems?|plays?|"
        r"cookery|columns?|laws?|bills?|names?)\b(?![^.;]{0,80}?(?:\bthat\b|[:“\"]|\bsaying\b))|(?:the|an?) e-?mail\b",
        "claim": r"(?:victory|credit|the (?:life|lives|seat|title|prize|top|crown)|(?:\w+\s+){0,3}?(?:life|lives|seats?|titles?|ground)\b|asylum|"
        r"damages|compensation|benefits|insurance|expenses|sovereignty)\b",
        "concede": r"(?:defeat|victory|the (?:election|race|match|game|seat|vote|contest)|an? (?:goal|penalty)|ground|points?)\b",
        "answer": r"(?:the (?:phone|telephone|door|call|bell|letter)|(?:his|her|their|a) (?:phone|telephone|door|call|letter)s?)\b",
        "maintain": r"(?:an?|its|their|his|her|close|good|contacts?|relations|order|control)\s+(?!\w+\s+(?:is|was|are|were|had|has)\b)",
        "call": r"(?:on|upon|for|off|up|in|back|out|at|by)\b",
        "put": r"(?:down|up|out|off|on|in)\b",
        "repeat": r"(?:itself|himself|herself|themselves)\b",
        "report": r"(?:for (?:work|duty|service)|from\b|back to\b|to (?:work|duty|prison|jail|the police)\b)",
        "tell": r"(?:to\b|apart\b|(?:him|her|them|us|me|it|you|the \w+|\w+)\s+(?:not\s+)?to\s+(?!(?:the|a|his|her|their|its)\b))",
        "speak": r"(?:with|at|in|before)\b(?![^.;]{0,60}[“\"])(?!\s[^,.;]{2,40}? of (?:a|an)\b)",
        "state": r"(?:of|in|at)\b",
    }.items()
}
"""By verb: what follows it where it tells of a deed and not of words."""
_IT_THERE = re.compile(
    r"\s+(?:it|this|them|these|those)(?:\s+(?:on|in|at|to|by|into|onto|under|over|with|without|from|after|before|when|while|for|himself|herself|again|down|up|out|aloud)\b|[.;]|$)",
    re.IGNORECASE,
)
"""What is said is a pronoun: "wrote it on his hand" holds no claim."""
_CLAUSE_ONLY = frozenset({"add", "maintain", "argue", "answer", "write", "repeat", "swear", "hold", "state"})
"""Verbs that also take a thing: "added a second lane", "argued eight cases". They attribute a clause, or a quotation."""
_JUDGING = frozenset(
    "deny reject dismiss refute rebut dispute contradict disavow repudiate confirm acknowledge admit retract withdraw correct recant disown concede".split()
)
_OF_PERSONS = frozenset(
    "tell inform ask warn notify describe call brand label blame accuse charge criticise criticize condemn quote cite see put".split()
)
"""Verbs with a person or a thing judged beside what is said."""
_SUBORDINATE = re.compile(r",?\s+(?:which|who|whom|whose|that|because|while|when|where|after|before|as|since|than)\s")


def no_speech(text: str, cue: Cue, sentence: Span) -> bool:
    """True where the words after a cue show that it tells of a deed, or of words without what they say."""
    rest = text[cue.span.end : sentence.end]
    if cue.passive or re.search(r"\bwho\s+$", text[sentence.start : cue.span.start]):
        return False
    pattern = _NO_SPEECH.get(cue.lemma)
    if pattern is not None and pattern.match(rest):
        return True
    return cue.lemma not in _JUDGING | _OF_PERSONS and bool(_IT_THERE.match(rest)) and bool(re.match(r"\s+\w", rest))


def holds_no_clause(text: str, cue: Cue, content: Span) -> bool:
    """True for "added 300,000 jobs": the verb stands with a thing, and neither "that" nor a quotation is there."""
    if cue.lemma not in _CLAUSE_ONLY or re.search(r"\bthat\s+$|[:,]\s*$", text[cue.span.end : content.start]):
        return False
    words = content.of(text)
    if re.search(r"[“\"]", words) or re.match(r"(?:he|she|it|they|we|i|you|there|this|these)\b", words, re.IGNORECASE):
        return False
    return not has_verb(f"it {_SUBORDINATE.split(words)[0]}")


_SPELL = r"for\s+(?:long|ever|(?:[\w-]+\s+){0,3}?(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)(?:\s+now)?)"
_MANNER = (
    rf"(?:{_SPELL}|\w+ly|moreover|also|only|further|furthermore|again|back|straight\s+out|outright|aloud|in\s+(?:writing|public|private|turn|reply|part|vain)|"
    r"in\s+(?:an?|the|one|two|its|his|her|their)\s+(?:[\w’'-]+\s+){0,3}?(?:line|lines|sentences?|words?|statements?|letters?|notes?|notices?|e-?mails?|messages?|breath)|"
    r"by\s+(?:letter|e-?mail|telephone|phone|radio|fax)|"
    r"(?:after|before|during)\s+(?:an?|the|his|her|its|their)\s+[\w’'-]+(?:\s+[\w’'-]+){0,2}|down)"
)
_BEFORE_CLAUSE = re.compile(rf"(?:,?\s+{_MANNER},?){{1,3}}\s*(?=\bthat\b|[:,]?\s*[“\"]|:\s)", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"\s+(?P<who>(?:(?:the|an?|its|his|her|their|our|all)\s+)?(?:[\w’'&.-]+\s+){1,7}?)(?=that\b)|\s+(?P<pronoun>him|her|them|us|me)\s+(?=that\b|[:,]?\s*[“\"])",
    re.IGNORECASE,
)
_ADDRESSING = frozenset({"warn", "notify", "caution", "promise"})


def before_clause(text: str, cue: Cue, sentence: Span) -> int:
    """How many characters after a cue tell how and to whom, up to a "that", a colon or a quotation; 0 where none do.

    "denied for three days that", "warned the town in writing that", "contradicts him flatly:".
    """
    rest = text[cue.span.end : sentence.end]
    manner = _BEFORE_CLAUSE.match(rest)
    if manner:
        return manner.end()
    person = re.match(rf"\s+(?:him|her|them|us|me)(?:\s+{_MANNER})*\s*(?=:\s*[“\"])", rest)
    if person:
        return person.end()
    if cue.lemma not in _ADDRESSING:
        return 0
    addressed = _ADDRESSEE.match(rest)
    if not addressed or (addressed["who"] and has_verb("it " + addressed["who"].replace("in writing", ""))):
        return 0
    return addressed.end()
