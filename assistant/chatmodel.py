"""The writer that asks a chat model: it words the answer, under the same checks as every answer."""

from __future__ import annotations

import logging
import os
import queue
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Sentence
from assistant.assessment import Assessment
from assistant.briefing import describe_assessment, describe_draft, describe_evidence, gather_grounds, neutralised
from assistant.citations import Checker, Citation, Ground
from assistant.evidence import Evidence
from assistant.reply import Drafted, leans_back, read_reply, says_no_answer
from index.errors import ModelError, SettingsError
from prompts.loader import load_prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

TIMEOUT = 60.0
"""Seconds that one answer may take, retries included."""
RETRIES = 1
"""A second try mends a dropped connection; more would only make the reader wait for the extractive answer."""
PLACEHOLDER_KEY = "not-needed"
"""Sent to a server of one's own where no key is set: the client libraries refuse to start without one."""

_TAKES_LIMITS = frozenset(
    "openai azure_openai anthropic google_genai mistralai groq deepseek xai together fireworks openrouter".split()
)
"""Providers whose client takes `timeout` and `max_retries`; others might refuse to start with either."""
_EXTRAS = ("openai", "anthropic", "ollama")
_KEYS = {"openai": ("OPENAI_API_KEY",), "anthropic": ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")}
"""Variables of the environment that may hold a provider's key; the first is the one that messages name."""


def open_model(
    model: str | BaseChatModel | None, *, base_url: str = "", timeout: float = TIMEOUT
) -> BaseChatModel | None:
    """The chat model that "provider:name" stands for; a model from Python and None are handed through.

    `base_url` is the address of a server that speaks the provider's protocol, `timeout` in seconds.

    Raises:
        SettingsError: the string is not "provider:name", or nothing is known of the provider.
        ModelError: the provider's package is missing, or the client could not be made (no API key).
    """
    if model is None or not isinstance(model, str):
        return model
    provider, _, name = model.partition(":")
    if not provider.strip() or not name.strip():
        raise SettingsError(f'The model is given as {model!r}; expected "provider:name", as in "openai:gpt-5".')
    provider, name = provider.strip().lower(), name.strip()
    _no_tracing()
    options = _options(provider, base_url=base_url, timeout=timeout)
    from langchain.chat_models import init_chat_model

    try:
        opened: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        install = f'"corroborate[{provider}]"' if provider in _EXTRAS else package
        raise ModelError(
            f"The model {model!r} needs the package of its provider, which is not installed ({error.name or package}). "
            f"Install it: pip install {install}"
        ) from error
    except ValueError as error:
        if "nsupported" in str(error):
            raise SettingsError(
                f"The model {model!r} names a provider that is not known: {provider!r}. Known ones are openai, "
                "anthropic and ollama, and every other that LangChain's init_chat_model takes."
            ) from error
        raise _not_opened(model, provider, error) from error
    except Exception as error:  # each client library has errors of its own for a missing key or a bad option
        raise _not_opened(model, provider, error) from error
    if not base_url and _no_key(provider):
        raise _not_opened(model, provider)  # some clients find out only when they are asked
    return opened


def _no_key(provider: str) -> bool:
    return provider in _KEYS and not any(os.environ.get(name) for name in _KEYS[provider])


def _not_opened(model: str, provider: str, error: Exception | None = None) -> ModelError:
    if _no_key(provider):
        return ModelError(
            f"The model {model!r} needs an API key, and {_KEYS[provider][0]} is not set. Set it, or give "
            "--base-url for a server of your own that needs none."
        )
    return ModelError(f"The model {model!r} could not be opened: {type(error).__name__}. Check its name and options.")


def _options(provider: str, *, base_url: str, timeout: float) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if provider == "ollama":
        options = {"client_kwargs": {"timeout": timeout}}
    elif provider in _TAKES_LIMITS:
        options = {"timeout": timeout, "max_retries": RETRIES}
    if base_url:
        options["base_url"] = base_url
        if _no_key(provider):
            options["api_key"] = PLACEHOLDER_KEY
        if provider == "openai":
            options["use_responses_api"] = False  # servers that copy the protocol copy chat completions
    return options


def model_name(model: BaseChatModel) -> str:
    """ "provider:name" as far as the model tells, else the name of its class."""
    known = model._get_ls_params()
    provider = str(known.get("ls_provider") or "")
    name = str(known.get("ls_model_name") or "")
    return f"{provider}:{name}" if provider and name else name or type(model).__name__


def _no_tracing() -> None:
    """Keeps LangChain from sending questions and articles to a tracing service unless the user turned that on."""
    os.environ.setdefault("LANGSMITH_TRACING", "false")


def ask_model(model: BaseChatModel, messages: Sequence[BaseMessage], timeout: float) -> BaseMessage:
    """The model's reply; the call is given up after `timeout` seconds, whatever the client library does.

    Raises:
        ModelError: no reply in time, or the call failed; the message holds nothing that the server sent.
    """
    from langsmith import tracing_context

    done: queue.SimpleQueue[BaseMessage | BaseException] = queue.SimpleQueue()

    def call() -> None:
        try:
            with tracing_context(enabled=False):
                done.put(model.invoke(list(messages)))
        except BaseException as error:  # it is raised again in the thread that asked
            done.put(error)

    threading.Thread(target=call, name="chat-model", daemon=True).start()
    try:
        reply = done.get(timeout=timeout)
    except queue.Empty:
        raise ModelError("did not answer in time") from None
    if isinstance(reply, BaseException):
        log.info("the chat model failed: %s", type(reply).__name__)
        raise ModelError(_failure(reply)) from reply
    return reply


def _failure(error: BaseException) -> str:
    """Why a call failed, in words of our own: what servers send may hold parts of a key."""
    status = getattr(error, "status_code", None)
    if status in {401, 403}:
        return f"refused the API key, HTTP {status}"
    if status == 429:
        return "takes no more requests for now, HTTP 429"
    if status is not None:
        return f"failed, HTTP {status}"
    name = type(error).__name__
    if "Timeout" in name:
        return "did not answer in time"
    if "Connect" in name or "Protocol" in name:
        return "could not be reached or broke off"
    return f"failed, {name}"


def _new_fence() -> str:
    return f"DATA-{secrets.token_hex(8)}"


@dataclass(frozen=True)
class ModelWriter:
    """Has a chat model word the answer; what the model writes stands only where its citations bear it out."""

    model: BaseChatModel
    """The chat model."""
    timeout: float = TIMEOUT
    """Seconds that the model may take, retries included."""
    new_fence: Callable[[], str] = field(default=_new_fence)
    """Makes the token around the data; it must not be one that an article can know beforehand."""

    def __call__(self, draft: Answer, evidence: Sequence[Evidence]) -> Answer:
        """The draft in the model's words; the draft itself, saying why, where the model fails or nothing it wrote
        stands. Notes and assessment stay those of the draft. A draft that abstains is not put to the model."""
        if draft.abstained:
            return draft
        grounds = gather_grounds(draft, evidence)
        try:
            reply = ask_model(self.model, self._messages(draft, grounds), self.timeout)
        except ModelError as error:
            return self._fallback(draft, str(error))
        text = str(reply.text)
        if not text.strip():
            return self._fallback(draft, "sent an empty reply")
        if says_no_answer(text):
            return self._fallback(draft, "found no answer in the evidence")
        checker = Checker(grounds, _said(draft), contested_claims(draft.assessment))
        kept = _checked(read_reply(text, finished=_finished(reply)), checker)
        if not kept:
            return self._fallback(draft, "wrote nothing that its citations bear out")
        return _numbered(draft, kept, model_name(self.model))

    def _messages(self, draft: Answer, grounds: dict[int, Ground]) -> list[BaseMessage]:
        from langchain_core.messages import HumanMessage, SystemMessage

        fence = self.new_fence()
        question = neutralised(draft.question, fence)
        if draft.standalone_question and draft.standalone_question != draft.question:
            question += f"\n(in full: {neutralised(draft.standalone_question, fence)})"
        data = load_prompt("write_answer").fill(
            fence=fence,
            question=question,
            evidence=describe_evidence(grounds, fence),
            assessment=describe_assessment(draft, grounds, fence),
            draft=describe_draft(draft, fence),
        )
        return [SystemMessage(load_prompt("write_rules").fill(fence=fence)), HumanMessage(data)]

    def _fallback(self, draft: Answer, why: str) -> Answer:
        return replace(draft, made_with=f"{draft.made_with} ({model_name(self.model)} {why})")


def contested_claims(assessment: Assessment | None) -> tuple[str, ...]:
    """The claim and how its reports put it, where it is denied, withdrawn, contradicted or hedged; else nothing."""
    if assessment is None:
        return ()
    denied = any(denial.of_claim for denial in assessment.denials)
    hedged = any(report.statement.hedged for report in assessment.reports)
    if not (denied or hedged or assessment.retractions or assessment.conflicts):
        return ()
    told = (report.statement.content_span.of(report.article.text) for report in assessment.reports)
    return tuple(dict.fromkeys((assessment.claim.text, *told)))


def _said(draft: Answer) -> tuple[tuple[str, tuple[int, ...]], ...]:
    sentences = tuple((sentence.text, sentence.citations) for sentence in draft.sentences)
    return sentences + tuple((note.text, note.citations) for note in draft.notes)


def _finished(reply: BaseMessage) -> bool:
    reason = reply.response_metadata.get("finish_reason") or reply.response_metadata.get("stop_reason")
    return reason not in {"length", "max_tokens", "content_filter"}


def _checked(drafted: Sequence[Drafted], checker: Checker) -> list[tuple[str, tuple[Citation, ...]]]:
    """The sentences that stand; one that leans on a sentence that fell goes with it."""
    kept: list[tuple[str, tuple[Citation, ...]]] = []
    fell = False
    for one in drafted:
        verdict = checker.check(one.text, one.numbers)
        reason = verdict.reason or ("leans on a sentence that went" if fell and leans_back(one.text) else "")
        fell = bool(reason)
        if reason:
            log.info("a sentence of the chat model was left out: %s", reason)
        else:
            kept.append((one.text, verdict.citations))
    return kept


def _numbered(draft: Answer, kept: Sequence[tuple[str, tuple[Citation, ...]]], name: str) -> Answer:
    """The answer with citations numbered from 1 in the order of their use, in the text and then in the notes."""
    order: dict[tuple[str, int, int], Citation] = {}

    def number(citation: Citation) -> int:
        key = (citation.article_id, citation.start, citation.end)
        return order.setdefault(key, replace(citation, number=len(order) + 1)).number

    sentences = tuple(Sentence(text, tuple(dict.fromkeys(map(number, cited)))) for text, cited in kept)
    notes = tuple(
        replace(note, citations=tuple(dict.fromkeys(number(draft.citation(one)) for one in note.citations)))
        for note in draft.notes
    )
    return replace(draft, sentences=sentences, notes=notes, citations=tuple(order.values()), made_with=name)
