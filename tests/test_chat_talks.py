"""Conversations: what is asked, stopped, marked, kept and deleted, and that none mixes with another."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.chat.kept import FILE, Kept, packed, unpacked
from assistant.chat.session import Mark, Turn
from assistant.chat.talking import Talking, owner_of, tab_of
from assistant.chat.talks import Talks
from assistant.question import Filters
from assistant.settings import Settings
from index.errors import ModelError
from tests.fake_assistant import FakeAssistant, failing, ferry_answer

NONE = Filters()


def talking(engine: FakeAssistant, kept: Kept | None = None) -> Talking:
    return Talking(engine, Settings(), tuple, Talks(engine, kept or Kept(None)), owner_of)


def user(name: str = "") -> Any:
    return SimpleNamespace(username=name, session_hash="tab")


def asked(page: Talking, question: str, id: str = "", who: str = "", **given: Any) -> list[tuple[Any, ...]]:
    async def run() -> list[tuple[Any, ...]]:
        filters = {"publishers": [], "since": "", "until": ""} | given
        return [shown async for shown in page.ask(question, **filters, id=id, request=user(who))]

    return asyncio.run(run())


def id_of(shown: list[tuple[Any, ...]]) -> str:
    return str(shown[0][4])


# --- asking


def test_the_question_shows_at_once_then_the_answer_sentence_by_sentence() -> None:
    shown = asked(talking(FakeAssistant({"ferry": ferry_answer})), "the ferry?")
    first, *between, last = shown
    assert first[0] == "" and "<progress" in first[2]
    parts = [one[2] for one in between if 'class="answer"' in str(one[2])]
    assert ["Nordline" in part for part in parts] == [False]
    assert 'class="answer"' in last[1] and last[2] == "" and 'data-turn="1"' in last[3]
    assert "the ferry?" in last[5]


def test_each_conversation_has_its_own_talk() -> None:
    engine = FakeAssistant({"ferry": ferry_answer})
    page = talking(engine)
    one = id_of(asked(page, "the ferry?"))
    two = id_of(asked(page, "another thing?"))
    asked(page, "and the ferry again?", one)
    assert [talk.asked for talk in engine.talks] == [["the ferry?", "and the ferry again?"], ["another thing?"]]
    assert one != two


def test_an_error_becomes_a_turn_and_the_next_question_is_answered() -> None:
    engine = FakeAssistant(
        {"ferry": ferry_answer, "model": failing(ModelError("no model")), "bug": failing(KeyError())}
    )
    page = talking(engine)
    id = id_of(asked(page, "the model?"))
    asked(page, "the bug?", id)
    asked(page, "the ferry?", id)
    found = page.talks.find("", id)
    assert found
    model, bug, ferry = found.turns
    assert model.error == "no model"
    assert "KeyError" in bug.error and "Ask again" in bug.error
    assert ferry.answer and not ferry.error
    assert [turn.number for turn in found.turns] == [1, 2, 3]
    assert found.latest == ferry


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("q", {"since": "soon"}, "is not a date"),
        ("q", {"publishers": ["Nobody"]}, "No article is by"),
        ("x" * 1001, {}, "at most 1000"),
    ],
)
def test_a_refused_question_stays_in_the_box_and_never_reaches_the_engine(
    question: str, given: dict[str, Any], said: str
) -> None:
    engine = FakeAssistant()
    (only,) = asked(talking(engine), question, **given)
    assert only[0] == question
    assert said in only[2]
    assert not engine.calls


def test_asking_an_empty_collection_says_how_to_fill_it() -> None:
    (only,) = asked(talking(FakeAssistant(articles=())), "q")
    assert "corroborate ingest PATH --index DIR" in only[2]


def test_a_question_of_white_space_is_none() -> None:
    (only,) = asked(talking(FakeAssistant()), "  ")
    assert "value" not in str(only[1])


def test_a_conversation_takes_one_question_at_a_time() -> None:
    engine = FakeAssistant({"ferry": ferry_answer})
    talks = Talks(engine, Kept(None))
    session = talks.begin("")
    turn = talks.ask(session, "the ferry?", NONE)
    assert turn and talks.ask(session, "and now?", NONE) is None
    talks.answer(session, turn, lambda step: None)
    assert talks.ask(session, "and now?", NONE)


def test_a_stopped_answer_leaves_the_conversation_as_if_it_had_not_been_asked() -> None:
    gate = threading.Event()
    gate.set()
    talks = Talks(FakeAssistant({"ferry": ferry_answer}, gate=gate), Kept(None))
    session = talks.begin("")
    turn = talks.ask(session, "the ferry?", NONE)
    assert turn
    done = talks.answer(session, turn, lambda step: talks.stop(session.id) if step == "match" else None)
    assert done.stopped and done.answer is None and "stopped" in done.error
    assert not talks.stopping(session.id)
    again = talks.ask(session, "the ferry?", NONE)
    assert again and talks.answer(session, again, lambda step: None).answer


# --- looking into it


@pytest.mark.parametrize(
    "sent",
    [{"turn": 7, "number": 1}, {"turn": "1", "number": 1}, {}, {"turn": 1, "number": "x"}, {"turn": [], "row": {}}],
)
def test_what_a_browser_sends_of_a_citation_is_checked(sent: dict[str, Any]) -> None:
    page = talking(FakeAssistant({"ferry": ferry_answer}))
    id = id_of(asked(page, "the ferry?"))
    assert "<section" not in str(page.cite(id, sent, user()))
    assert "<mark" in page.cite(id, {"turn": 1, "number": 1}, user())[1]
    assert "<mark" in page.cite(id, {"turn": 1, "row": 2}, user())[1]
    assert "<section" not in str(page.cite("other", {"turn": 1, "number": 1}, user()))


def test_a_mark_is_shown_and_kept() -> None:
    kept = Kept(None)
    page = talking(FakeAssistant({"ferry": ferry_answer}), kept)
    id = id_of(asked(page, "the ferry?"))
    assert "You marked this wrong: “missed denial”" in page.mark(id, 1, False, " missed denial ", user())
    (turn,) = kept.turns("", id)
    assert turn.mark == Mark(False, "missed denial")
    page.mark(id, 9, True, "", user())
    assert kept.turns("", id) == (turn,)


# --- keeping


def test_a_turn_is_packed_and_unpacked_whole() -> None:
    turn = Turn(3, "q", Filters(("A",)), ferry_answer(), mark=Mark(True))
    record = packed(turn)
    assert unpacked(record) == turn
    assert unpacked(record[:-9]) is None
    assert unpacked(b"") is None


def test_conversations_outlive_a_restart_and_go_on(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    id = id_of(asked(talking(FakeAssistant({"ferry": ferry_answer}), kept), "the ferry?"))
    kept.close()
    engine = FakeAssistant({"ferry": ferry_answer})
    page = talking(engine, Kept(tmp_path))
    talk, _, dossier, shown, listed = page.reopen(id, user())
    assert shown == id and "the ferry?" in talk and "the ferry?" in listed and 'data-turn="1"' in dossier
    asked(page, "and then?", id)
    assert engine.talks[-1].asked == ["the ferry?", "and then?"]
    assert "2 questions" in page.listed("", id)


def test_nobody_sees_or_deletes_the_conversations_of_another(tmp_path: Path) -> None:
    page = talking(FakeAssistant({"ferry": ferry_answer}), Kept(tmp_path))
    id = id_of(asked(page, "the ferry?", who="ada"))
    for other in (page, talking(FakeAssistant(), Kept(tmp_path))):
        assert "the ferry" not in str(other.reopen(id, user("bob")))
        assert "the ferry" not in str(other.delete("", id, user("bob")))
        assert "the ferry" in str(other.reopen(id, user("ada")))


def test_a_deleted_conversation_is_gone_from_the_file_also_where_an_answer_was_on_its_way(tmp_path: Path) -> None:
    engine = FakeAssistant({"ferry": ferry_answer})
    talks = Talks(engine, Kept(tmp_path))
    session = talks.begin("")
    first = talks.ask(session, "the ferry called Solveig?", NONE)
    assert first
    talks.answer(session, first, lambda step: None)
    second = talks.ask(session, "and then?", NONE)
    assert second
    assert talks.delete("", session.id)
    talks.answer(session, second, lambda step: None)
    assert talks.listed("") == ()
    assert b"called Solveig" not in (tmp_path / FILE).read_bytes()
    assert not talks.delete("", session.id)


def test_strangers_on_an_open_page_see_their_own_tab_alone() -> None:
    assert tab_of(SimpleNamespace(session_hash="a")) != tab_of(SimpleNamespace(session_hash="b"))
    assert owner_of(None) == "" and owner_of(user("ada")) == "ada"
