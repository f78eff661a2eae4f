"""The model wire against a real socket: what a whole answer is, every way in which one can fail, and how a call ends."""

import datetime as dt
import email.utils
import json
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import ModelFailed, ModelTimeout, ModelUnavailable
from app.providers.base import Cancellation, Cancelled, Delta, Finish, Message, Prompt, Usage
from app.providers.openai import OpenAIProvider
from tests.fakes.upstream import (
    CUT,
    RESET,
    SILENCE,
    Answer,
    Script,
    Upstream,
    answer,
    chunk,
    error,
    event,
    exact_usage,
    silence,
    trickle,
)

ROOT = Path(__file__).parents[2]
SECRET = "sk-not-for-the-log"
QUESTION = "How do I tailor my very private resume?"
LEAK = "upstream words that could carry a key"
WHOLE = answer("Lead ", "with ", "Kafka.")


def provider(
    upstream: Upstream | str, *, silence_timeout: float = 5, total_timeout: float = 10, connect_timeout: float = 1
) -> OpenAIProvider:
    return OpenAIProvider(
        api_key=SECRET,
        base_url=upstream if isinstance(upstream, str) else upstream.url,
        connect_timeout=connect_timeout,
        silence_timeout=silence_timeout,
        total_timeout=total_timeout,
    )


def prompt(question: str = QUESTION) -> Prompt:
    messages = (
        Message(role="system", content="You help.", tokens=3),
        Message(role="user", content=question, tokens=8),
    )
    return Prompt(messages=messages, model="gpt-4.1-mini", max_tokens=50, prompt_tokens=22)


def ask(model: OpenAIProvider, cancellation: Cancellation | None = None) -> tuple[str, Finish]:
    *deltas, finish = model.stream(prompt(), cancellation or Cancellation())
    assert all(isinstance(delta, Delta) for delta in deltas)
    assert isinstance(finish, Finish)
    return "".join(delta.text for delta in deltas if isinstance(delta, Delta)), finish


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


# What is an answer


def test_an_answer_is_its_deltas_then_one_finish(upstream: Upstream) -> None:
    upstream.play(answer("Lead ", "with ", "Kafka.", usage={"prompt_tokens": 21, "completion_tokens": 4}))
    text, finish = ask(provider(upstream))
    assert text == "Lead with Kafka."
    assert finish == Finish(reason="stop", usage=Usage(prompt_tokens=21, completion_tokens=4))


def test_the_request_is_what_was_asked_and_no_more(upstream: Upstream) -> None:
    ask(provider(upstream))
    assert upstream.last.body == {
        "model": "gpt-4.1-mini",
        "messages": [{"role": "system", "content": "You help."}, {"role": "user", "content": QUESTION}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 50,
    }
    assert upstream.last.headers["authorization"] == f"Bearer {SECRET}"
    assert upstream.last.headers["accept-encoding"] == "identity"


def test_openai_itself_gets_the_only_name_of_the_limit_that_its_newer_models_take() -> None:
    for url, name in (
        ("", "max_completion_tokens"),
        ("https://eu.api.openai.com/v1", "max_completion_tokens"),
        ("https://mine.openai.azure.com/openai/v1", "max_completion_tokens"),
        ("https://openrouter.ai/api/v1", "max_tokens"),
        ("http://127.0.0.1:11434/v1", "max_tokens"),
    ):
        assert provider(url)._limit_name == name, url


def test_the_tokens_the_endpoint_counts_come_back(upstream: Upstream) -> None:
    upstream.play(exact_usage)
    _, finish = ask(provider(upstream))
    assert finish.usage.prompt_tokens == upstream.last.prompt_tokens()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 3, 100_000])
def test_characters_and_events_survive_any_cut(upstream: Upstream, newline: str, size: int) -> None:
    upstream.play(
        answer(
            "Évidemment, ", "l’équipe 👩‍💻 ", "a dit\u2028: «\xa0oui\xa0»\n\n", newline=newline, comments=True
        ).cut_into(size)
    )
    assert ask(provider(upstream))[0] == "Évidemment, l’équipe 👩‍💻 a dit\u2028: «\xa0oui\xa0»\n\n"


