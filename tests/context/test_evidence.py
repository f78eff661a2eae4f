"""What is claimed is held by the resume's own words."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.context.denial import claimed
from app.context.evidence import find_requirements
from app.context.job import requirement_lines, split_posting
from app.formats.posting import read_posting
from app.kinds import EASILY_SAID, FIELDS_OF_STUDY, KINDS, SPOKEN, shown_by, similar_to
from app.providers.base import Line, Requirement
from app.vocabulary import VOCABULARY, terms
from tests.context.rows import resume_lines, resume_row

TODAY = dt.date(2026, 11, 1)


def look(text: str, **parts: Any) -> Requirement:
    return find_requirements([(text, True)], resume_lines(resume_row(**parts)), today=TODAY)[0]


@pytest.mark.parametrize(
    ("text", "verdict", "missing"),
    [
        ("Experience with Kubernetes and Terraform", "partly", ()),
        ("Kafka or another event log", "missing", ("kafka",)),
        ("Python and Kafka", "partly", ("kafka",)),
        ("Python or Java", "met", ()),
        ("Java, Scala, or Python", "met", ()),
        ("Python and either AWS or Azure", "partly", ("aws", "azure")),
        ("A database such as MongoDB, PostgreSQL or Cassandra", "met", ()),
        ("Strong SQL, PostgreSQL preferred", "met", ()),
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


def test_the_requirements_of_a_posting_in_a_sentence_are_told_apart() -> None:
    description = (
        "Northwind builds demand forecasting for grocers. You will put forecasting models into production. "
        "Requirements: 5+ years of Python, strong SQL, experience with Airflow and Kubernetes, "
        "gradient boosting (LightGBM or XGBoost). Nice to have: Spark, experimentation."
    )
    work = {
        "name": "DataTech",
        "position": "Senior Data Scientist",
        "startDate": "2021-03",
        "highlights": ["Cut forecast error by 23% with a LightGBM model", "Moved nightly training to Airflow on AWS"],
    }
    document = {
        "basics": {"name": "Sarah Johnson"},
        "work": [work],
        "skills": [{"keywords": ["Python", "LightGBM"]}, {"keywords": ["SQL", "Airflow"]}],
    }
    posting = read_posting({"title": "Machine Learning Engineer", "company": "Northwind", "description": description})
    asked = requirement_lines(split_posting(posting.description))
    found = find_requirements(asked, resume_lines(resume_row(document)), today=TODAY)
    named = {term for one in found for term in one.terms}
    missing = {term for one in found if one.must for term in one.missing_terms}
    assert {"python", "sql", "airflow", "lightgbm"} <= named
    assert missing == {"kubernetes"}
    assert [one.verdict for one in found if "Python" in one.text] == ["partly"]  # five years of it are in no job


@pytest.mark.parametrize(
    "text",
    [
        "We will not be able to answer after that day, and you will have missed a good team",
        "Send us your resume and a few lines about SQL",
        "Apply by 1 March with a portfolio of Python work",
        "Envoyez votre CV et un exemple de code Python",
    ],
)
def test_what_tells_applicants_what_to_do_asks_for_nothing(text: str) -> None:
    assert find_requirements([(text, True)], resume_lines(resume_row()), today=TODAY) == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Explained SQL results to people who don't write Python", {"sql"}),
        ("No experience with Kafka or Spark", set()),
        ("Moved to Kubernetes without downtime", {"kubernetes"}),
        ("Not only Python but SQL", {"python", "sql"}),
        ("Sat next to the Java team", set()),
        ("Led the Java team", {"java"}),
        ("Reports for data engineers in SQL", {"sql"}),
        ("Worked as a data engineer", {"data engineering"}),
        ("N'a jamais utilisé Kafka", set()),
    ],
)
def test_what_is_denied_or_left_to_others_is_not_claimed(text: str, held: set[str]) -> None:
    assert claimed(text, terms(text)) == held


def test_a_kind_is_shown_by_what_is_of_it_and_never_the_other_way_round() -> None:
    assert "lightgbm" in shown_by("machine learning")
    assert "machine learning" not in shown_by("lightgbm")
    assert "prefect" in similar_to("airflow")
    assert "rabbitmq" not in similar_to("kafka")


def test_every_kind_and_its_skills_are_of_the_vocabulary() -> None:
    lines = [line for line in KINDS.read_text(encoding="utf-8").splitlines() if " < " in line and line[0] != "#"]
    for line in lines:
        kind, _, skills = line.removeprefix("*").partition(" < ")
        names = [*skills.split(", "), *([] if kind in (*FIELDS_OF_STUDY, SPOKEN, EASILY_SAID) else [kind])]
        known = known_terms()
        assert [name for name in names if name not in known] == []


def known_terms() -> frozenset[str]:
    """The canonical names of the vocabulary."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition(" = ")[0].lstrip("!").lower() for line in lines if line and line[:2] != "# ")


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
