"""What no resume can show is told apart from what one could."""

import pytest

from app.conditions import is_condition, is_dangling
from app.vocabulary import terms


@pytest.mark.parametrize(
    "text",
    [
        "You must be a Canadian citizen",
        "Security clearance at the secret level",
        "One year of experience equivalent to the GS-13",
        "Casier judiciaire vierge",
        "The right to work in Ireland",
    ],
)
def test_a_condition_is_for_the_person_to_check(text: str) -> None:
    assert is_condition(text, terms(text))


@pytest.mark.parametrize("text", ["Experience with Kafka", "Python, and clearance for the server room"])
def test_what_names_a_skill_is_no_condition(text: str) -> None:
    assert not is_condition(text, terms(text))


@pytest.mark.parametrize(
    "text",
    [
        "Experience with at least two of those languages",
        "This experience may include planning, budgeting or facilitation",
        "Cette expérience peut comprendre la planification",
        "Any of the skills listed above",
    ],
)
def test_what_only_refers_to_other_lines_is_dangling(text: str) -> None:
    assert is_dangling(text)


@pytest.mark.parametrize("text", ["Experience with tools that may include Jira", "Two of our bakeries"])
def test_what_can_be_understood_alone_is_not(text: str) -> None:
    assert not is_dangling(text)
