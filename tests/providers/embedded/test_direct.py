"""Chat answers what was asked, first of all: yes or no, a must or a wish, where, how many years."""

import pytest

from app.providers.base import Requirement
from tests.providers.embedded.facts import ENGINEERING, FORECAST, NIGHTLY, STORECAST, requirement, sarah
from tests.providers.embedded.test_manners import said

WISHED = sarah(requirements=(requirement("Strong SQL", ENGINEERING, must=False), requirement("Kubernetes")))


def first(question: str, facts: object = None, language: str = "en") -> str:
    return said(question, "chat", facts, language=language).split("\n")[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Does the posting insist on Python?", "Yes. Python: a must, shown in your resume."),
        ("Is Kubernetes a must?", "Yes. Kubernetes: a must, not in your resume."),
        ("Is LightGBM required?", "Yes, on it or on another that the same requirement names. LightGBM: a must"),
        ("Is Spark mandatory?", "No, it would only be welcome. Spark: nice to have, not in your resume."),
        ("Do they insist on Tableau?", "No. Tableau: not asked for, shown in your resume."),
        ("Is it enough for them that I only list SQL?", "Hardly: only a list names it. SQL: a must, only listed"),
        ("Is my Kubernetes enough?", "No. Kubernetes: a must"),
        ("Is my Airflow experience enough?", "Yes. Airflow: a must"),
        ("Is my Python enough?", "Not by the dates of your jobs. Python: a must"),
        ("Is my Tableau enough?", "It needn’t be. Tableau: not asked for"),
        ("Do I have SQL?", "Only in a list. SQL: a must"),
        ("Do I have Kubernetes?", "Not by your resume. Kubernetes"),
        ("Where does my resume show Airflow?", "Here. Airflow"),
        ("Where does my resume show Kubernetes?", "Nowhere. Kubernetes"),
        ("How many years of Python do they want?", "“5+ years”. Python"),
        ("How many years of SQL do they want?", "It names no number of years. SQL"),
        ("What about Kubernetes?", "Kubernetes: a must, not in your resume."),
    ],
)
def test_the_first_words_answer_the_question(question: str, opening: str) -> None:
    assert first(question).startswith(f"**{opening}")


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("L’offre insiste-t-elle sur Kubernetes ?", "Oui. Kubernetes\u00a0: exigé, absent de votre CV."),
        ("Leur suffit-il que j’énumère SQL ?", "Guère\u00a0: seule une liste le nomme. SQL\u00a0: exigé"),
        ("Où mon CV montre-t-il Airflow ?", "Ici. Airflow"),
        ("Pour SQL, combien d’années veulent-ils ?", "Aucun nombre d’années n’est donné. SQL"),
    ],
)
def test_in_french_too(question: str, opening: str) -> None:
    assert first(question, language="fr").startswith(f"**{opening}")


def test_of_what_is_merely_welcome_a_list_may_do() -> None:
    assert first("Is it enough that I only list SQL?", WISHED).startswith("**It may do")


def test_what_is_half_met_without_a_gap_that_has_a_name_is_no_plain_yes() -> None:
    half = Requirement(text="Deep Airflow", must=True, terms=("airflow",), verdict="partly", evidence=(NIGHTLY,))
    assert first("Is my Airflow enough?", sarah(requirements=(half,))).startswith("**In part.")


def test_years_are_spoken_of_only_where_the_posting_counts_them_or_somebody_asks() -> None:
    assert "number of years" not in said("Do they insist on LightGBM?", "chat")
    facts = sarah(requirements=(requirement("5 years of LightGBM", FORECAST), requirement("Python", STORECAST)))
    assert first("Is my LightGBM enough?", facts).startswith("**Yes, by the dates of your jobs.")


def test_a_place_that_only_stands_beside_remote_is_found() -> None:
    facts = sarah(location="", posting=("Northwind Cloud | Remote (North America)", "We bake bread."))
    for manner in ("chat", "coach"):
        assert "“Northwind Cloud | Remote (North America)”" in said("Where is the job?", manner, facts)  # type: ignore[arg-type]
    assert "doesn’t say where" in said("Where is the job?", "chat", sarah(location="", posting=("We bake bread.",)))


APPLYING = ("How do I apply?", "Help me apply", "Give me an application strategy", "What’s my game plan?")
POSTULER = ("Comment postuler ?", "Aide-moi à postuler", "Quelle stratégie de candidature ?")


@pytest.mark.parametrize("question", [*APPLYING, *POSTULER])
def test_who_wants_to_apply_gets_the_steps_from_the_coach(question: str) -> None:
    language = "fr" if question in POSTULER else "en"
    text = said(question, "coach", language=language)
    assert {"en": "**Next, in this order**", "fr": "**Ensuite, dans cet ordre**"}[language] in text


def test_who_asks_chat_how_to_apply_gets_the_postings_words() -> None:
    facts = sarah(posting=("## How to apply", "Send your resume to jobs@northwind.example by Friday."))
    assert "“Send your resume to jobs@northwind.example by Friday.”" in said("How do I apply?", "chat", facts)
    assert "doesn’t say how to apply" in said("How do I apply?", "chat")
