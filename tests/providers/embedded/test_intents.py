"""What a question is about: paraphrases written by hand, with typos, in English and French."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.providers.embedded.followups import understand
from app.providers.embedded.intents import Ask
from tests.providers.embedded.facts import prompt, sarah

QUESTIONS = Path(__file__).parents[2] / "data" / "questions.toml"
LEAST_RIGHT = 0.95


def read(question: str, language: str = "en", before: tuple[tuple[str, str], ...] = ()) -> Ask:
    facts = sarah(question, language=language)
    return understand(facts, prompt(facts, before=before).messages)


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Language, question, intent, and the subject or topic (or nothing)."""
    for intent, tables in tomllib.loads(QUESTIONS.read_text(encoding="utf-8")).items():
        for table in tables if isinstance(tables, list) else [tables]:
            about = table.get("subject", table.get("topic", ""))
            for language in ("en", "fr"):
                named = table.get("names", about) if language == "fr" else about
                yield from ((language, question, intent, named) for question in table.get(language, ()))


def is_right(ask: Ask, intent: str, about: str) -> bool:
    return ask.intent == intent and (not about or about in (*ask.terms, ask.topic, ask.phrase.lower()))


def test_nearly_every_paraphrase_is_understood() -> None:
    everything = list(cases())
    wrong = [
        (question, intent, about, (ask.intent, ask.topic, ask.terms, ask.phrase))
        for language, question, intent, about in everything
        if not is_right(ask := read(question, language), intent, about)
    ]
    assert len(everything) >= 120
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(everything), wrong


@pytest.mark.parametrize("question", [case[1] for case in cases() if case[2] == "unknown"])
def test_what_cannot_be_answered_is_never_mistaken_for_something_else(question: str) -> None:
    assert read(question).intent in ("unknown", "unsupported")
    assert read(question, "fr").intent in ("unknown", "unsupported")


def test_a_misspelt_word_is_read_as_the_nearest_keyword() -> None:
    assert read("what shoud I higlight").intent == "highlight"
    assert read("intervew questions?").intent == "interview"


def test_a_quoted_bullet_is_what_is_to_be_rewritten() -> None:
    ask = read("How can I say this better: “Responsible for the yearly audit of all suppliers”")
    assert (ask.intent, ask.quoted) == ("rewrite", "Responsible for the yearly audit of all suppliers")


def test_the_words_of_a_quoted_bullet_do_not_decide_what_is_asked() -> None:
    ask = read("rewrite this bullet: Prepared salary interviews and highlighted the gaps in pay")
    assert ask.intent == "rewrite"


def test_the_skill_of_the_job_title_is_not_taken_for_the_subject() -> None:
    assert read("Am I qualified for this machine learning job?").intent == "fit"


@pytest.mark.parametrize(
    ("question", "page"), [("another one", 1), ("and the second?", 1), ("and the third one?", 2), ("what else?", 1)]
)
def test_a_follow_up_goes_on_with_the_question_before(question: str, page: int) -> None:
    ask = read(question, before=(("What should I highlight?", "…"),))
    assert (ask.intent, ask.page) == ("highlight", page)


def test_a_second_follow_up_goes_one_page_further() -> None:
    ask = read("more", before=(("What am I missing?", "…"), ("what else?", "…")))
    assert (ask.intent, ask.page) == ("missing", 2)


def test_a_follow_up_to_nothing_is_not_guessed_at() -> None:
    assert read("another one").intent == "unknown"


def test_a_pasted_novel_is_read_only_at_its_beginning() -> None:
    assert read("lorem ipsum " * 50_000).intent == "unknown"
