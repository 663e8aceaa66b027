"""Prompts: every file loads, and its variables are checked before use."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.loader import FOLDER, Prompt, PromptError, load_prompt


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_every_prompt_loads_and_fills(name: str) -> None:
    prompt = load_prompt(name)
    filled = prompt.fill(**{variable: f"<{variable}>" for variable in prompt.variables})
    assert all(f"<{variable}>" in filled for variable in prompt.variables)
    assert "$" not in filled


def test_the_writers_prompts_are_there() -> None:
    assert load_prompt("write_rules").variables == {"fence"}
    assert load_prompt("write_answer").variables == {"fence", "question", "evidence", "assessment", "draft"}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"who": "a"}, ["without a value: what"]),
        ({}, ["without a value: what, who"]),
        ({"who": "a", "what": "b", "when": "c"}, ["not in the prompt: when"]),
        ({"when": "c"}, ["without a value: what, who", "not in the prompt: when", "It takes: what, who."]),
    ],
)
def test_missing_and_unknown_variables_are_named(values: dict[str, str], named: list[str]) -> None:
    with pytest.raises(PromptError) as caught:
        Prompt("greet", "Hello $who, here is ${what}.").fill(**values)
    assert "'greet'" in str(caught.value)
    for words in named:
        assert words in str(caught.value)


def test_what_is_filled_in_is_not_read_again() -> None:
    filled = Prompt("greet", "$who: it costs $$5").fill(who="pays $5 for $what and {braces} & <tags>")
    assert filled == "pays $5 for $what and {braces} & <tags>: it costs $5"


def test_an_unknown_prompt_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x")
    with pytest.raises(PromptError, match=r"no prompt 'two'.*Prompts there: one"):
        load_prompt("two", tmp_path)


def test_a_stray_dollar_sign_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("it costs $ 5")
    with pytest.raises(PromptError, match=r"Write \$\$"):
        load_prompt("bad", tmp_path)
