"""An answer of a shape: its reply arrives as text while it grows, and the whole object at the end."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ModelFailed
from app.providers.base import Cancellation, Cancelled, Delta, Finish, FinishReason, Message, Prompt, Stream, Usage
from app.providers.openai import OpenAIProvider
from app.providers.structured import structured
from tests.fakes.upstream import SILENCE, Upstream, answer, error

SHAPE = {
    "type": "object",
    "properties": {"reply": {"type": "string"}, "changes": {"type": "array", "items": {"type": "string"}}},
    "required": ["reply", "changes"],
    "additionalProperties": False,
}
REPLY = 'Thanks, “Zoë”! A\ttab, a \\ and a line\nbreak: 👩‍💻 {"reply": "no"} \u2028 </script>'
WHOLE = {"reply": REPLY, "changes": ["a", {"op": "set"}], "polished": []}


class Pieces:
    """A provider's stream of given texts, which knows whether it was closed."""

    def __init__(self, texts: Iterable[str], *, reason: FinishReason = "stop", error: Exception | None = None) -> None:
        self.texts, self.reason, self.error, self.closed = list(texts), reason, error, False

    def stream(self) -> Stream:
        try:
            for text in self.texts:
                yield Delta(text)
            if self.error:
                raise self.error
            yield Finish(reason=self.reason, usage=Usage(prompt_tokens=7, completion_tokens=3))
        finally:
            self.closed = True


def read(*texts: str, **options: Any) -> tuple[list[str], Finish]:
    *deltas, finish = structured(Pieces(texts, **options).stream())
    assert isinstance(finish, Finish)
    return [delta.text for delta in deltas if isinstance(delta, Delta)], finish


def cut(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


@pytest.mark.parametrize("ascii_only", [True, False], ids=["escapes", "characters"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 10_000])
def test_the_reply_survives_any_cut(size: int, ascii_only: bool) -> None:
    deltas, finish = read(*cut(json.dumps(WHOLE, ensure_ascii=ascii_only), size))
    assert "".join(deltas) == REPLY
    assert all(deltas)
    assert finish.data == WHOLE


def test_the_reply_grows_while_the_model_writes_it() -> None:
    deltas, _ = read('{"reply": "Thanks', ", Sarah", ". What is\\", 'n your e-mail?"', ', "changes": []', "}")
    assert deltas == ["Thanks", ", Sarah", ". What is", "\n your e-mail?"]


def test_usage_and_reason_pass_through() -> None:
    _, finish = read(json.dumps(WHOLE))
    assert (finish.reason, finish.usage) == ("stop", Usage(prompt_tokens=7, completion_tokens=3))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```json\n", "\n```"),
        ("```\n", "```\n"),
        ("Here is the JSON:\n\n", "\n\nI hope this helps {"),
        ("\ufeff \r\n", "\n\n"),
        ('<think>The user says {hello} and "reply"</think>\n', ""),
    ],
)
def test_what_models_put_around_the_object_is_not_the_answer(before: str, after: str) -> None:
    for size in (1, 4, 10_000):
        deltas, finish = read(*cut(before + json.dumps(WHOLE, indent=2) + after, size))
        assert "".join(deltas) == REPLY
        assert finish.data == WHOLE


def test_a_reply_that_is_not_first_comes_at_the_end() -> None:
    text = json.dumps({"changes": [{"reply": "not me"}], "reply": "Thanks."})
    deltas, finish = read(*cut(text, 3))
    assert deltas == ["Thanks."]
    assert finish.data == {"changes": [{"reply": "not me"}], "reply": "Thanks."}


def test_of_two_replies_the_one_that_was_given_counts() -> None:
    deltas, finish = read('{"reply": "First.", "reply": "Second.", "changes": []}')
    assert deltas == ["First."]
    assert finish.data == {"reply": "First.", "changes": []}


@pytest.mark.parametrize("half", [r"\ud83d", r"\ude00", r"\ud83d\u0041", r"\ud83d\n", r"\ud83d\ud83d"])
def test_half_a_character_does_not_cost_the_answer(half: str) -> None:
    for size in (1, 3, 10_000):
        deltas, _ = read(*cut(f'{{"reply": "a{half}z", "changes": []}}', size))
        assert "".join(deltas)[0] == "a"
        assert "".join(deltas)[-1] == "z"
        "".join(deltas).encode()


