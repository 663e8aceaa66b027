"""Prompts as files: `NAME.txt` beside this module, with `$name` variables that are checked before use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
"""Where the prompts lie."""


class PromptError(Exception):
    """A prompt's file is missing or malformed, or its variables do not fit: a fault of the program, not of its user."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One text with `$name` variables; a plain dollar sign is written `$$`."""

    name: str
    """The file's name without its ending."""
    text: str
    """The file's text, variables not yet filled in."""

    @property
    def variables(self) -> frozenset[str]:
        """The names that `fill` needs."""
        return frozenset(Template(self.text).get_identifiers())

    def fill(self, **values: str) -> str:
        """The text with every variable replaced; what is put in is not read again, so it may hold dollar signs.

        Raises:
            PromptError: a variable has no value, or a value has no variable; the message names them.
        """
        missing, unknown = sorted(self.variables - values.keys()), sorted(values.keys() - self.variables)
        if missing or unknown:
            found = [f"without a value: {', '.join(missing)}"] if missing else []
            found += [f"not in the prompt: {', '.join(unknown)}"] if unknown else []
            expected = ", ".join(sorted(self.variables)) or "none"
            raise PromptError(f"The prompt {self.name!r} got variables {'; '.join(found)}. It takes: {expected}.")
        return Template(self.text).substitute(values)


def load_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt in `folder/name.txt`, checked for stray dollar signs.

    Raises:
        PromptError: there is no such file, or a `$` in it starts no variable.
    """
    path = folder / f"{name}.txt"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.txt"))) or "none"
        raise PromptError(f"There is no prompt {name!r} in {folder}. Prompts there: {known}.") from None
    if not Template(text).is_valid():
        raise PromptError(f"The prompt {name!r} has a $ that starts no variable. Write $$ for a dollar sign.")
    return Prompt(name, text)
