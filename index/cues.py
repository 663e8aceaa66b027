"""Cue words: which words attribute, and what stance they give to what they attribute."""

from __future__ import annotations

import re

from index.statements import Stance

# lemma: forms that are not made by rule
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "speak": "speaks spoke spoken speaking",
    "write": "writes wrote written writing",
    "deny": "denies denied denying",
    "reply": "replies replied replying",
    "testify": "testifies testified testifying",
    "clarify": "clarifies clarified clarifying",
    "verify": "verifies verified verifying",
    "notify": "notifies notified notifying",
    "find": "finds found finding",
    "think": "thinks thought thinking",
    "know": "knows knew known knowing",
    "see": "sees saw seen seeing",
    "hear": "hears heard hearing",
    "give": "gives gave given giving",
    "put": "puts putting",
    "take": "takes took taken taking",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "quip": "quips quipped quipping",
    "admit": "admits admitted admitting",
    "rebut": "rebuts rebutted rebutting",
    "swear": "swears swore sworn swearing",
    "hold": "holds held holding",
    "argue": "argues argued arguing",
    "understand": "understands understood understanding",
    "show": "shows showed shown showing",
}
_ASSERT = (
    "say tell report claim announce state declare reveal explain add note write insist maintain argue warn describe "
    "recall remark observe reply answer respond estimate testify believe think suggest accuse learn speak stress "
    "emphasise emphasize comment conclude predict contend assert complain disclose inform publish broadcast relay "
    "mention indicate describe predict promise pledge vow threaten quip joke swear concede caution urge "
    "counter reiterate repeat clarify predict tweet post cite quote brand label allege charge find show blame credit criticise "
    "criticize condemn demand propose recommend call question hope expect fear ask order put hear know understand slam blast deride ridicule lambast decry denounce"
)
_CONFIRM = "confirm acknowledge admit concede corroborate verify"
_DENY = "deny reject dismiss refute rebut dispute contradict disavow repudiate"
_RETRACT = "retract withdraw correct recant disown"
_HEDGE = "allege purport"


def _forms(lemma: str) -> list[str]:
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if re.search(r"(s|sh|ch|x|z)$", lemma) else "s")
    return [lemma, third, stem + "ed", stem + "ing"]


def _table() -> dict[str, str]:
    return {
        form: lemma
        for lemma in set((_ASSERT + " " + _CONFIRM + " " + _DENY + " " + _RETRACT).split())
        for form in _forms(lemma)
    }


LEMMAS = _table()
"""Every verb form that can attribute, with its lemma."""

STANCES: dict[str, Stance] = {
    **dict.fromkeys(_ASSERT.split(), Stance.ASSERTS),
    **dict.fromkeys(_CONFIRM.split(), Stance.CONFIRMS),
    **dict.fromkeys(_DENY.split(), Stance.DENIES),
    **dict.fromkeys(_RETRACT.split(), Stance.RETRACTS),
    **dict.fromkeys(_HEDGE.split(), Stance.HEDGES),
}
"""Lemma of a cue verb to the stance that it gives."""

STRONG = frozenset(
    "say tell report claim announce state declare reveal explain add insist maintain recall remark reply testify "
    "deny reject dismiss refute rebut dispute confirm acknowledge admit allege contend assert disclose reiterate "
    "repeat estimate believe warn note write argue describe retract withdraw correct concede respond answer relay put speak "
    "quip swear stress conclude clarify repudiate disavow recant inform complain counter".split()
)
"""Verbs that attribute wherever a source stands before them; the others need "that" or a quotation."""

INVERTING = frozenset(
    "say report announce explain add note write insist recall remark observe reply declare claim warn argue "
    "maintain tell conclude comment quip joke admit concede answer stress confirm assert".split()
)
"""Verbs that may stand before their source: '"It is over," said the guard.'"""

