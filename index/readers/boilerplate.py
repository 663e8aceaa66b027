"""Lines that are no part of an article: comment forms, share buttons and counters at its head or tail, and what pages
set between its paragraphs: players, picture credits, links to other stories, letters to sign up for."""

from __future__ import annotations

import re
from itertools import pairwise

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
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_BETWEEN = [
    # players and pictures: their labels, with the titles and captions that stand in one line with them
    rf"just watched\b.{{1,200}}\breplay\b.*|.{{0,200}}\bmust watch\b.{{1,200}} {_CLOCK}",
    r"(?:skip )?media playback is (?:un)?supported on (?:your|this) device\b.*",
    r"image copyright\b.{1,300}|image caption\b.{1,300}",
    r"(?:enlarge this image|enlarge) ?(?:toggle caption\b.{0,300})?|toggle caption\b.{0,300}",
    r"hide caption\b.{1,600}",
    r"(?:previous next|prev(?:ious)?|next) (?:image \d+ of \d+|.{1,80}/.{1,80})(?: \d+ of \d+.*)?",
    r"photos: .*\bhide caption\b.*|.*\bhide caption \d+ of \d+\b.*\bhide caption \d+ of \d+\b.*",
    rf"play video(?: {_CLOCK})?(?: .{{1,250}})?|.{{0,200}}\blisten · {_CLOCK}(?: {_CLOCK})?",
    rf"listen to article(?: {_CLOCK})?(?: share this article.*)?|(?:share this article )?share tweet post email",
    r"facebook twitter pinterest\b.{0,400}|slideshow \(\d+ images?\)",
    r"skip (?:twitter|facebook|instagram|youtube) (?:post|video).{0,60}",
    # links to other stories
    r"[^.]{8,200}[^.,;:] (?-i:Read more)|(?:read more|see also|related)\s?:",
    r"(?:read more|more|see also|related|also read|read also|related stor(?:y|ies)|watch)\s?:\s?\S.{0,200}",
    r"\(\s?(?:photos?|watch|video|also on [a-z]+|related|read|see also|more|slideshow)\b\s?:?\s.{1,200}\)",
    r"(?:more|read more) on this(?: story)?\s?(?:\.{3}|…|:).{0,150}",
    r"(?-i:Click|CLICK) (?:here )?(?:for|to|FOR|TO) .{1,150}|click here\b.{0,100}",
    r"(?:stor(?:y|ies)|article) continue[sd]? below|continue reading(?: below| the main story)?",
    r"advertisement:?(?: continue reading the main story)?",
    # letters, applications, filing
    r"sign up (?:for|here|to)\b.{0,40}\bnewsletters?\b.{0,80}|newsletter sign-?\s?up\b.*",
    r".{0,300}\bemail sign up by signing up\b.*",
    r".{0,120}\bdelivered (?:daily |weekly )?(?:to|in) your inbox\b.{0,200}|(?:get|download) the .{2,40} app\b.{0,60}",
    r"follow (?:us|me|him|her|@\w+|\w+)(?: (?:on|@)\b.{0,80})?|[-–] follow .{1,40} on twitter.{0,60}",
    r"join us on facebook.{0,60}|read or share this story\b.{0,120}",
    r"(?:write|send (?:letters|tips|a tip)) to .{2,60}\S+@\S+\.\w+\.?",
    r"(?:copyright|©|\(c\))\s?(?:©\s?|copyright\s)?\s?(?:19|20)\d\d\b.{0,250}",
    r"this article is more than .{1,30} old|\[pullquote\]|\{\w+\}|\d{9,}|poster=\S+|<!.{0,3}|.{0,3}-->|//.{0,2}>",
]
_LINK_NAMES = re.compile(
    r"\b(?P<kept>(?P<name>[A-Z][\w’'-]{2,})(?: (?:Jr|Sr)\b\.?)?) (?:[A-Z(][\w.’'()-]* ){1,6}?(?P=name)"
    r"(?:[A-Z\d’'“‘\"(](?:[^.\n]|\.(?! [A-Z])){0,450}?[ ’'”\")?!])?MORE\b(?! [A-Z]{2})"
)
"""A name, the full name that its link has in the site's records, headlines that the link would open, and the button's
word, all run together: "Jane Roe Jane Amelia RoeSenate votes Talks fail MORE"."""
_LABEL = re.compile(r"^\s*(?i:story highlights|key points:?) (?=[A-Z][^.]{10,300}$)")
"""What a box of highlights is called, run together with its first line."""
_BETWEEN_LINES = re.compile("|".join(f"(?:{line})" for line in _BETWEEN), re.IGNORECASE)
_FORM = re.compile(r"leave a (?:reply|comment)(?: (?:cancel reply|below))?[.:]?", re.IGNORECASE)
LONGEST_FORM_LINE = 90
"""Characters of a line after "Leave a Reply": where a longer one follows, something else than a form stands there."""


LEAST_SHOUTED = 2
"""Lines in capitals, among lines that are not, from which they are links to other stories: one may be a heading."""

_CREDITED = re.compile(r".{40,}\([^()]*(?i:photo|picture|image|/)[^()]*\)").fullmatch
"""A caption with its credit: where it stands twice running, the page shows it folded and unfolded."""


def strip_boilerplate(text: str) -> str:
    """The text without boilerplate lines. Between two lines of the article only those go that no article says: labels
    of players and pictures, links to other stories, letters to sign up for, and links run together with a name."""
    lines = _without_furniture(text.split("\n"))
    start, end = 0, len(lines)
    while start < end and _removable(lines[start], _AT_HEAD):
        start += 1
    end = _before_form(lines, start, end)
    while end > start and _removable(lines[end - 1], _AT_TAIL):
        end -= 1
    if start >= end:
        return text.strip()  # nothing else is there: it is for the caller to say that there is no article
    return "\n".join(lines[start:end]).strip()


def _without_furniture(lines: list[str]) -> list[str]:
    bare = [line.strip() for line in lines]
    filled = [number for number, line in enumerate(bare) if line]
    inner = set(filled[1:-1])
    shouted = {number for number in inner if _is_shouted(bare[number])}
    drop = shouted if LEAST_SHOUTED <= len(shouted) < len(filled) / 3 else set()
    drop |= {number for number in filled[1:] if _BETWEEN_LINES.fullmatch(bare[number])}
    if filled and _BETWEEN_LINES.fullmatch(bare[filled[0]]) and len(filled) > 2:
        drop.add(filled[0])
    drop |= {number for before, number in pairwise(filled) if bare[number] == bare[before] and _CREDITED(bare[number])}
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number in drop:
            continue
        if not bare[number] and kept and not kept[-1].strip() and drop:
            continue  # the blank lines about a line that went
        label = _LABEL.match(line)
        line = line[label.end() :] if label else line
        kept.append(_LINK_NAMES.sub(lambda match: match["kept"], line) if "MORE" in line else line)
    return kept


def _is_shouted(line: str) -> bool:
    """A headline in capitals: five words or more, no full stop, no question (that is a heading)."""
    return line.isupper() and 25 <= len(line) <= 200 and len(line.split()) >= 5 and line[-1] not in '.:;,?”"'


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
