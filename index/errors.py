"""Every error a user can meet.

    CorroborateError
    ├── IndexUnusable           the index cannot be used as asked
    │   ├── IndexMissing       no index in that folder
    │   ├── IndexMismatch      built with another embedder or schema
    │   ├── IndexLocked        another process is writing
    │   └── ArticleMissing     no article with that id
    ├── ReadError              one input cannot be read (the rest goes on)
    ├── SettingsError          an option or file of settings is wrong
    ├── ModelError             a chat model is missing, fails or times out
    └── SuiteError             an evaluation suite is malformed

A message says what was found, what was expected, and what to do.
"""

from __future__ import annotations


class CorroborateError(Exception):
    """Base of every error raised on purpose; the command line prints its message without a traceback."""


class IndexUnusable(CorroborateError):
    """The index cannot be used as asked."""


class IndexMissing(IndexUnusable):
    """There is no index in the folder given."""


class IndexMismatch(IndexUnusable):
    """The index was built with another embedder, other dimensions or another schema."""


class IndexLocked(IndexUnusable):
    """Another process holds the writer's lock."""


class ArticleMissing(IndexUnusable):
    """No article has the id given."""


class ReadError(CorroborateError):
    """One input cannot be read; `ingest` reports it by name and goes on."""


class SettingsError(CorroborateError):
    """An option or a setting has a value that cannot be used."""


class ModelError(CorroborateError):
    """A chat model's package is missing, or the model failed or timed out."""


class SuiteError(CorroborateError):
    """An evaluation suite is not of the documented format."""
