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
        "Willing to travel up to 20% of the time",
        "Must be willing to relocate",
        "Must be located in Toronto",
        "Résider au Québec",
        "Shift or weekend work",
        "Criminal record check",
        "Background screening",
        "Vérification des antécédents judiciaires",
        "Able to lift 50 pounds",
        "Proof of vaccination",
        "Available immediately",
        "Disponibilité immédiate",
    ],
)
def test_a_condition_is_for_the_person_to_check(text: str) -> None:
    assert is_condition(text, terms(text))


@pytest.mark.parametrize(
    "text",
    [
        "Experience with Kafka",
        "Python, and clearance for the server room",
        "Travel agency experience",
        "Vaccinating cats",
        "Night-time photography",
        "Background in statistics",
        "Availability of services",
        "Proof of concept design",
    ],
)
def test_what_names_a_skill_is_no_condition(text: str) -> None:
    assert not is_condition(text, terms(text))


@pytest.mark.parametrize(
    "text",
    [
        "Experience with at least two of those languages",
        "This experience may include planning, budgeting or facilitation",
        "Cette expérience peut comprendre la planification",
        "Any of the skills listed above",
        "No Java experience needed",
        "Kafka is not required",
        "Aucune expérience requise",
    ],
)
def test_what_only_refers_to_other_lines_is_dangling(text: str) -> None:
    assert is_dangling(text)


@pytest.mark.parametrize(
    "text", ["Experience with tools that may include Jira", "Two of our bakeries", "Java, though Kafka is not required"]
)
def test_what_can_be_understood_alone_is_not(text: str) -> None:
    assert not is_dangling(text)