def test_what_arrives_together_is_one_delta(upstream: Upstream) -> None:
    together = b"".join(step for step in WHOLE.steps if isinstance(step, bytes))
    upstream.play(Answer(steps=(together,)))
    deltas = [piece for piece in provider(upstream).stream(prompt(), Cancellation()) if isinstance(piece, Delta)]
    assert deltas == [Delta("Lead with Kafka.")]


@pytest.mark.parametrize(
    ("finish", "reason"),
    [("stop", "stop"), ("length", "length"), ("content_filter", "content_filter"), ("eos_token", "stop")],
)
def test_the_finish_reason_is_one_of_ours(upstream: Upstream, finish: str, reason: str) -> None:
    upstream.play(answer("Lead", finish=finish))
    assert ask(provider(upstream))[1].reason == reason


@pytest.mark.parametrize(
    "script",
    [
        answer("Lead with Kafka.", finish=None),
        answer("Lead with Kafka.", done=False),
        answer("Lead with Kafka.", done=False).after(3, RESET),
        answer("Lead with Kafka.").after(3, SILENCE),
        answer("Lead with Kafka.").after(3, b"data: [DONE]"),
        answer("Lead with Kafka.").after(3, event({"choices": []}), event({"choices": None}), event(chunk(None))),
        answer("Lead with Kafka.").after(2, event(chunk(None)), event(chunk({}, finish_reason="stop"))),
        answer("Lead with Kafka.").after(2, b"id: 7\nevent: x\nretry: 1\n\n", event("[DONE]")),
    ],
    ids=[
        "only DONE",
        "only a reason",
        "reset after it",
        "silent after it",
        "no last blank line",
        "empty choices",
        "null delta",
        "other fields",
    ],
)
def test_an_answer_is_whole_as_soon_as_the_model_says_so(upstream: Upstream, script: Answer) -> None:
    upstream.play(script)
    assert ask(provider(upstream))[0] == "Lead with Kafka."


def test_only_the_first_choice_is_read(upstream: Upstream) -> None:
    second = {"choices": [{"index": 1, "delta": {"content": "other"}, "finish_reason": "length"}]}
    upstream.play(answer("Lead").after(2, event(second), event("[DONE]")))
    assert ask(provider(upstream)) == ("Lead", Finish(reason="stop", usage=Usage()))


@pytest.mark.parametrize("nonsense", ["-1", "1000000000000", "NaN", "true", '"12"', "1.5", "null", "[]"])
def test_nonsense_in_the_usage_is_as_good_as_nothing(upstream: Upstream, nonsense: str) -> None:
    usage = f'{{"choices": [], "usage": {{"prompt_tokens": {nonsense}, "completion_tokens": 4}}}}'
    upstream.play(answer("Lead").after(3, event(usage), event("[DONE]")))
    assert ask(provider(upstream))[1].usage == Usage(prompt_tokens=None, completion_tokens=4)


@pytest.mark.parametrize("usage", [[], "many", 5])
def test_a_usage_that_is_no_object_is_as_good_as_nothing(upstream: Upstream, usage: object) -> None:
    upstream.play(answer("Lead", usage=usage))
    assert ask(provider(upstream))[1].usage == Usage()


def test_half_an_emoji_does_not_cost_the_answer(upstream: Upstream) -> None:
    upstream.play(
        answer("Lead").after(2, event('{"choices": [{"delta": {"content": " on\\ud83d"}}]}'), event("[DONE]"))
    )
    assert ask(provider(upstream))[0] == "Lead on\ufffd"


