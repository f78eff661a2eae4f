"""Any OpenAI-compatible endpoint: OpenAI, OpenRouter, Gemini's, Ollama, vLLM, llama.cpp.

The official SDK knows addresses, authentication and errors; the bytes of the stream are taken as they come. No retries,
no redirects, no proxy from the environment. What the upstream says in an error never leaves this module, and neither
a key nor a prompt is logged.
"""

import contextlib
import copy
import datetime as dt
import email.utils
import logging
import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

import httpx2
from openai import APIConnectionError, APIStatusError, OpenAI, OpenAIError, Stream

from app.errors import ModelFailed, ModelTimeout, ModelUnavailable
from app.providers.base import Cancellation, Cancelled, Delta, Finish, Prompt
from app.providers.base import Stream as Pieces
from app.providers.completions import Malformed, Reading
from app.providers.deadlines import Call, current_call, sweeper
from app.providers.shapes import REFUSALS, Shapes, in_instructions, in_schema
from app.providers.structured import structured
from app.providers.transport import Transport

log = logging.getLogger(__name__)

OPENAI_URL = "https://api.openai.com/v1"
CHECK_SECONDS = 2.0
LAST_WORDS_SECONDS = 2.0  # after the finish reason only usage and [DONE] may come
RETRY_SECONDS = 10
MOST_RETRY_SECONDS = 3600
OWN_KEY_REFUSED = "Your own key was refused by the model's provider. Store another one, or remove it."


