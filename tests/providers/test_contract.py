"""What every provider owes the engine, whatever is behind it."""

import dataclasses
import itertools
from collections.abc import Callable, Iterable

import pytest

from app.errors import ModelFailed
from app.providers.base import (
    Cancellation,
    Cancelled,
    Delta,
    Facts,
    Finish,
    Line,
    Message,
    Prompt,
    Provider,
    Requirement,
)
from app.providers.embedded import EmbeddedProvider
from app.providers.openai import OpenAIProvider
from tests.fakes.upstream import Upstream, answer

KAFKA = Line(text="Moved 40 services from RabbitMQ to Kafka.", section="work", terms=frozenset({"kafka"}))
FACTS = Facts(
    question="Am I qualified?",
    language="en",
    job_title="Platform Engineer",
    company="Northwind",
    name="Ada Moreau",
    headline="Backend engineer",
    summary="Eight years of services in Python.",
    requirements=(
        Requirement(text="Kafka in production", must=True, terms=("kafka",), verdict="met", evidence=(KAFKA,)),
        Requirement(text="Terraform", must=True, terms=("terraform",), verdict="missing", missing_terms=("terraform",)),
    ),
    responsibilities=("Run the event platform.",),
    lines=(KAFKA,),
)
PROMPT = Prompt(
    messages=(
        Message(role="system", content="You help.", tokens=3),
        Message(role="user", content=FACTS.question, tokens=4),
    ),
    model="gpt-4.1-mini",
    max_tokens=600,
    prompt_tokens=18,
    facts=FACTS,
)


def openai(upstream: Upstream) -> Provider:
    words = [f"word {number} " for number in range(40)]
    upstream.default = answer(*words, pace=0.005, usage={"prompt_tokens": 18, "completion_tokens": 80})
    return OpenAIProvider(api_key="key", base_url=upstream.url, connect_timeout=1, silence_timeout=5, total_timeout=10)


def embedded(_upstream: Upstream) -> Provider:
    return EmbeddedProvider()


@pytest.fixture(params=[openai, embedded])
def provider(request: pytest.FixtureRequest, upstream: Upstream) -> Provider:
    make: Callable[[Upstream], Provider] = request.param
    return make(upstream)


def test_an_answer_is_some_deltas_and_then_exactly_one_finish(provider: Provider) -> None:
    *deltas, finish = provider.stream(PROMPT, Cancellation())
    assert isinstance(finish, Finish)
    assert finish.reason == "stop"
    assert finish.usage.prompt_tokens == 18
    assert all(isinstance(delta, Delta) and delta.text for delta in deltas)
    assert "".join(delta.text for delta in deltas if isinstance(delta, Delta)).strip()


def test_nothing_follows_the_finish(provider: Provider) -> None:
    stream = provider.stream(PROMPT, Cancellation())
    assert isinstance(list(stream)[-1], Finish)
    assert next(stream, None) is None


def test_cancelling_ends_a_running_answer_without_a_finish(provider: Provider) -> None:
    cancellation = Cancellation()
    stream = provider.stream(PROMPT, cancellation)
    assert isinstance(next(stream), Delta)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(stream)


def test_a_cancelled_call_gives_nothing(provider: Provider) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(provider.stream(PROMPT, cancellation))


def test_closing_and_cancelling_are_safe_at_any_time_and_twice(provider: Provider, upstream: Upstream) -> None:
    cancellation = Cancellation()
    unstarted, running = provider.stream(PROMPT, cancellation), provider.stream(PROMPT, cancellation)
    next(running)
    for stream in (unstarted, running, running):
        stream.close()
    cancellation.cancel()
    cancellation.cancel()
    upstream.wait_for(lambda upstream: upstream.open == 0, seconds=1)


def test_two_answers_at_once_do_not_mix(provider: Provider) -> None:
    alone = list(provider.stream(PROMPT, Cancellation()))
    streams = [provider.stream(PROMPT, Cancellation()) for _ in range(2)]
    pairs = list(itertools.zip_longest(*streams))  # a piece of the one, a piece of the other
    for pieces in zip(*pairs, strict=True):
        assert _text(pieces) == _text(alone)


def test_a_provider_that_is_there_passes_its_check(provider: Provider) -> None:
    provider.check()
    assert provider.name in {"openai", "embedded"}


def test_facts_are_needed_only_by_a_provider_that_says_so(provider: Provider) -> None:
    stream = provider.stream(dataclasses.replace(PROMPT, facts=None), Cancellation())
    if not provider.reads_facts:
        assert isinstance(list(stream)[-1], Finish)
        return
    with pytest.raises(ModelFailed):
        list(stream)


def test_nothing_stays_open_once_it_is_closed_which_may_be_said_twice(provider: Provider, upstream: Upstream) -> None:
    list(provider.stream(PROMPT, Cancellation()))
    provider.close()
    provider.close()
    upstream.wait_for(lambda upstream: not upstream.live)


def _text(pieces: Iterable[Delta | Finish | None]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Delta))