def test_a_raw_line_break_in_the_text_is_forgiven() -> None:
    assert read('{"reply": "one\ntwo", "changes": []}')[0] == ["one\ntwo"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"reply": "Thanks, Sa', "Thanks, Sa"),
        ('{"reply": "Thanks.", "changes": [', "Thanks."),
        ('{"reply": "Thanks.\\x41", "changes": []}', "Thanks."),
        ('{"reply": "Use {\\"reply\\": \\"x\\"} {"reply":"evil","changes":[]}', 'Use {"reply": "x"} {'),
        ('{"reply": null, "changes": []}', ""),
        ('{"changes": []}', ""),
        ("Thanks, Sarah.", ""),
        ('["reply", "x"]', ""),
        ('{"a":' * 100_000, ""),
        ("{" * 100_000, ""),
    ],
    ids=["cut", "cut later", "no escape", "object inside", "null", "none", "prose", "list", "deep", "braces"],
)
def test_what_is_no_object_with_a_reply_fails_and_keeps_what_arrived_of_it(text: str, kept: str) -> None:
    for size in (3, 1_000_000):
        given: list[str] = []
        with pytest.raises(ModelFailed):
            _drain(structured(Pieces(cut(text, size)).stream()), given)
        assert "".join(given) == kept


def _drain(stream: Stream, given: list[str]) -> None:
    for piece in stream:
        assert isinstance(piece, Delta), "there is no finish"
        given.append(piece.text)


def test_an_answer_that_was_withheld_says_so_though_it_is_broken() -> None:
    deltas, finish = read('{"reply": "Tha', reason="content_filter")
    assert deltas == ["Tha"]
    assert (finish.reason, finish.data) == ("content_filter", None)


CHANGES = [{"op": "set", "path": "summary", "value": "a, ] } b"}, {"op": "add", "values": ["x", "y"]}, "z", 12]


def test_of_an_answer_cut_for_its_length_what_is_complete_stays() -> None:
    text = json.dumps({"reply": REPLY, "changes": CHANGES, "polished": []}, indent=1)
    most = 0
    for end in range(text.index('"changes"'), len(text)):
        deltas, finish = read(*cut(text[:end], 7), reason="length")
        assert finish.data is not None
        kept = finish.data["changes"]
        assert ("".join(deltas), finish.reason, finish.data["reply"]) == (REPLY, "length", REPLY)
        assert kept == CHANGES[: len(kept)]
        assert len(kept) >= most, "what was complete is not lost again"
        most = len(kept)
    assert most == len(CHANGES)


def test_a_reply_cut_for_its_length_stays_as_far_as_it_came() -> None:
    deltas, finish = read('{"reply": "Thanks, Sa', reason="length")
    assert deltas == ["Thanks, Sa"]
    assert (finish.reason, finish.data) == ("length", {"reply": "Thanks, Sa", "changes": []})


def test_changes_before_a_reply_that_was_cut_are_no_answer_without_it() -> None:
    text = '```{"changes": ["a", "b"], "reply": "Tha'
    with pytest.raises(ModelFailed):
        read(text, reason="length")
    assert read(f'{text}nks.", "polished": [', reason="length")[1].data == {
        "reply": "Thanks.",
        "changes": ["a", "b"],
        "polished": [],
    }


@pytest.mark.parametrize("text", ["", "{", "Thanks", '{"reply": "', '{"a":' * 100_000, "{" * 100_000])
def test_an_answer_cut_before_it_said_anything_fails(text: str) -> None:
    with pytest.raises(ModelFailed):
        read(text, reason="length")


@pytest.mark.parametrize("problem", [ModelFailed(), Cancelled()])
def test_what_goes_wrong_below_passes_through_and_everything_is_closed(problem: Exception) -> None:
    below = Pieces(['{"reply": "Tha'], error=problem)
    with pytest.raises(type(problem)):
        list(structured(below.stream()))
    assert below.closed


def test_closing_it_early_closes_what_is_below() -> None:
    below = Pieces(cut(json.dumps(WHOLE), 9))
    stream = structured(below.stream())
    next(stream)
    stream.close()
    assert below.closed


@given(
    st.text(), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), st.integers(1, 9), st.booleans()
)
def test_any_reply_comes_through_whole(reply: str, others: dict[str, str], size: int, ascii_only: bool) -> None:
    others.pop("reply", None)
    deltas, finish = read(*cut(json.dumps({"reply": reply, **others}, ensure_ascii=ascii_only), size))
    assert "".join(deltas) == reply
    assert finish.data == {"reply": reply, **others}


