"""What is claimed is held by the resume's own words."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.context.evidence import find_requirements
from app.context.tenure import months_between, years_asked
from app.providers.base import Line, Requirement
from app.vocabulary import terms
from tests.context.rows import resume_lines, resume_row

TODAY = dt.date(2026, 11, 1)


def look(text: str, **parts: Any) -> Requirement:
    return find_requirements([(text, True)], resume_lines(resume_row(**parts)), today=TODAY)[0]


@pytest.mark.parametrize(
    ("text", "verdict", "missing"),
    [
        ("Experience with Kubernetes and Terraform", "met", ()),
        ("Kafka or another event log", "missing", ("kafka",)),
        ("Python and Kafka", "partly", ("kafka",)),
        ("Python or Java", "met", ()),
        ("Java, Scala, or Python", "met", ()),
        ("Python and either AWS or Azure", "partly", ("aws", "azure")),
        ("A database such as MongoDB, PostgreSQL or Cassandra", "met", ()),
        ("Strong SQL, PostgreSQL preferred", "partly", ("sql",)),
        ("Python; Kafka is a plus", "met", ("kafka",)),
        ("Redis. Kafka souhaité", "met", ("kafka",)),
        ("Bachelor's degree in Computer Science", "met", ()),
        ("Master's degree", "missing", ("master's degree",)),
        ("High school diploma", "met", ()),
        ("Maîtrise de Kubernetes", "met", ()),
        ("4+ years of Python in production", "met", ()),
        ("5+ years of Python in production", "partly", ()),
        ("3 years of experience", "met", ()),
        ("20 years of experience", "partly", ()),
        ("You must be a U.S. citizen", "missing", ()),
        ("Ability to lift 50 pounds", "missing", ()),
        ("A sense of humour", "missing", ()),
    ],
)
def test_a_verdict_follows_from_the_rows(text: str, verdict: str, missing: tuple[str, ...]) -> None:
    found = look(text)
    assert (found.verdict, found.missing_terms) == (verdict, missing)
    assert (found.evidence == ()) == (verdict == "missing")


def test_the_evidence_is_the_line_of_work_before_the_list_of_skills() -> None:
    evidence = look("PostgreSQL and Redis").evidence
    assert evidence[0].text.startswith("- Cut the tracking API's p99")
    assert 1 <= len(evidence) <= 3


def test_a_degree_is_proved_by_education_only() -> None:
    work = [{"name": "X", "position": "Tutor", "highlights": ["Taught PhD and MSc students"]}]
    assert look("PhD or Master's degree", work=work).verdict == "missing"
    study = [{"institution": "X", "studyType": "PhD", "area": "Physics"}]
    assert look("Bachelor's degree", education=study).evidence[0].text == "PhD, Physics, X"


def test_a_requirement_without_known_skills_needs_a_line_that_says_most_of_it() -> None:
    work = [
        {
            "name": "X",
            "position": "Keeper",
            "highlights": ["Groomed giraffes and cleaned their enclosures", "Sold tickets"],
        }
    ]
    assert look("Grooming giraffes, cleaning enclosures", work=work).verdict == "met"
    assert look("Grooming giraffes and lions, cleaning pools and enclosures", work=work).verdict == "partly"
    assert look("Selling lions", work=work).verdict == "missing"


def test_years_are_counted_once_where_jobs_overlap_and_only_where_the_skill_was_used() -> None:
    work = [
        {"name": "A", "position": "Python developer", "startDate": "2020-01", "endDate": "2021-12"},
        {"name": "B", "position": "Python trainer", "startDate": "2020-06", "endDate": "2022-06"},
        {"name": "C", "position": "Baker", "startDate": "2000-01", "endDate": "2019-12"},
    ]
    parts: dict[str, Any] = {"work": work, "projects": [], "skills": []}
    assert look("2 years of Python", **parts).verdict == "met"
    assert look("3 years of Python", **parts).verdict == "partly"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of Python", 5),
        ("3-5 years", 3),
        ("3 à 5 ans d'expérience", 3),
        ("at least two (2) years", 2),
        ("cinq années", 5),
        ("10 or more years", 10),
        ("24 people", None),
        ("every year", None),
    ],
)
def test_the_years_asked_for_are_read(text: str, years: int | None) -> None:
    assert years_asked(text) == years


@pytest.mark.parametrize(
    ("header", "months"),
    [
        ("Clerk (2020-01 – 2020-12)", 12),
        ("Clerk (2026-10-15 – present)", 2),
        ("Clerk (2019 – 2021)", 14),
        ("Clerk (2020 – ?)", 0),
        ("Clerk (2030-01 – present)", 0),
        ("Clerk", 0),
    ],
)
def test_months_are_never_more_than_the_dates_show(header: str, months: int) -> None:
    assert months_between([header], TODAY) == months


skills = st.sampled_from(
    ["Python", "Kafka", "SQL", "Kubernetes", "Go", "accessibility", "giraffes", "and", "or", ",", "5+ years"]
)
sentences = st.lists(skills, min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(sentences, st.booleans()), max_size=5), st.lists(sentences, max_size=8))
def test_nothing_is_claimed_that_no_line_holds(asked: list[tuple[str, bool]], held: list[str]) -> None:
    lines = [Line(text=text, section="work", item="Clerk (2020-01 – 2021-01)", terms=terms(text)) for text in held]
    said = frozenset().union(*(line.terms for line in lines))
    for requirement in find_requirements(asked, lines, today=TODAY):
        assert set(requirement.evidence) <= set(lines)
        assert len(requirement.evidence) <= 3
        assert not said & set(requirement.missing_terms)
        if requirement.terms and requirement.verdict == "missing":
            assert not said & set(requirement.terms)
        if requirement.terms and requirement.verdict != "missing":
            assert any(line.terms & set(requirement.terms) for line in requirement.evidence)
