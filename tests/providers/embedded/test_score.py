"""The score of the stored match: told, taken apart and used to say what comes first; without one, how to get it."""

import re
from collections.abc import Sequence

import pytest

from app.providers.base import Manner
from tests.providers.embedded.facts import MATCH, claire, prompt, requirement, sarah
from tests.providers.embedded.test_manners import said
from tests.providers.embedded.test_provider import answer, stream

MANNERS: tuple[Manner, ...] = ("chat", "coach")
QUESTIONS = (
    "What is my match score?",
    "How can I raise my score?",
    "Why is my score so low?",
    "Quel est mon score ?",
    "Comment améliorer mon score ?",
)


def in_order(text: str, words: Sequence[str]) -> bool:
    places = [text.index(word) for word in words]
    return places == sorted(places)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_the_score_is_answered_with_it_and_with_what_would_raise_it(
    question: str, manner: Manner
) -> None:
    language = "fr" if "?" in question and " ?" in question else "en"
    text = said(question, manner, sarah(match=MATCH), language=language)
    assert re.match(r"\*\*(?:Match score: 57 of 100|Score de correspondance\u00a0: 57 sur 100)\*\*", text)
    assert in_order(text, ["A driving licence", "Experience with Airflow and Kubernetes", "Spark"])
    assert "21" in text


@pytest.mark.parametrize("manner", MANNERS)
def test_without_a_match_it_is_said_that_one_must_be_computed_first(manner: Manner) -> None:
    for question in QUESTIONS[:3]:
        text = said(question, manner)
        assert text.startswith("There is no match score for **Machine Learning Engineer at Northwind**")
        assert "compute the match first" in text
    assert "calculez d’abord la correspondance" in said("Quel est mon score ?", manner, claire(), language="fr")


@pytest.mark.parametrize("manner", MANNERS)
def test_what_a_skill_would_add_is_told_for_that_skill(manner: Manner) -> None:
    text = said("How many points would Spark add to my score?", manner, sarah(match=MATCH))
    assert "Showing Spark in use would add 7 points" in text
    assert "Kubernetes" not in text
    held = said("How many points would LightGBM add to my score?", manner, sarah(match=MATCH))
    assert "LightGBM would add nothing to it." in held
    assert "would add 12 points" in said("What about Kubernetes?", manner, sarah(match=MATCH))


@pytest.mark.parametrize("manner", MANNERS)
def test_gaps_come_in_the_order_of_what_they_would_add(manner: Manner) -> None:
    unknown = said("What am I missing?", manner)
    heavy = type(MATCH)(score=57, requirements={**MATCH.requirements, "Spark": 30}, skills={})
    known = said("What am I missing?", manner, sarah(match=heavy))
    assert "to the score" not in unknown
    assert in_order(unknown, ["A driving licence", "Spark"])
    assert in_order(
        known, ["“Spark” (nice to have) (+30 to", "A driving licence” (+21", "Airflow and Kubernetes” (+12"]
    )


def test_the_coach_works_through_what_adds_most() -> None:
    asked = (requirement("Kubernetes"), requirement("Terraform"))
    facts = sarah(requirements=asked, match=type(MATCH)(score=10, requirements={"Terraform": 9}, skills={}))
    text = said("How can I raise my score?", "coach", facts)
    assert in_order(text, ["1. “Terraform”", "try Terraform on one small thing", "2. “Kubernetes”"])
    assert "only what is true" in text


@pytest.mark.parametrize("manner", MANNERS)
def test_a_verdict_names_the_score_where_there_is_one(manner: Manner) -> None:
    assert "57 of 100" in said("Am I a good fit?", manner, sarah(match=MATCH))
    assert "of 100" not in said("Am I a good fit?", manner)


@pytest.mark.parametrize("manner", MANNERS)
def test_more_of_it_are_the_next_gains(manner: Manner) -> None:
    many = tuple(
        requirement(f"{name} in production") for name in ("Kafka", "Rust", "Go", "Java", "Ruby", "Perl", "Scala")
    )
    gains = {one.text: 20 - place for place, one in enumerate(many)}
    facts = sarah(
        "what else?", requirements=many, match=type(MATCH)(score=1, requirements=gains, skills={}), manner=manner
    )
    text = answer(facts, before=[("What is my match score?", "…")])
    assert ("Scala" if manner == "chat" else "Perl") + " in production" in text
    assert "Kafka in production" not in text


def test_full_marks_leave_nothing_to_raise() -> None:
    facts = sarah(match=type(MATCH)(score=100, requirements={}, skills={}))
    assert said("What is my score?", "chat", facts).endswith("Nothing that it asks for would raise it any more.")


def test_the_resume_chat_knows_no_score() -> None:
    assert stream(prompt(sarah("What is my match score?"))) == stream(
        prompt(sarah("What is my match score?", match=MATCH))
    )
    assert "match score" not in answer(sarah("What is my match score?")).lower()


def test_what_is_only_listed_is_told_with_what_showing_it_would_add() -> None:
    text = said("How can I raise my score?", "coach", sarah(match=MATCH))
    assert "once a line of yours shows it: “Strong SQL” (+1 to the score)." in text