_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing|ive)?|refut(?:e|es|ed|ing)|rebut\w*|"
    r"disput(?:e|es|ed|ing)|repudiat\w+|contradict(?:s|ed|ing)?|disavow\w*|"
    r"(?:call(?:s|ed|ing)?|brand(?:s|ed)?|describ(?:e|es|ed|ing)|label(?:s|led)?)\b[^.;]{0,60}?"
    r"(?:baseless|false|untrue|a lie|lies|nonsense|absurd|fabricat\w+|invent\w+|unfounded|fake|rubbish|fiction|"
    r"inventions?|groundless|wrong|mistaken|misleading|ridiculous)|"
    r"hit(?:s|ting)? back|"
    r"(?:insist\w*|maintain\w*|sa(?:y|ys|id|ying)|stat\w+|told \w+|add(?:s|ed)|repl\w+|reacted\b[^.;]{0,40}by saying)[^.;\"“”]{0,40}?"
    r"\b(?:they|it|that|this|these|those|reports?|claims?|allegations?|accusations?)\b[^.;\"“”]{0,40}?"
    r"\b(?:(?:is|are|was|were)\s+)(?:\w+ly\s+)?(?:false|untrue|baseless|unfounded|nonsense|invent\w+|fabricat\w+|wrong|"
    r"groundless|a lie|lies|not true|incorrect|fake)\b)",
    re.IGNORECASE,
)
_NEGATING_QUOTE = re.compile(
    r"\b(?:(?:there is|there's|there was|there are) no truth|no truth in|not true|untrue|is false|are false|are lies|is a lie|"
    r"(?:is|are|was|were) (?:an? )?(?:invent\w+|fabricat\w+|nonsense|fiction|baseless|groundless)|never happened|"
    r"did not happen|cannot be (?:upheld|right|true)|does not hold|makes no sense|"
    r"(?:figure|number|claim|report|story|account|accusation|statement|version|it|that|this)\b[^.;]{0,40}? (?:is|was|are|were) (?:simply |quite |plainly )?(?:wrong|mistaken|incorrect|false|untrue)|"
    r"nothing of the (?:kind|sort))\b",
    re.IGNORECASE,
)
WITHDRAWALS = (
    r"(?:took|takes?|taken|taking) back(?! (?:control|power|land|territor|the (?:town|city|village|ball)))|(?:no longer|does not|did not|do not) (?:stands?|stood) by|"
    r"no longer (?:maintains?|holds|claims?|insists?)|walk(?:s|ed) back|backtrack(?:s|ed) on|back(?:s|ed) away from|went back on|"
    r"(?:deleted|removed|taken down|took down|pulled)(?= (?:the|its|their|his|her|that) (?:article|report|story|post|item|tweet|statement|claim))|"
    r"revis(?:es|ed)(?= (?:its|the|their|his|her) (?:\w+ ){0,3}(?:figures?|numbers?|toll|counts?|estimates?|totals?)\b)|"
    r"correct(?:s|ed) (?:itself|himself|herself|themselves)|"
    r"(?:ran|runs|issued|published|printed|posted) an? (?:correction|retraction|clarification|apology)"
)
"""Phrases by which a party withdraws what it said, as a pattern."""
_WITHDRAWING = re.compile(WITHDRAWALS, re.IGNORECASE)
_OWN_ERROR = re.compile(
    r"\b(?:should(?: not|n[’']t| never) have (?:said|reported|published|written|announced|claimed|been (?:said|reported|published|given|made))|"
    r"(?:should|ought to) have said so|ought not to have been|misspoken?|"
    r"(?:the|our|its|their|his|her|that) (?:earlier|previous|first|original|old|initial) (?:figure|number|count|toll|report|statement|version|account|estimate|total|sum|date)s?\b"
    r"[^.;]{0,60}\b(?:wrong(?:ly)?|mistaken|no longer valid|incorrect|in error|an error|a mistake|withdrawn|too (?:high|low))|"
    r"not [^.;]{1,60}\bas (?:it|he|she|they|we|I) (?:had |have )?(?:first|earlier|previously|originally|initially|at first) (?:reported|said|announced|claimed|stated|thought|put it|told))\b",
    re.IGNORECASE,
)
_RETRACTING = re.compile(
    r"\b(?:retract(?:s|ed|ing|ion)?|(?:withdr[ae]w(?:s|n|ing)?)\b(?![^.;]{0,25}\b(?:from|troops|forces|bid|offer|candida|licen[cs]e|permit|support|consent|accreditation|funding|money|cash)\w*\b)|"
    r"(?:we|i) (?:were|was) wrong|recant(?:s|ed|ing)?|"
    r"correct(?:s|ed|ing|ion)\b(?=[^.;]{0,60}\b(?:report|figure|number|count|story|article|statement|toll|claim|error|earlier|previous|number)s?\b)|"
    r"(?:report|figure|story|article|statement|number|count|claim|account)\b[^.;]{0,60}\b(?:was|were) (?:wrong|an error|a mistake|incorrect|mistaken|in error)|"
    r"(?:apologi[sz]ed for|deleted|took down|removed|pulled) (?:its|the|their|an) (?:earlier |original |previous )?(?:report|story|article|item|post)|"
    r"we (?:got|had) (?:it|this|that) wrong|apologi[sz]e for (?:the|our) (?:error|mistake|report|article|story)|"
    r"taken? (?:the|its|our) (?:item|report|story|article) down|stands? corrected|take (?:it|that|this) back|took back)\b",
    re.IGNORECASE,
)
_DECLINING = re.compile(
    r"\b(?:declin(?:e|es|ed|ing) (?:to|any)|refus(?:e|es|ed|ing) (?:to (?:say|comment|answer|discuss|give|name|reply|respond|talk|speak|be drawn|confirm))|"
    r"would (?:not|n.t) (?:say|comment|discuss|answer|be drawn|confirm|talk|give|name)|had no comment|no comment|gave no (?:reply|answer|comment)|"
    r"(?:did|does|do|has|have|had)(?: not|n.t) (?:yet )?(?:repl(?:y|ied)|respond(?:ed)?|answer(?:ed)?|comment(?:ed)?|return(?:ed)? \w+|say a word|said a word|address(?:ed)?)|"
    r"could not be reached|(?:not|never) (?:been )?returned|did not want to talk|said nothing|silent on|without (?:comment|speaking)|"
    r"neither (?:confirm|den|admit|publicly)\w*[^.;]{0,30} nor \w+|ha(?:s|ve|d) yet to (?:comment|respond|reply|confirm)|(?:not|un)\s?(?:immediately )?available (?:for|to) comment|not (?:yet |publicly )?(?:commented|confirmed)|no immediate (?:comment|reply|response)|"
    r"went unanswered|be reached for comment|asked for more time)\b",
    re.IGNORECASE,
)
_HEDGING = re.compile(
    r"\b(?:alleged(?:ly)?|reportedly|purported(?:ly)?|supposed(?:ly)?|unconfirmed|unverified|apparently|rumou?red|"
    r"(?:is|are|was|were) (?:said|understood|believed|thought|rumou?red|reported) to)\b",
    re.IGNORECASE,
)
_UNVERIFIED = re.compile(
    r"\b(?:(?:could|can|cannot|can.t)(?: not)?(?: yet)? be (?:independently )?(?:verified|confirmed|checked|corroborated)|"
    r"(?:not|unable|never)(?: \w+){0,4} (?:to )?(?:independently )?(?:verify|verified|confirm|confirmed|check|corroborate|establish)\b|"
    r"no (?:independent )?(?:confirmation|verification)|unconfirmed|unverified|"
    r"whether (?:it|this|that|they) (?:is|are|was|were) (?:genuine|true|authentic)|(?:has|have) not been (?:independently )?(?:verified|confirmed|authenticated))",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"\b(?:did|does|do|has|have|had)(?: not|n.t) (?:den(?:y|ied)|disput(?:e|ed)|reject(?:ed)?|contest(?:ed)?)\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"\bneither\b.*\bnor\b|\bnot (?:confirm|deny)\w* (?:or|nor) (?:confirm|den)", re.IGNORECASE)


def stance_of(cue: str, sentence: str) -> Stance:
    """The stance that a cue gives, read with the rest of its sentence outside the content.

    `cue` is the attributing words; `sentence` the words of the sentence outside quotations, the cue among them.
    "did not deny" confirms; a decline outranks an assertion in the same words ("would not say").
    """
    if _NEITHER.search(cue) or re.match(r"\s*(?:declin|refus)", cue, re.IGNORECASE):
        return Stance.DECLINES
    if _NOT_DENIED.search(sentence):
        return Stance.CONFIRMS
    lemma = LEMMAS.get(cue.lower().split()[-1] if cue.split() else "", "")
    if STANCES.get(lemma) is Stance.CONFIRMS and re.search(
        r"\b(?:not|never|neither|cannot|nor|unable)\b|n[’']t\b", cue, re.IGNORECASE
    ):
        return Stance.DECLINES
    if STANCES.get(lemma) is Stance.DENIES or _DENYING.search(cue):
        return Stance.DENIES
    if _RETRACTING.search(f"{cue} {sentence}") and STANCES.get(lemma) is Stance.RETRACTS:
        return Stance.RETRACTS
    if _DECLINING.search(sentence):
        return Stance.DECLINES
    if STANCES.get(lemma) is Stance.CONFIRMS:
        return Stance.CONFIRMS
    return Stance.ASSERTS


def denies(text: str) -> bool:
    """True where the words deny something: "denied", "called it baseless", "said the reports were false"."""
    return bool(_DENYING.search(text)) and not _NOT_DENIED.search(text)


def negates(quote: str) -> bool:
    """True where words of a quotation themselves reject something: "there is no truth in that"."""
    return bool(_NEGATING_QUOTE.search(quote))


def retracts(text: str) -> bool:
    """True where the words withdraw or correct an earlier report."""
    return bool(_RETRACTING.search(text))


def withdraws(words: str) -> bool:
    """True where a cue, with the words after it, is a phrase by which a party takes back what it said: "took back"."""
    return bool(_WITHDRAWING.match(words))


def owns_error(text: str) -> bool:
    """True where words tell that what the speaker said before was wrong: "we should have said so"."""
    return bool(_OWN_ERROR.search(text))


def declines(text: str) -> bool:
    """True where the words say that a party would not answer."""
    return bool(_DECLINING.search(text))


def hedges(text: str) -> bool:
    """True where the words mark what they tell as alleged or unconfirmed."""
    return bool(_HEDGING.search(text))


def unverified(text: str) -> bool:
    """True where the article says that it could not check what it tells."""
    return bool(_UNVERIFIED.search(text))
