"""What happens when somebody looks through the collection, adds to it, or removes from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.chat.library import Added, Job, Library, Pasted, Wanted, addresses, stage_files, stage_text
from assistant.chat.library_panel import articles_list, jobs_list, masthead
from assistant.chat.reader_panel import Shown, reader
from assistant.chat.talking import owner_of
from assistant.engine import Engine
from assistant.filters import read_date, read_dates
from assistant.settings import Settings
from index.errors import CorroborateError, SettingsError

if TYPE_CHECKING:
    import gradio as gr

UNKNOWN = "(unknown)"
"""What stands for the unknown publisher in the list of publishers."""


class Collecting:
    """Handles the events of the collection. Without a library it can be looked at through questions alone."""

    def __init__(self, engine: Engine, settings: Settings, library: Library | None, sample: Sequence[str]) -> None:
        """`sample`: paths of the sample collection."""
        self.engine = engine
        self.settings = settings
        self.library = library
        self.sample = tuple(sample)

    # Looking

    def head(self, request: gr.Request) -> tuple[Any, ...]:
        """(masthead, publishers to ask, publishers to look through)."""
        import gradio as gr

        user = owner_of(request)
        try:
            articles, publishers = len(self.engine), tuple(self.engine.publishers())
        except CorroborateError as error:
            return masthead(0, (), user, str(error)), gr.skip(), gr.skip()
        names = sorted((line.publisher for line in publishers if line.publisher), key=str.casefold)
        unknown = [UNKNOWN] if any(not line.publisher for line in publishers) else []
        return masthead(articles, publishers, user), gr.update(choices=names), gr.update(choices=[*names, *unknown])

    def listing(self, words: str, publishers: Sequence[str] | None, since: str, until: str, first: object = 0) -> str:
        """The articles wanted, from the one at place `first` on."""
        if self.library is None:
            return ""
        try:
            read_date(since, "Since")  # a slip is told by the name that the page gives the box
            read_date(until, "To")
            bounds = read_dates(since, until)
            chosen = tuple("" if name == UNKNOWN else name for name in publishers or ())
            ids = self.library.ids(Wanted(words, chosen, *bounds))
        except CorroborateError as error:
            return _trouble(str(error))
        size = self.settings.articles_listed
        start = first if isinstance(first, int) and 0 <= first < max(len(ids), 1) else 0
        return articles_list(self.library.articles(ids[start : start + size]), len(ids), start, "removable")

    def read(self, id: object) -> Any:
        """An article in the reader."""
        import gradio as gr

        return reader(Shown(0, id, None), self.engine.article) if isinstance(id, str) else gr.skip()

    def jobs(self) -> tuple[Job, ...]:
        """What is being done, the newest first."""
        return self.library.jobs() if self.library else ()

    def progress(self, request: gr.Request) -> tuple[Any, ...]:
        """(jobs, timer): the timer goes on while something is being done."""
        import gradio as gr

        jobs = self.jobs()
        return jobs_list(jobs), gr.update(active=any(job.active for job in jobs))

    # Changing

    def add_files(self, files: Sequence[str] | None, publisher: str, published: str) -> tuple[Any, ...]:
        """Adds uploaded files: (files, publisher, date, jobs, timer). What was typed of these is cleared, so that it is
        not taken for the next ones by mistake."""
        try:
            if not files:
                raise SettingsError("There is no file to add. Choose some first.")
            if len(files) > self.settings.uploads_most:
                raise SettingsError(
                    f"These are {len(files)} files; at most {self.settings.uploads_most} are taken at once. "
                    "Give fewer, or pack them as .jsonl."
                )
            when = self._date(published)
            names = [name.rsplit("/", 1)[-1] for name in files]
            label = f"Add {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")
            staged, paths = stage_files(files)
            self._add(Added(label, paths, publisher.strip(), when, staged))
        except CorroborateError as error:
            return None, publisher, published, *self._doing(str(error))
        return None, "", "", *self._doing()

    def add_addresses(self, text: str, publisher: str, published: str) -> tuple[Any, ...]:
        """Adds pages of the web: (addresses, publisher, date, jobs, timer)."""
        try:
            when = self._date(published)
            found = addresses(text, self.settings.uploads_most)
            label = f"Add {found[0]}" + (f" and {len(found) - 1} more" if len(found) > 1 else "")
            self._add(Added(label, found, publisher.strip(), when))
        except CorroborateError as error:
            return text, publisher, published, *self._doing(str(error))
        return "", "", "", *self._doing()

    def add_text(self, text: str, title: str, publisher: str, published: str) -> tuple[Any, ...]:
        """Adds a pasted article: (text, title, publisher, date, jobs, timer)."""
        try:
            when, most = self._date(published), self.settings.text_limit
            if len(text) > most:
                raise SettingsError(
                    f"The text has {len(text):,} characters; at most {most:,} are taken here. Save it as a file "
                    "and add that."
                )
            staged, paths = stage_text(Pasted(text, title.strip(), publisher.strip(), when))
            self._add(Added(f"Add “{title.strip() or 'the pasted text'}”", paths, staged=staged))
        except CorroborateError as error:
            return text, title, publisher, published, *self._doing(str(error))
        return "", "", "", "", *self._doing()

    def add_sample(self) -> tuple[Any, ...]:
        """Adds the sample collection: (jobs, timer)."""
        try:
            self._add(Added("Add the sample collection", self.sample))
        except CorroborateError as error:
            return self._doing(str(error))
        return self._doing()

    def remove(self, id: object) -> tuple[Any, ...]:
        """Removes an article: (jobs, timer)."""
        try:
            if isinstance(id, str) and self.library:
                self.library.remove(id)
        except CorroborateError as error:
            return self._doing(str(error))
        return self._doing()

    def edit(self, id: object, publisher: object, published: object) -> tuple[Any, ...]:
        """Sets an article's publisher and date: (jobs, timer)."""
        try:
            if isinstance(id, str) and isinstance(publisher, str) and isinstance(published, str) and self.library:
                self.library.edit(id, " ".join(publisher.split())[:200], self._date(published))
        except CorroborateError as error:
            return self._doing(str(error))
        return self._doing()

    def stop(self, number: object) -> tuple[Any, ...]:
        """Stops a job: (jobs, timer)."""
        if isinstance(number, int) and self.library:
            self.library.stop(number)
        return self._doing()

    def _add(self, wanted: Added) -> None:
        if self.library is None:
            raise SettingsError("This page takes no articles. Add them with: corroborate ingest PATH --index DIR")
        self.library.add(wanted)

    def _date(self, published: str) -> str:
        """The date as typed; raises SettingsError where it is none."""
        return str(read_date(published, "Published") or "")

    def _doing(self, trouble: str = "") -> tuple[Any, ...]:
        """(jobs, timer), with what went wrong above the jobs."""
        import gradio as gr

        jobs = self.jobs()
        shown = (_trouble(trouble) if trouble else "") + jobs_list(jobs)
        return shown, gr.update(active=any(job.active for job in jobs))


def _trouble(words: str) -> str:
    from html import escape

    return f'<div class="failed" role="alert"><p>{escape(words)}</p></div>'
