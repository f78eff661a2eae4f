"""How an answer speaks: names, labels, and advice that fits what it is about."""

from dataclasses import replace

import pytest

from app.providers.base import Requirement
from app.providers.embedded.text import first_name
from app.providers.embedded.voice import Voice
from tests.providers.embedded.facts import (
    DATATECH,
    ENGINEERING,
    FORECAST,
    SARAH_LINES,
    claire,
    line,
    requirement,
    sarah,
)
from tests.providers.embedded.test_manners import said
from tests.providers.embedded.test_provider import answer


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Sarah Johnson", "Sarah"),
        ("Dr. Sarah Johnson", "Sarah"),
        ("Prof. Dr. Ada Byron", "Ada"),
        ("Mme Claire Morel", "Claire"),
        ("Johnson, Sarah", "Sarah"),
        ("Dr. Smith", "Dr. Smith"),
        ("Madonna", "Madonna"),
        ("Dr.", ""),
        ("", ""),
    ],
)
def test_a_title_is_no_first_name(name: str, greeted: str) -> None:
    assert first_name(name) == greeted
    hello = f"Hello {greeted}!" if greeted else "Hello!"
    for manner in ("tailor", "chat", "coach"):
        assert answer(sarah("hello", name=name, manner=manner)).startswith(hello)


AWARD = line("Internal prize for the LightGBM model", "other", "Award: Prize of the year, DataTech")
SPOKEN = line("Language: German, fluent", "other")


def test_in_french_a_line_is_called_what_it_is_in_french() -> None:
    voice = Voice("fr")
    spoken, award = (replace(one, text=one.text.removeprefix("- ")) for one in (SPOKEN, AWARD))
    assert voice.line(spoken) == "Langue\u00a0: «\u00a0German, fluent\u00a0» (ailleurs dans votre CV)"
    assert voice.line(award).endswith("(Prix\u00a0: Prize of the year, DataTech)")
    assert Voice("en").line(spoken) == "“Language: German, fluent” (elsewhere in your resume)"
    asked = (requirement("Maîtrise de l’allemand", SPOKEN), requirement("LightGBM", AWARD))
    for manner in ("tailor", "chat", "coach"):
        facts = claire("Suis-je qualifié ?", requirements=asked, lines=(SPOKEN, AWARD), manner=manner)
        assert "Language:" not in answer(facts)
        assert "Award:" not in answer(facts)


BILINGUAL = (("Bilinguisme (français et anglais) obligatoire", "fr"), ("Must be bilingual in English and French", "en"))


@pytest.mark.parametrize(("text", "language"), BILINGUAL)
def test_a_language_is_held_at_a_level_and_not_tried_on_one_small_thing(text: str, language: str) -> None:
    facts = sarah(requirements=(requirement(text), requirement("Fluent German"), requirement("Kubernetes")))
    question = {"en": "What am I missing?", "fr": "Que me manque-t-il ?"}[language]
    told = said(question, "coach", facts, language=language)
    assert {"en": "your true level", "fr": "votre vrai niveau"}[language] in told
    about = {"en": "How do I make up for lacking German?", "fr": "Comment compenser ce qui me manque en allemand ?"}
    told += said(about[language], "coach", facts, language=language)
    assert "one small thing" not in told
    assert "une petite chose" not in told


def test_several_skills_are_to_be_named_where_each_was_used() -> None:
    one = sarah(requirements=(requirement("SQL", ENGINEERING), requirement("LightGBM", FORECAST)))
    several = sarah(
        requirements=(requirement("SQL", ENGINEERING), requirement("Snowflake", line("Snowflake, dbt", "skills"))),
        lines=(*SARAH_LINES, line("Snowflake, dbt", "skills")),
    )
    assert "Name SQL in the bullet where you used it" in said("Should I apply?", "coach", one)
    assert "Name each of SQL and Snowflake in a bullet where you used it" in said("Should I apply?", "coach", several)
    assert "name each in a bullet" in said("What am I missing?", "coach", several)


def test_an_award_that_shows_a_part_of_something_is_not_led_with() -> None:
    award = line("First place for an accessibility tool", "other", "Award: First place")
    half = Requirement(
        text="Accessibility audits", must=True, terms=("accessibility",), verdict="partly", evidence=(award,)
    )
    facts = sarah(requirements=(half, requirement("Kubernetes")), lines=(*SARAH_LINES, award))
    for question in ("Should I apply?", "What should I highlight?", "How do I tailor my resume?"):
        told = said(question, "coach", facts)
        assert "**Lead with** “First place" not in told
        assert "**lead with** your most concrete one: “Cut forecast error" in told
    whole = line("Moved 20 services to Kubernetes", item=DATATECH)
    facts = sarah(requirements=(half, requirement("Kubernetes", whole)), lines=(*SARAH_LINES, award, whole))
    assert "**Lead with** “Moved 20 services" in said("Should I apply?", "coach", facts)


def test_what_shows_a_skill_by_half_is_no_card_to_play() -> None:
    course = line("Took a beginner course in Terraform", item=DATATECH)
    half = Requirement(
        text="Terraform in production", must=True, terms=("terraform",), verdict="partly", evidence=(course,)
    )
    facts = sarah(requirements=(half, requirement("LightGBM", FORECAST)), lines=(*SARAH_LINES, course))
    told = said("What about Terraform?", "coach", facts)
    assert told.startswith("Terraform is a beginning")
    assert "Lead with" not in told
    assert "speaks for you" in said("What about LightGBM?", "coach", facts)
