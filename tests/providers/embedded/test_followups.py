"""Questions that mean something only after others: shorter, another version, the second one, asked again."""

import pytest

from app.providers.base import Message
from app.providers.embedded.followups import understand
from app.providers.embedded.intents import Ask
from tests.providers.embedded.facts import NIGHTLY, SARAH_LINES, TABLEAU, line, prompt, sarah
from tests.providers.embedded.test_provider import answer

TWO_PARTS = line("Trained 40 cashiers by writing a handbook with the unions", item="Trainer, Shopwise (2016 – 2017)")


def after(question: str, *before: str, language: str = "en") -> Ask:
    facts = sarah(question, language=language)
    return understand(facts, prompt(facts, before=[(one, "…") for one in before]).messages)


def said(question: str, *before: str, **changes: object) -> str:
    return answer(sarah(question, **changes), before=[(one, "…") for one in before])


@pytest.mark.parametrize("question", ["rewrite my second bullet", "rewrite the second line", "reformule ma 2e puce"])
def test_a_rewrite_that_names_a_bullet_is_no_follow_up(question: str) -> None:
    ask = after(question, "How do I tailor my resume?")
    assert (ask.intent, ask.page) == ("rewrite", 0)


def test_a_second_bullet_is_rewritten_after_a_tailoring_answer() -> None:
    assert NIGHTLY.text.removeprefix("- ") in said("rewrite my second bullet", "How do I tailor my resume?")


@pytest.mark.parametrize(
    "question", ["rewrite bullet 4", "rewrite bullet number 4", "reformule la puce 4", "rewrite the 4th bullet"]
)
def test_a_bullet_is_found_by_its_number(question: str) -> None:
    assert TABLEAU.text.removeprefix("- ") in said(question)


def test_a_number_without_a_bullet_is_said_not_to_be_found() -> None:
    assert "couldn’t find that bullet" in said("rewrite bullet 40")


@pytest.mark.parametrize("question", ["make it shorter", "shorter please", "plus court"])
def test_shorter_shortens_what_was_rewritten(question: str) -> None:
    lines = (*SARAH_LINES, TWO_PARTS)
    text = said(question, "rewrite the bullet about cashiers", lines=lines)
    assert "> Trained 40 cashiers\n" in text
    assert "leave out" not in text


def test_what_has_no_spare_words_is_said_to_have_none() -> None:
    assert "can’t make it shorter without losing a fact" in said("shorter please", "rewrite my first bullet")


def test_another_version_of_a_bullet_is_another_or_none() -> None:
    lines = (*SARAH_LINES, line("Was responsible for managing audits by using checklists, cutting delays by 20%"))
    first = said("rewrite the bullet about audits", lines=lines)
    second = said("give me another version", "rewrite the bullet about audits", lines=lines)
    assert "> " in first
    assert "no other wording" in said("another version", "rewrite my first bullet at DataTech")
    assert second.split("> ")[1:] != first.split("> ")[1:]


def test_another_version_of_a_summary_has_another_result_until_there_is_none() -> None:
    asked, versions = ["Draft a summary line"], [said("Draft a summary line")]
    while "no other version" not in versions[-1]:
        versions.append(said("another version", *asked))
        asked.append("another version")
    assert 3 <= len(versions) == len(set(versions))


def test_a_shorter_summary_leaves_the_result_out() -> None:
    text = said("make it shorter", "Draft a summary line")
    assert "> Senior Data Scientist" in text
    assert "23%" not in text


def test_a_question_of_an_interview_is_taken_by_its_number() -> None:
    listed = said("What will they ask me?").split("\n2. ")[1].split("\n3. ")[0]
    assert after("Et pour la deuxième, que répondre ?", "What will they ask me?", language="fr").nth == 2
    assert listed in said("and the second one?", "What will they ask me?")


def test_the_same_question_asked_again_gets_the_gist() -> None:
    first, second = said("Am I a good fit?"), said("Should I apply?", "Am I a good fit?")
    assert len(second) < len(first) / 2
    assert second.split("\n")[0] == first.split("\n")[0]


def test_why_not_after_a_verdict_asks_for_the_gaps() -> None:
    assert after("why not?", "Am I qualified?").intent == "missing"


def test_only_a_conversations_first_answer_says_at_length_who_speaks() -> None:
    assert said("What am I missing?").endswith("no language model was asked.*")
    assert said("What am I missing?", "Am I qualified?").endswith("*— built-in assistant*")
    for courtesy in ("hello", "thanks!"):
        assert "built-in assistant" not in said(courtesy)


def test_an_unrelated_short_question_is_not_a_follow_up() -> None:
    assert after("What's the salary?", "rewrite my first bullet").intent == "posting"
    assert after("my resume is too long", "rewrite my first bullet").intent == "cut"


def test_more_after_a_verdict_names_the_gaps_that_it_counted() -> None:
    ask = after("and the rest?", "Am I qualified?")
    assert (ask.intent, ask.page) == ("missing", 0)


def test_more_of_what_was_said_in_full_is_said_to_be_none() -> None:
    assert "nothing further to add" in said("anything else?", "Do I have Airflow experience?")


def test_the_resume_and_the_posting_are_no_question_even_before_a_greeting_of_the_assistant() -> None:
    facts = sarah("another one")
    system, _, asked = prompt(facts).messages
    material = Message(role="user", content="What should I highlight?", tokens=1)
    hello = Message(role="assistant", content="Hello!", tokens=1)
    assert understand(facts, (system, material, hello, asked)).intent == "unknown"
