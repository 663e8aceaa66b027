"""The collection as HTML: what is in it, and what is being added or removed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.chat.library import Job, JobState
from assistant.chat.parts import link
from assistant.engine import PublisherLine
from assistant.render import UNKNOWN_PUBLISHER, date_words
from index.article import Article

STATE_WORDS = {
    JobState.WAITING: "Waiting",
    JobState.RUNNING: "Running",
    JobState.STOPPING: "Stopping",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.STOPPED: "Stopped",
}
PROBLEMS = 12
"""Most problems of one job that are shown."""


def collection_words(articles: int, publishers: Sequence[PublisherLine]) -> str:
    """ "214 articles by 31 publishers, 3 May 2016 to 9 July 2018"."""
    named = sum(1 for line in publishers if line.publisher)
    words = f"{articles} {'article' if articles == 1 else 'articles'}"
    words += f" by {named} {'publisher' if named == 1 else 'publishers'}" if named else ""
    firsts = [line.first for line in publishers if line.first]
    lasts = [line.last for line in publishers if line.last]
    if firsts and lasts:
        first = min(firsts, key=lambda when: when.first_day)
        last = max(lasts, key=lambda when: when.last_day)
        words += f", {date_words(first)}" + (f" to {date_words(last)}" if str(first) != str(last) else "")
    return words


def masthead(articles: int, publishers: Sequence[PublisherLine], user: str = "", error: str = "") -> str:
    """The page's head: its name, what it does, what the collection holds or why that is not known, and who is there."""
    holds = error or (collection_words(articles, publishers) if articles else "The collection is empty.")
    kind = "holds" if articles else "holds empty"
    who = f'<p class="user">{escape(user)} <a href="logout">Log out</a></p>' if user else ""
    return (
        '<header class="masthead"><h1>Corroborate</h1>'
        "<p>Who said it, through whom, who was first, and who denies it.</p>"
        f'<p class="{kind}" role="status">{escape(holds)}</p>{who}</header>'
    )


def jobs_list(jobs: Sequence[Job]) -> str:
    """The jobs, the newest first."""
    if not jobs:
        return ""
    return f'<ul class="jobs" aria-label="What is being done">{"".join(_job(job) for job in jobs)}</ul>'


def _job(job: Job) -> str:
    bar, stop = "", ""
    if job.active:
        value = f' value="{job.done}"' if job.total and job.state is not JobState.WAITING else ""
        number = f"{job.done} of {job.total} articles" if job.total else ""
        number += f"{', ' if number else ''}{job.seconds} s" if job.seconds >= 2 else ""
        bar = f'<progress max="{max(job.total, 1)}"{value} aria-label="{escape(job.label)}"></progress> {number}'
        if job.state is not JobState.STOPPING:
            stop = f'<button type="button" class="stop" data-stop-job="{job.number}">Stop</button>'
    told = f"<p>{escape(job.told)}</p>" if job.told else ""
    problems = "".join(f"<li>{escape(text)}</li>" for text in job.problems[:PROBLEMS])
    more = len(job.problems) - PROBLEMS
    problems += f"<li>and {more} more</li>" if more > 0 else ""
    listed = f'<ul class="problems">{problems}</ul>' if problems else ""
    role = ' role="alert"' if job.state is JobState.FAILED else ""
    return (
        f'<li class="job {job.state}"{role}><p><strong>{STATE_WORDS[job.state]}</strong> {escape(job.label)} {stop}</p>'
        f"{f'<p>{bar}</p>' if bar else ''}{told}{listed}</li>"
    )


def articles_list(articles: Sequence[Article], total: int, first: int, removable: str) -> str:
    """A stretch of the collection; `first` is its first article's place from 0, `removable` "removable" or empty."""
    if not total:
        return '<div class="articles"><p class="none">No article is like that.</p></div>'
    items = "".join(_article(article, removable) for article in articles)
    shown = f"{first + 1} to {first + len(articles)} of {total}" if total > len(articles) else f"{total}"
    words = f"{shown} {'article' if total == 1 else 'articles'}"
    back = f'<button type="button" data-page="{max(0, first - len(articles))}">Newer</button>' if first else ""
    last = first + len(articles)
    on = f'<button type="button" data-page="{last}">More</button>' if last < total else ""
    return (
        f'<div class="articles"><p class="faint" role="status">{words}</p><ul>{items}</ul>'
        f'<p class="pages">{back}{on}</p></div>'
    )


def _editing(article: Article) -> str:
    """A form for what the file did not tell, or told wrongly."""
    id, when = escape(article.id), escape(str(article.published or ""))
    return (
        '<details class="editing"><summary>Edit</summary>'
        f'<label>Publisher <input name="publisher" maxlength="200" value="{escape(article.publisher)}"></label>'
        f'<label>Date <input name="published" maxlength="20" placeholder="2017-09-12" value="{when}"></label>'
        f'<button type="button" data-edit="{id}">Save</button></details>'
    )


def _article(article: Article, removable: str) -> str:
    title = article.title or article.id
    remove = ""
    if removable:
        remove = (
            f'<button type="button" class="delete" data-remove="{escape(article.id)}" '
            f'aria-label="Remove “{escape(title)}”">Remove</button>'
        )
        remove = _editing(article) + remove
    source = f" {link(article.url, 'source')}" if link(article.url, "") else ""
    return (
        f'<li><button type="button" class="read" data-read="{escape(article.id)}">{escape(title)}</button>'
        f'<div class="faint">{escape(article.publisher or UNKNOWN_PUBLISHER)}, {escape(date_words(article.published))}'
        f"{source if article.url else ''} {remove}</div></li>"
    )
