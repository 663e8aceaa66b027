"""Steps: tells how far an answer has come, through the callbacks of the chain's Runnables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

STEPS = ("retrieve", "match", "assess", "write")
"""The steps of `chain.answer_chain` in their order, by the names of their Runnables."""
WAIT = "wait"
"""Told, again and again, while another answer of the same assistant is being made."""

OnStep = Callable[[str], None]
"""Is told `WAIT` or the step that begins. What it raises ends the answer there: that is how an answer is stopped."""


class StepTeller(BaseCallbackHandler):
    """Tells `on_step` of each step as it begins."""

    raise_error = True
    run_inline = True

    def __init__(self, on_step: OnStep) -> None:
        self._on_step = on_step

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        """Called by LangChain."""
        if more.get("name") in STEPS:
            self._on_step(more["name"])