class OpenAIProvider:
    """A language model at an OpenAI-compatible address; an empty `base_url` is OpenAI's own. Times are in seconds.

    `silence_timeout` is how long the model may say nothing (a keep-alive says nothing), `total_timeout` how long the
    whole answer may take.
    """

    name = "openai"
    reads_facts = False

    def __init__(
        self, *, api_key: str, base_url: str, connect_timeout: float, silence_timeout: float, total_timeout: float
    ) -> None:
        self._silence = silence_timeout
        self._total = total_timeout
        url = base_url or OPENAI_URL
        self._limit_name = _limit_name(url)
        self._asks_with_own_key = False
        self._shapes = Shapes()
        tls = httpx2.create_ssl_context() if url.startswith("https:") else None
        http = httpx2.Client(
            transport=Transport(connect_timeout=connect_timeout, tls=tls),
            headers={"Accept-Encoding": "identity"},
            follow_redirects=False,
            trust_env=False,
            timeout=None,
        )
        self._client = OpenAI(api_key=api_key or "none", base_url=url, max_retries=0, http_client=http)
        for chatty in ("openai", "httpx2"):  # at DEBUG they log whole prompts
            logging.getLogger(chatty).setLevel(logging.WARNING)

    def with_key(self, api_key: str) -> "OpenAIProvider":
        """The same model at the same address, asked with another key: cheap, for one turn.

        The connections are shared, and stay this provider's to close.
        """
        other = copy.copy(self)
        other._asks_with_own_key = True  # noqa: SLF001  (one of our own)
        other._client = self._client.with_options(api_key=api_key)  # noqa: SLF001  (one of our own)
        return other

    def stream(self, prompt: Prompt, cancellation: Cancellation) -> Pieces:
        """Yield what each read brings as one `Delta`, and a `Finish` if the model said that it is done."""
        pieces = self._pieces(prompt, cancellation)
        return pieces if prompt.shape is None else structured(pieces)

    def _pieces(self, prompt: Prompt, cancellation: Cancellation) -> Pieces:
        call = Call(silence=self._silence, total=self._total)
        reading = Reading()
        problem: Exception | None = None
        cancellation.on_cancel(lambda: call.end("cancelled"))
        try:
            with sweeper.watching(call), self._answer(prompt, call) as batches:
                yield from _deltas(batches, reading, call)
        except (OpenAIError, httpx2.TransportError, Malformed) as error:
            problem = error
        finally:
            cancellation.on_cancel(None)
        if call.ended_by == "cancelled" and not reading.complete:
            raise Cancelled
        if not reading.complete:
            if self._asks_with_own_key and isinstance(problem, APIStatusError) and problem.status_code in (401, 403):
                raise _own_key_refused(problem)
            raise _failure(problem, call, reading)
        yield Finish(reason=reading.reason or "stop", usage=reading.usage)

    def close(self) -> None:
        """Close the idle connections."""
        self._client.close()

    def check(self) -> None:
        """Ask for the list of models: whoever answers that, and takes our key, is there."""
        call = Call(silence=CHECK_SECONDS, total=CHECK_SECONDS)
        problem: Exception | None = None
        try:
            with sweeper.watching(call), _current(call):
                self._client.get("/models", cast_to=httpx2.Response)
        except (OpenAIError, httpx2.TransportError) as error:
            problem = error
        if isinstance(problem, APIStatusError) and problem.status_code not in (401, 403) and problem.status_code < 500:
            return  # it has no such list, or is busy: it is there
        if problem is not None:
            raise ModelUnavailable(retry_after=RETRY_SECONDS)

    @contextlib.contextmanager
    def _answer(self, prompt: Prompt, call: Call) -> Iterator[Iterator[bytes]]:
        """Send the prompt; give the answer's batches of bytes. The response is closed whatever happens."""
        response = self._sent(prompt, call)
        with contextlib.closing(response):
            if not response.headers.get("content-type", "").lower().startswith("text/event-stream"):
                raise Malformed("the answer is not an event stream")
            if response.headers.get("content-encoding", "identity") != "identity":
                raise Malformed("the answer is encoded in a way that was not asked for")
            yield response.iter_raw()

    def _sent(self, prompt: Prompt, call: Call) -> httpx2.Response:
        """Send a prompt; where the model takes no schema, once more with the schema in the instructions."""
        body: dict[str, object] = {
            "model": prompt.model,
            "messages": [{"role": message.role, "content": message.content} for message in prompt.messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            self._limit_name: prompt.max_tokens,
        }
        if prompt.temperature is not None:
            body["temperature"] = prompt.temperature
        if prompt.shape is None:
            return self._post(body, call)
        if self._shapes.takes_schema(prompt.model):
            try:
                return self._post(body | in_schema(prompt.shape), call)
            except APIStatusError as error:
                if error.status_code not in REFUSALS:
                    raise
        response = self._post(body | in_instructions(prompt), call)
        self._shapes.refuses_schema(prompt.model)  # not before: the refusal can have had another reason
        return response

    def _post(self, body: dict[str, object], call: Call) -> httpx2.Response:
        with _current(call):  # not `chat.completions.create`, which walks every message once more, for 4 ms
            return cast(
                httpx2.Response,
                self._client.post(
                    "/chat/completions", body=body, cast_to=httpx2.Response, stream=True, stream_cls=Stream[object]
                ),
            )


def _deltas(batches: Iterator[bytes], reading: Reading, call: Call) -> Iterator[Delta]:
    for batch in batches:
        text = reading.feed(batch)
        if text:
            call.pause()
            yield Delta(text)
        if call.ended_by:
            return
        if reading.alive:
            call.heard()
        if reading.over:
            call.hurry(LAST_WORDS_SECONDS)
    if not call.ended_by and (text := reading.flush()):
        yield Delta(text)


@contextlib.contextmanager
def _current(call: Call) -> Iterator[None]:
    """Name the call that the transport works for."""
    token = current_call.set(call)
    try:
        yield
    finally:
        current_call.reset(token)


def _limit_name(url: str) -> str:
    """How this endpoint calls the longest answer, in tokens.

    OpenAI's newer models refuse `max_tokens`. Ollama and llama.cpp know no other name and ignore
    `max_completion_tokens` silently, which leaves an answer without end; vLLM, OpenRouter and Gemini take both.
    """
    host = urlsplit(url).hostname or ""
    is_openai = host.endswith((".openai.com", ".openai.azure.com"))
    return "max_completion_tokens" if is_openai else "max_tokens"


def _failure(problem: Exception | None, call: Call, reading: Reading) -> ModelFailed:
    """Say in our own words what went wrong; log what an operator needs and the upstream cannot have chosen."""
    if call.ended_by in ("silence", "total"):
        log.warning("The model was too slow (%s) after %d characters.", call.ended_by, reading.length)
        return ModelTimeout()
    if isinstance(problem, APIStatusError):
        return _refusal(problem)
    if isinstance(problem, APIConnectionError) and isinstance(
        problem.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout
    ):
        log.warning("The model endpoint cannot be reached (%s).", problem.__cause__)
        return ModelUnavailable(retry_after=RETRY_SECONDS)
    if isinstance(problem, Malformed | httpx2.TransportError):
        what = str(problem)
    elif reading.over:
        what = "the answer is empty"
    else:
        what = "the answer ends before its end" if problem is None else type(problem).__name__
    log.warning("The model failed after %d characters: %s.", reading.length, what)
    return ModelFailed()


def _refusal(error: APIStatusError) -> ModelFailed:
    status, request_id = error.status_code, _request_id(error)
    if status in (401, 403):
        log.error(
            "The model endpoint refused the key (status %d, request %s): check OPENAI_API_KEY.", status, request_id
        )
        return ModelFailed()
    log.warning("The model endpoint answered with status %d (request %s).", status, request_id)
    if status in (429, 503):
        return ModelUnavailable(retry_after=_retry_after(error.response.headers.get("retry-after", "")))
    return ModelFailed()


def _own_key_refused(error: APIStatusError) -> ModelFailed:
    """Say it to the user, who alone can mend it; no operator has to look."""
    log.info("A user's own key was refused (status %d, request %s).", error.status_code, _request_id(error))
    return ModelFailed(OWN_KEY_REFUSED)


def _request_id(error: APIStatusError) -> str:
    return re.sub(r"[^\w.-]", "", error.response.headers.get("x-request-id", ""))[:64] or "-"


def _retry_after(value: str) -> int:
    """Seconds, from a number or an HTTP date, kept between a second and an hour."""
    try:
        seconds = float(value) if value[:1].isdigit() else _seconds_until(value)
        return int(min(max(seconds, 1), MOST_RETRY_SECONDS))
    except (ValueError, OverflowError):
        return RETRY_SECONDS


def _seconds_until(date: str) -> float:
    return (email.utils.parsedate_to_datetime(date) - dt.datetime.now(dt.UTC)).total_seconds()
