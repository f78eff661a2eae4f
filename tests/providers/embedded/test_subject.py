"""An answer is about the skill that the question names, not about another one of the same requirement."""

import re

import pytest

from app.providers.base import Facts
from tests.providers.embedded.facts import ENGINEERING, NIGHTLY, SARAH_LINES, line, requirement, sarah
from tests.providers.embedded.test_manners import said

TOOLS = "Docker, Kubernetes and Terraform in production"
IMAGES = line("Packed the nightly training into Docker images", item=NIGHTLY.item)


def containers(*proofs: object) -> Facts:
    """A posting that asks for three tools in one requirement, and the lines that name some of them."""
    return sarah(requirements=(requirement(TOOLS, *proofs),), lines=(*SARAH_LINES, *proofs))  # type: ignore[arg-type]


def steps(text: str) -> str:
    """The numbered lines of an answer, without what they quote."""
    return re.sub(r"“[^”]*”", "", "\n".join(re.findall(r"^\d\. .+$", text, re.MULTILINE)))


@pytest.mark.parametrize("name", ["Docker", "Kubernetes", "Terraform"])
@pytest.mark.parametrize("question", ["What will they ask me about {}?", "How do I make up for lacking {}?"])
def test_the_steps_for_what_is_missing_are_about_the_skill_that_was_asked_for(question: str, name: str) -> None:
    told = steps(said(question.format(name), "coach", containers()))
    assert name in told
    assert not [other for other in ("Docker", "Kubernetes", "Terraform") if other != name and other in told]


def test_an_interview_question_is_answered_with_a_line_that_shows_the_skill_and_only_once() -> None:
    text = said("What will they ask me about Docker?", "coach", containers(IMAGES))
    assert "Expect a question on Docker" in text
    assert text.count("Packed the nightly training") == 1
    assert "On Docker, answer with" in steps(text)
    assert "They may go on to Kubernetes or Terraform" in steps(text)


def test_a_line_about_another_skill_of_the_requirement_is_no_answer() -> None:
    facts = sarah(requirements=(requirement("Airflow and SQL", NIGHTLY, ENGINEERING),))
    text = said("What will they ask me about SQL?", "coach", facts)
    assert "Your resume only lists SQL (“Data engineering: SQL, Airflow, AWS”" in text
    assert "Moved nightly training" not in text


def test_a_requirement_in_quotation_marks_is_worked_through_without_saying_a_line_twice() -> None:
    facts = containers(IMAGES)
    text = said(f"How do I prepare for an interview question on “{TOOLS}”?", "coach", facts)
    assert text.count("Packed the nightly training") <= 1


def test_what_nobody_asks_for_is_said_to_be_so_before_the_interview_is_prepared() -> None:
    assert "no requirement of" in said("What will they ask me about Tableau?", "coach", containers())
    text = said("What will they ask me about COBOL?", "coach", containers())
    assert text.startswith("Your resume doesn’t name COBOL, and the posting doesn’t ask for it.")


def test_chat_says_of_the_skill_what_both_texts_say() -> None:
    text = said("What will they ask me about Docker?", "chat", containers(IMAGES))
    assert "doesn’t say how they interview" in text
    assert "**Docker: " in text
    assert "Packed the nightly training" in text


def test_a_skill_with_two_names_is_called_by_the_one_that_was_asked_for() -> None:
    facts = sarah(requirements=(requirement("Continuous delivery with source control (Git)"),))
    assert said("What about source control?", "chat", facts).startswith("**“source control”: ")
    assert said("What about Git?", "chat", facts).startswith("**Git: ")


def test_a_degree_is_no_tool_to_be_tried_and_what_may_stand_in_for_it_is() -> None:
    facts = sarah(requirements=(requirement("Master’s degree in mathematics, or experience with Kubernetes"),))
    assert "try Kubernetes" in said("How do I make up for lacking Kubernetes?", "coach", facts)
    assert "try" not in steps(said("How do I make up for lacking a master’s degree?", "coach", facts))