# At the endpoint


def provider(upstream: Upstream) -> OpenAIProvider:
    return OpenAIProvider(api_key="key", base_url=upstream.url, connect_timeout=1, silence_timeout=5, total_timeout=10)


def prompt(*, model: str = "gpt-4.1-mini", shape: Any = SHAPE) -> Prompt:
    messages = (
        Message(role="system", content="You help.", tokens=3),
        Message(role="user", content="I am Sarah.", tokens=4),
    )
    return Prompt(messages=messages, model=model, max_tokens=50, prompt_tokens=18, shape=shape)


def ask(model: OpenAIProvider, asked: Prompt) -> tuple[str, Finish]:
    *deltas, finish = model.stream(asked, Cancellation())
    assert isinstance(finish, Finish)
    return "".join(delta.text for delta in deltas if isinstance(delta, Delta)), finish


def test_a_shape_is_asked_for_as_a_strict_schema(upstream: Upstream) -> None:
    upstream.play(answer('{"reply": "Tha', 'nks.", ', '"changes": []}', usage={"prompt_tokens": 18}))
    text, finish = ask(provider(upstream), prompt())
    assert (text, finish.data, finish.usage.prompt_tokens) == ("Thanks.", {"reply": "Thanks.", "changes": []}, 18)
    assert upstream.last.body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": SHAPE},
    }


def test_without_a_shape_nothing_is_asked_for_and_nothing_is_read(upstream: Upstream) -> None:
    upstream.play(answer('{"reply": "Thanks."}'))
    text, finish = ask(provider(upstream), prompt(shape=None))
    assert (text, finish.data) == ('{"reply": "Thanks."}', None)
    assert "response_format" not in upstream.last.body


@pytest.mark.parametrize("status", [400, 422])
def test_a_model_that_takes_no_schema_is_asked_in_words_once_and_for_all(upstream: Upstream, status: int) -> None:
    upstream.default = answer('{"reply": "Thanks.", "changes": []}')
    upstream.play(error(status, message="unknown parameter: response_format"))
    model = provider(upstream)
    assert ask(model, prompt())[0] == "Thanks."
    assert ask(model, prompt())[0] == "Thanks."
    assert ask(model.with_key("another"), prompt())[0] == "Thanks."
    assert ask(model, prompt(model="gpt-4.1"))[0] == "Thanks."
    forms = [request.body["response_format"]["type"] for request in upstream.requests]
    assert forms == ["json_schema", "json_object", "json_object", "json_object", "json_schema"]
    system, user = upstream.requests[1].body["messages"]
    assert system["content"].startswith("You help.")
    assert json.dumps(SHAPE) in system["content"]
    assert user == {"role": "user", "content": "I am Sarah."}


def test_a_refusal_for_another_reason_is_not_remembered(upstream: Upstream) -> None:
    model = provider(upstream)
    upstream.play(error(400, message="too long"), error(400, message="too long"))
    with pytest.raises(ModelFailed):
        ask(model, prompt())
    upstream.play(answer('{"reply": "Thanks.", "changes": []}'))
    ask(model, prompt())
    assert upstream.last.body["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_other_refusals_are_not_asked_again(upstream: Upstream, status: int) -> None:
    upstream.play(error(status))
    with pytest.raises(ModelFailed):
        ask(provider(upstream), prompt())
    assert len(upstream.requests) == 1


def test_cancelling_ends_an_answer_of_a_shape_and_its_connection(upstream: Upstream) -> None:
    upstream.play(answer('{"reply": "Thanks', '.", "changes": []}').after(2, SILENCE))
    cancellation = Cancellation()
    stream = provider(upstream).stream(prompt(), cancellation)
    assert next(stream) == Delta("Thanks")
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(stream)
    upstream.wait_for(lambda upstream: upstream.open == 0, seconds=1)


def test_cancelling_between_the_refusal_and_the_second_try_ends_it(upstream: Upstream) -> None:
    cancellation = Cancellation()

    def refuse(_request: object) -> Any:
        cancellation.cancel()
        return error(400)

    upstream.play(refuse)
    with pytest.raises(Cancelled):
        list(provider(upstream).stream(prompt(), cancellation))
