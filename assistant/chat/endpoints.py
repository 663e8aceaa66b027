"""Endpoints: the tools of `assistant.tools` through the page's own API, for other programs.

    from gradio_client import Client
    Client("http://127.0.0.1:7860").predict("Who first reported ...?", api_name="/ask")

Who has to log in to see the page has to log in here too. No conversation is kept of what is asked this way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from assistant.engine import Engine
from assistant.settings import Settings
from assistant.tools import Tool, Tools
from index.errors import CorroborateError

_log = logging.getLogger(__name__)


def add_endpoints(engine: Engine, settings: Settings) -> None:
    """Adds `/ask`, `/dossier` and `/search` to the page that is being built."""
    from gradio.events import api

    for tool in Tools(lambda: engine).offered:
        api(
            _told(tool),
            api_name=tool.__name__,
            api_description=" ".join((tool.__doc__ or "").split()),
            concurrency_limit=settings.answers_at_once,
            concurrency_id="answers",
        )


def _told(tool: Tool) -> Callable[..., dict[str, Any]]:
    """The tool, whose errors reach the caller as gradio's: what happened and what to do, and no traceback."""
    import gradio as gr

    @wraps(tool)
    def call(*values: Any, **named: Any) -> dict[str, Any]:
        try:
            return tool(*values, **named)
        except CorroborateError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except Exception as error:
            _log.exception("a call of the page's API failed: %s", tool.__name__)
            told = f"It failed ({type(error).__name__}: {error}). The log of the server has the details."
            raise gr.Error(told, print_exception=False) from error

    return call