def test_thinking_aloud_is_no_text_and_no_silence(upstream: Upstream) -> None:
    thoughts = [event(chunk({"reasoning_content": "hm", "content": None}))] * 6
    upstream.play(Answer(steps=(*thoughts, *WHOLE.steps), pace=0.2))
    assert ask(provider(upstream, silence_timeout=0.6))[0] == "Lead with Kafka."


def test_a_slow_reader_is_not_a_silent_model(upstream: Upstream) -> None:
    upstream.play(answer("Lead ", "with ", "Kafka.", pace=0.05))
    stream = provider(upstream, silence_timeout=0.4).stream(prompt(), Cancellation())
    pieces = [next(stream)]
    time.sleep(0.9)
    assert isinstance([*pieces, *stream][-1], Finish)


def test_a_connection_serves_one_answer_after_the_other(upstream: Upstream) -> None:
    model = provider(upstream)
    for _ in range(3):
        ask(model)
    assert upstream.connections == 1


def test_a_connection_that_was_given_up_meanwhile_is_replaced(upstream: Upstream) -> None:
    model = provider(upstream)
    ask(model)
    upstream.drop_connections()
    ask(model)
    assert upstream.connections == 2


# How it fails

FAULTS: dict[str, tuple[Script, type[ModelFailed]]] = {
    "401": (error(401, message=LEAK), ModelFailed),
    "403": (error(403, message=LEAK), ModelFailed),
    "404": (error(404, message=LEAK), ModelFailed),
    "context too long": (error(400, message=f"{LEAK}: maximum context length"), ModelFailed),
    "429": (error(429, message=LEAK), ModelUnavailable),
    "500": (error(500, message=LEAK), ModelFailed),
    "503": (error(503, message=LEAK), ModelUnavailable),
    "redirect": (error(302, message=LEAK, headers={"Location": "/v1/models"}), ModelFailed),
    "an error body without end": (Answer(status=500, steps=(b"x" * 50_000,) * 100), ModelFailed),
    "silent before the head": (silence(), ModelTimeout),
    "silent after the head": (silence(head=True), ModelTimeout),
    "silent in the middle": (WHOLE.after(2, SILENCE), ModelTimeout),
    "one byte a second": (trickle(pace=0.1), ModelTimeout),
    "one comment a second": (Answer(steps=(b": still here\n\n",) * 3600, pace=0.1), ModelTimeout),
    "one empty delta a second": (Answer(steps=(event(chunk("")),) * 3600, pace=0.1), ModelTimeout),
    "one word a second": (Answer(steps=(event(chunk("a ")),) * 3600, pace=0.1), ModelTimeout),
    "an error body by the byte": (Answer(status=500, steps=(b"x",) * 3600, pace=0.1), ModelTimeout),
    "ends without a reason": (WHOLE.after(3), ModelFailed),
    "ends inside an event": (WHOLE.after(2, b'data: {"choices": [{"del'), ModelFailed),
    "connection closed in the middle": (WHOLE.after(3, CUT), ModelFailed),
    "malformed JSON": (WHOLE.after(2, b'data: {"choices": [}\n\n', event("[DONE]")), ModelFailed),
    "JSON of another kind": (WHOLE.after(2, event([1, 2]), event("[DONE]")), ModelFailed),
    "content is no text": (WHOLE.after(2, event(chunk({"content": {"a": 1}})), event("[DONE]")), ModelFailed),
    "nested without end": (WHOLE.after(1, event('{"usage":' + "[" * 100_000)), ModelFailed),
    "not UTF-8": (WHOLE.after(1, b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n'), ModelFailed),
    "an error event": (WHOLE.after(2, event({"error": {"message": LEAK, "code": 429}}), event("[DONE]")), ModelFailed),
    "ends in an error": (WHOLE.after(2, event(chunk({}, finish_reason="error")), event("[DONE]")), ModelFailed),
    "HTML": (Answer(steps=(b"<html>" + LEAK.encode(),), content_type="text/html"), ModelFailed),
    "HTML that calls itself a stream": (Answer(steps=(b"<html>\n\n" + LEAK.encode(),)), ModelFailed),
    "a JSON error with 200": (error(200, message=LEAK), ModelFailed),
    "compressed": (Answer(steps=WHOLE.steps, headers={"Content-Encoding": "gzip"}), ModelFailed),
    "a line of 10 MB": (WHOLE.after(1, b"data: " + b"x" * 10_000_000), ModelFailed),
    "a delta of 10 MB": (WHOLE.after(1, *[event(chunk("x" * 500_000))] * 20), ModelFailed),
    "empty": (answer(), ModelFailed),
    "blank": (answer(" ", "\n"), ModelFailed),
    "empty because filtered": (answer(finish="content_filter"), ModelFailed),
    "no body": (Answer(steps=()), ModelFailed),
    **{f"reset after step {count}": (WHOLE.after(count, RESET), ModelFailed) for count in range(4)},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_a_clear_error_within_the_limits(
    upstream: Upstream, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script, kind = FAULTS[fault]
    upstream.play(script)
    model = provider(upstream, silence_timeout=0.5, total_timeout=1.5)
    started = time.monotonic()
    with pytest.raises(ModelFailed) as caught:
        ask(model)
    assert time.monotonic() - started < 5
    assert type(caught.value) is kind
    assert (caught.value.sentence, caught.value.__cause__, caught.value.__context__) == (kind.sentence, None, None)
    for hidden in (SECRET, QUESTION, LEAK):
        assert hidden not in caplog.text
    assert [record.name for record in caplog.records].count("app.providers.openai") == 1
    upstream.wait_for(lambda upstream: upstream.open == 0, seconds=2)
    upstream.play(WHOLE)
    assert ask(model)[0] == "Lead with Kafka."


def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        ask(provider(f"http://127.0.0.1:{free_port()}/v1"))
    assert caught.value.retry_after == 10


def test_a_name_that_does_not_resolve_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_options: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ModelUnavailable):
        ask(provider("http://model.invalid/v1"))


def test_a_host_that_does_not_answer_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:  # they fill the backlog, and the kernel drops who comes next
            client.setblocking(False)
            client.connect_ex(address)
        started = time.monotonic()
        with pytest.raises(ModelUnavailable):
            ask(provider(f"http://127.0.0.1:{address[1]}/v1", connect_timeout=0.3))
        assert time.monotonic() - started < 3
        for client in waiting:
            client.close()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 1), ("1.5", 1), ("99999999", 3600), ("1e400", 3600), ("soon", 10), ("-5", 10), ("", 10)],
)
def test_how_long_to_wait_is_bounded(upstream: Upstream, header: str, seconds: int) -> None:
    upstream.play(error(429, headers={"Retry-After": header}))
    with pytest.raises(ModelUnavailable) as caught:
        ask(provider(upstream))
    assert caught.value.retry_after == seconds


