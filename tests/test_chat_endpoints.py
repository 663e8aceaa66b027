"""The page's own API, through gradio's client and over plain HTTP, against the running page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from assistant.chat.auth import hash_password
from assistant.chat.serve import Setup, launch
from assistant.export import FORMATS, export, file_name
from assistant.settings import Settings
from assistant.tools import Tools
from tests.fake_assistant import FakeAssistant, failing, ferry_answer
from tests.ports import free_port

pytestmark = pytest.mark.slow
FERRY = "Did the ferry strike the pier?"


def engine() -> FakeAssistant:
    return FakeAssistant({"ferry": ferry_answer, "boom": failing(ValueError("the disk is gone"))})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    page = launch(engine(), Settings(port=port))
    yield f"http://127.0.0.1:{port}"
    page.close(verbose=False)


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def test_three_endpoints_are_listed_with_what_they_take_and_nothing_else(client: Client) -> None:
    listed = client.view_api(return_format="dict", print_info=False)
    assert list(listed["named_endpoints"]) == ["/ask", "/dossier", "/search"]
    assert listed["unnamed_endpoints"] == {}
    taken = {
        name: [one["parameter_name"] for one in told["parameters"]] for name, told in listed["named_endpoints"].items()
    }
    assert taken == {
        "/ask": ["question", "publishers", "since", "until", "format"],
        "/dossier": ["question", "publishers", "since", "until"],
        "/search": ["words", "limit", "publishers", "since", "until"],
    }
    assert all(
        "publishers" in told["description"] or "as of" in told["description"]
        for told in listed["named_endpoints"].values()
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": FERRY, "publishers": ["vardo herald"], "since": "2019", "until": "2019-06"}),
        ("dossier", {"question": FERRY}),
        ("search", {"words": "pier", "limit": 2}),
        ("ask", {"question": "What did it cost?"}),
    ],
)
def test_an_endpoint_gives_what_the_tool_of_that_name_gives(
    client: Client, name: str, arguments: dict[str, Any]
) -> None:
    found = client.predict(api_name=f"/{name}", **arguments)
    assert found == json.loads(json.dumps(getattr(Tools(engine), name)(**arguments)))


def test_the_dossier_is_the_one_of_the_json_export(client: Client) -> None:
    exported = json.loads(export(ferry_answer(), "json"))["dossier"]
    assert client.predict(FERRY, api_name="/dossier") == exported


@pytest.mark.parametrize("format", FORMATS)
def test_an_answer_comes_as_a_file_in_every_format(client: Client, format: str) -> None:
    file = client.predict(FERRY, format=format, api_name="/ask")["file"]
    assert file["name"] == file_name(ferry_answer(), format)
    assert file["text"] == export(ferry_answer(), format)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("ask", {"question": "x" * 1001}, "has 1001 characters; at most 1000"),
        ("ask", {"question": 5}, "question: 5 is no text"),
        ("ask", {"question": FERRY, "format": "docx"}, 'There is no format "docx"'),
        ("ask", {"question": "What did it cost?", "format": "claimreview"}, "no claim to review"),
        ("ask", {"question": "boom?"}, "It failed (ValueError: the disk is gone)"),
        ("dossier", {"question": FERRY, "publishers": ["Nobody"]}, 'No article is by "Nobody"'),
        ("dossier", {"question": FERRY, "publishers": "Vardo Herald"}, "is not a list of names"),
        ("dossier", {"question": FERRY, "since": "soon"}, 'since: "soon" is not a date'),
        ("search", {"words": "pier", "limit": 0}, "limit: 0 is not a number from 1 to 200"),
        ("search", {"words": "pier", "limit": True}, "limit: True is not a number"),
    ],
)  # fmt: skip
def test_a_slip_is_told_to_the_caller(client: Client, name: str, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(AppError) as raised:
        client.predict(api_name=f"/{name}", **arguments)
    assert told in str(raised.value)
    assert "Traceback" not in str(raised.value)


def test_it_is_called_over_plain_http(address: str) -> None:
    asked = httpx.post(f"{address}/gradio_api/call/ask", json={"data": [FERRY, None, "", "", ""]}, timeout=60)
    heard = httpx.get(f"{address}/gradio_api/call/ask/{asked.json()['event_id']}", timeout=60).text
    event, data = heard.strip().split("\n", 1)
    assert event == "event: complete"
    assert json.loads(data.removeprefix("data: "))[0]["citations"][0]["publisher"] == "Vardo Herald"


def test_who_has_to_log_in_has_to_here_too() -> None:
    port, users = free_port(), {"ada": hash_password("correct horse")}
    address = f"http://127.0.0.1:{port}"
    page = launch(FakeAssistant({"ferry": ferry_answer}), Settings(port=port), Setup(users=users))
    try:
        with pytest.raises(AuthenticationError):
            Client(address, verbose=False)
        with pytest.raises(ValueError, match="login"):
            Client(address, verbose=False, auth=("ada", "wrong horse"))
        asked = httpx.post(f"{address}/gradio_api/call/ask", json={"data": [FERRY]}, timeout=60)
        assert asked.status_code == 401
        known = Client(address, verbose=False, auth=("ada", "correct horse"))
        assert known.predict(FERRY, api_name="/ask")["question"] == FERRY
    finally:
        page.close(verbose=False)
