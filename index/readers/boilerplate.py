"""Lines that are no part of an article, at the head or the tail of a text: comment forms, share buttons, counters."""

from __future__ import annotations

import re

_ANYWHERE = [
    r"[\d.,]+\s*[$€£]|[$€£]\s*[\d.,]+",
    r"(?:[\d.,]+\s*[$€£]\s*/\s*)+[\d.,]+\s*[$€£]",
    r"share(?: this| on| via| now)?(?: (?:article|story|post|page))?\s*:?",
    r"share (?:on|this on|this via|via|to) (?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|email|pinterest).*",
    r"(?:re)?tweet(?: this)?(?: \d+)?",
    r"(?:facebook|twitter|whatsapp|linkedin|reddit|telegram|pinterest|tumblr|email|print|pocket|copy link|google\+?)",
    r"(?:no|\d+) (?:comments?|responses?|replies)",
    r"advertisements?|sponsored(?: content)?|story continues below(?: advertisement)?|article continues below.*",
    r"(?:posted|filed) (?:in|under)\s*:?\s.{1,120}",
    r"(?:tags?|tagged(?: with| as)?|categor(?:y|ies))\s*:\s.{0,160}",
    r"skip to (?:main )?(?:content|navigation)|(?:main )?menu|back to top|loading\.*",
    r"search|log ?in|sign in|subscribe|home",
    r"(?:home|news|world)(?:\s*[>»/›]\s*[\w' -]{2,40}){1,5}",
    r"(?:this (?:web)?site|we) uses? cookies.{0,200}|accept(?: all)?(?: cookies)?",
    r"\*{3,}|-{3,}|_{3,}|#{2,}",
]
_TAIL = [
    # comment forms
    r"leave a (?:reply|comment).*",
    r"(?:cancel|post) (?:reply|comment)",
    r"your email address will not be published.*",
    r"required fields are marked.*",
    r"fill in your details below.*",
    r"you are commenting using your .*",
    r"(?:log ?out|change)[ /|]*(?:log ?out|change)?\s*\)?",
    r"(?:google\+?|twitter|facebook|wordpress(?:\.com)?)\s*(?:photo|picture|logo|account)",
    r"connecting to %s",
    r"(?:comment|name|email|e-mail|website)\s*\*?\s*:?",
    r"notify me of (?:new|follow-?up) (?:comments|posts).*",
    r"save my name, email.*",
    r"this site uses akismet.*",
    r"(?:no|\d+) (?:comments?|responses?|replies)(?: (?:to|on) .*)?",
    r"comments(?: are closed.*| off.*|:)?",
    r"(?:click here to )?(?:join|view|show|hide|load) (?:the )?(?:discussion|conversation|comments).*",
    r"you must be (?:logged|signed) in to (?:post|leave) a comment.*",
    # sharing
    r"(?:click to )?(?:share|print|email|pin|save)(?: (?:this|on|to|it|a link).{0,60})? \(opens in new window\)",
    r"like (?:this|loading).{0,12}",
    r"follow us(?: on .{1,40}| .{0,2})?",
    # money and letters
    r"do you like this (?:content|article|post)\?.*",
    r"(?:please )?(?:consider (?:helping|supporting|donating)|support (?:us|our work))\b[^.]{0,60}[.!]?",
    r"(?:donate(?: now| today)?|help us)\b[^.]{0,60}[.!]?",
    r"(?:subscribe|sign up)(?: (?:now|today|here|to|for) .{0,80})?[.!]?",
    r"(?:get|receive) (?:the|our) .{0,60}(?:newsletter|inbox|briefing).{0,40}",
    # filing and moving on
    r"(?:tags?|tagged(?: with| as)?|categor(?:y|ies)|topics?|keywords)\s*:\s.{0,160}",
    r"read more(?: at| here| on .{1,60})?\s*:?(?:\s*https?://\S+)?",
    r"(?:see also|also read|more on this(?: story)?|you may also like|recommended)\s*:?",
    r"related(?: (?:articles?|stories|posts|news|topics|content))?\s*:?",
    r"(?:previous|next|older|newer) (?:article|post|story|entries)\b.{0,120}",
    r"view all posts by .{1,60}",
    r"(?:copyright|©|\(c\)).{0,120}",
    r"all rights reserved\.?",
]  # fmt: skip
# At the head stands the headline, and "Help us find our sons" may be one: fewer patterns hold there.
_AT_HEAD = re.compile("|".join(f"(?:{line})" for line in _ANYWHERE), re.IGNORECASE)
_AT_TAIL = re.compile("|".join(f"(?:{line})" for line in _ANYWHERE + _TAIL), re.IGNORECASE)
_FORM = re.compile(r"leave a (?:reply|comment)(?: (?:cancel reply|below))?[.:]?", re.IGNORECASE)
LONGEST_FORM_LINE = 90
"""Characters of a line after "Leave a Reply": where a longer one follows, something else than a form stands there."""


def strip_boilerplate(text: str) -> str:
    """The text without boilerplate lines at its two ends; lines between two lines of the article always stay."""
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < end and _removable(lines[start], _AT_HEAD):
        start += 1
    end = _before_form(lines, start, end)
    while end > start and _removable(lines[end - 1], _AT_TAIL):
        end -= 1
    if start >= end:
        return text.strip()  # nothing else is there: it is for the caller to say that there is no article
    return "\n".join(lines[start:end]).strip()


def _removable(line: str, pattern: re.Pattern[str]) -> bool:
    bare = line.strip()
    return not bare or pattern.fullmatch(bare) is not None


def _before_form(lines: list[str], start: int, end: int) -> int:
    """The line of the comment form from which nothing but short lines follows, else `end`."""
    for number in range(start + 1, end):
        if _FORM.fullmatch(lines[number].strip()):
            rest = [line.strip() for line in lines[number + 1 : end]]
            if all(len(line) <= LONGEST_FORM_LINE for line in rest):
                return number
    return end