def test_how_long_to_wait_may_be_a_date(upstream: Upstream) -> None:
    date = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60), usegmt=True)
    upstream.play(error(429, headers={"Retry-After": date}))
    with pytest.raises(ModelUnavailable) as caught:
        ask(provider(upstream))
    assert 55 <= (caught.value.retry_after or 0) <= 60


def test_a_refusal_is_not_tried_again(upstream: Upstream) -> None:
    upstream.play(error(500))
    with pytest.raises(ModelFailed):
        ask(provider(upstream))
    assert len(upstream.requests) == 1


def test_the_operator_reads_which_key_was_refused_and_which_request(
    upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    upstream.play(error(401, headers={"X-Request-Id": "req_7\x1b[31m!"}))
    with pytest.raises(ModelFailed):
        ask(provider(upstream))
    assert "OPENAI_API_KEY" in caplog.text
    assert "status 401, request req_731m)" in caplog.text


# How it is broken off


def leave(upstream: Upstream, script: Script, *, until: Callable[[Upstream], bool]) -> float:
    """Cancel from another thread once `until` holds; give the seconds until the upstream saw it."""
    upstream.play(script)
    cancellation = Cancellation()
    left: list[float] = []

    def cancel() -> None:
        upstream.wait_for(until)
        left.append(time.monotonic())
        cancellation.cancel()

    threading.Thread(target=cancel, daemon=True).start()
    with pytest.raises(Cancelled):
        ask(provider(upstream), cancellation)
    upstream.wait_for(lambda upstream: upstream.last.disconnected_at is not None)
    assert upstream.last.disconnected_at is not None
    return upstream.last.disconnected_at - left[0]


@pytest.mark.parametrize(
    "script",
    [silence(), silence(head=True), WHOLE.after(2, SILENCE), answer(*"abcdefghij" * 20, pace=0.05)],
    ids=["before the head", "before the first word", "between two words", "while it talks"],
)
def test_a_cancelled_call_ends_upstream_within_a_second(upstream: Upstream, script: Answer) -> None:
    assert leave(upstream, script, until=lambda upstream: bool(upstream.chats)) < 1


def test_an_answer_cancelled_after_its_finish_is_whole(upstream: Upstream) -> None:
    upstream.play(answer("All ", "of ", "it.").after(5, SILENCE))  # its finish, and then nothing
    cancellation = Cancellation()
    pieces = provider(upstream).stream(prompt(), cancellation)
    said = ""
    while "it." not in said:
        piece = next(pieces)
        assert isinstance(piece, Delta)
        said += piece.text
    threading.Timer(0.2, cancellation.cancel).start()
    assert [type(piece) for piece in pieces] == [Finish]
    upstream.wait_for(lambda upstream: upstream.last.disconnected_at is not None)


def test_a_call_cancelled_before_it_began_reads_no_answer(upstream: Upstream) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        ask(provider(upstream), cancellation)


def test_cancelling_what_has_ended_harms_nobody_else(upstream: Upstream) -> None:
    model, cancellation = provider(upstream), Cancellation()
    ask(model, cancellation)
    upstream.play(answer(*"abcdef", pace=0.05))
    stream = model.stream(prompt(), Cancellation())  # over the same connection
    first = next(stream)
    cancellation.cancel()
    assert isinstance([first, *stream][-1], Finish)
    assert upstream.connections == 1


def test_a_stream_that_is_dropped_closes_its_upstream(upstream: Upstream) -> None:
    upstream.play(answer(*"abcdefghij" * 20, pace=0.05))
    stream = provider(upstream).stream(prompt(), Cancellation())
    next(stream)
    stream.close()
    upstream.wait_for(lambda upstream: upstream.last.disconnected_at is not None, seconds=1)


def test_under_gevent_deadlines_and_cancellation_wake_the_reader(upstream: Upstream) -> None:
    upstream.play(WHOLE, silence(), silence(head=True), silence())
    script = ROOT / "tests" / "providers" / "green_calls.py"
    ran = subprocess.run(
        [sys.executable, str(script), upstream.url], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == ["Lead with Kafka.", "Cancelled", "Cancelled", "ModelTimeout"]
    cancelled = [request for request in upstream.chats if request.disconnected_at is not None]
    assert len(cancelled) == 3


# Whether it is there


def test_check_passes_where_models_are_listed(upstream: Upstream) -> None:
    provider(upstream).check()


@pytest.mark.parametrize(("status", "there"), [(404, True), (429, True), (401, False), (403, False), (500, False)])
def test_check_tells_a_missing_list_from_a_refused_key(upstream: Upstream, status: int, there: bool) -> None:
    upstream.models = error(status)
    if there:
        provider(upstream).check()
        return
    with pytest.raises(ModelUnavailable):
        provider(upstream).check()


def test_check_gives_up_after_two_seconds(upstream: Upstream) -> None:
    upstream.models = silence()
    started = time.monotonic()
    with pytest.raises(ModelUnavailable):
        provider(upstream).check()
    assert time.monotonic() - started < 4
