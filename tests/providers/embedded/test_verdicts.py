"""Answers don't contradict each other: what one calls half met or missing, no other calls answered."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest

from app.context.prompt import Limits, build_prompt
from app.formats.posting import read_posting
from app.models import JobPosting
from app.providers.base import Facts, Requirement
from app.providers.embedded.followups import understand
from app.providers.embedded.reading import read
from app.providers.embedded.voice import Voice
from tests.builders import a_job, a_resume
from tests.context.rows import SAMPLES, resume_row
from tests.providers.embedded.facts import (
    ENGINEERING,
    FORECAST,
    NIGHTLY,
    SARAH_LINES,
    claire,
    line,
    prompt,
    requirement,
    sarah,
)
from tests.providers.embedded.test_provider import TODAY, answer

DEMO = Path(__file__).parents[3] / "app" / "cli" / "demo"
QUESTIONS = {
    "en": ("How do I tailor my resume?", "What should I highlight?", "How should I present my career change?"),
    "fr": ("Comment adapter mon CV ?", "Que dois-je mettre en avant ?", "Comment présenter ma reconversion ?"),
}
ANSWERED = {"en": r"It answers ((?:“[^”]*”(?:, | and )?)+)", "fr": r"Elle répond à ((?:«\xa0[^»]*»(?:, | et )?)+)"}
NOTHING = {"en": "No line of your resume meets", "fr": "Aucune ligne de votre CV ne remplit"}


def documents(folder: Path, *endings: str) -> list[Path]:
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in endings and not path.name.startswith("_"))
    return list(paths)


def postings() -> Iterator[JobPosting]:
    texts = [path.read_text("utf-8") for path in documents(DEMO / "postings", ".html", ".md", ".txt")]
    texts += [path.read_text("utf-8") for path in documents(SAMPLES / "jobs", ".html", ".md", ".txt")]
    parsed = [read_posting(a_job()), *(read_posting(text, title="Engineer", company="Acme") for text in texts)]
    for one in parsed:
        yield JobPosting(
            title=one.title, company=one.company, location=one.location, url=one.url, description=one.description
        )


def pairs() -> Iterator[Facts]:
    """Made resumes and postings, and the real ones where they are at hand, each with each."""
    found = [a_resume(), *(json.loads(path.read_text("utf-8")) for path in documents(DEMO, ".json"))]
    found += [json.loads(path.read_text("utf-8")) for path in documents(SAMPLES / "resumes", ".json")]
    rows = [resume_row(document) for document in found if "basics" in document and document.get("work")]
    jobs = list(postings())
    for resume in rows:
        for job in jobs:
            built = build_prompt(
                system="You help.", resume=resume, job=job, history=(), question="?",
                limits=Limits("gpt-4.1-mini", 30_000, 1000),
            )  # fmt: skip
            assert built.prompt.facts is not None
            yield built.prompt.facts


@pytest.fixture(scope="module")
def told() -> list[tuple[Facts, str]]:
    """Every pair in one of the languages in turn, and what is said of it."""
    made = [sarah(), claire(), sarah(lines=claire().lines), claire(lines=SARAH_LINES)]
    return [
        (asked := replace(facts, question=question, language=language), answer(asked))  # type: ignore[arg-type]
        for facts, language in zip([*made, *pairs()], cycle(QUESTIONS), strict=False)
        for question in QUESTIONS[language]
    ]


def test_nothing_is_said_to_be_answered_that_is_half_met_or_missing(told: list[tuple[Facts, str]]) -> None:
    answered = 0
    for facts, text in told:
        verdicts = {Voice(facts.language).asked(one): one.verdict for one in facts.requirements}
        for quotations in re.findall(ANSWERED[facts.language], text):
            for quoted in re.findall(r"“[^”]*”|«[^»]*»", quotations):
                answered += 1
                assert verdicts[quoted] == "met", (facts.question, quoted)
    assert answered > 10


def test_nothing_is_not_said_where_something_is_met(told: list[tuple[Facts, str]]) -> None:
    denied = [(facts, read(facts, TODAY)) for facts, text in told if NOTHING[facts.language] in text]
    assert 0 < len(denied) < len(told)
    assert [facts.question for facts, reading in denied if reading.met or reading.listed] == []


KEYWORDS = line("Rust, Kafka, gRPC", "projects", "ledger")
CERTIFICATE = line("Certificate: Spark Developer, Databricks, 2024-03-01", "other")
INTEREST = line("Interest: Terraform, Ansible", "other")


def section(text: str, heading: str) -> str:
    return text.split(f"**{heading}**")[1].split("**", maxsplit=1)[0] if f"**{heading}**" in text else ""


@pytest.mark.parametrize(
    ("text", "proof"),
    [("Kafka in production", KEYWORDS), ("Spark", CERTIFICATE), ("Terraform", INTEREST), ("Strong SQL", ENGINEERING)],
)
def test_what_is_only_listed_is_not_called_proved(text: str, proof: object) -> None:
    asked = (requirement(text, proof), requirement("Airflow", NIGHTLY))  # type: ignore[arg-type]
    facts = sarah("Am I qualified?", requirements=asked, lines=(*SARAH_LINES, KEYWORDS, CERTIFICATE, INTEREST))
    said = answer(facts)
    assert text in section(said, "Listed, not yet shown in use")
    assert text not in section(said, "You can prove")
    assert "shows 1 and only lists 1" in said


def test_a_certificate_proves_that_one_is_held() -> None:
    asked = (requirement("Spark certification", CERTIFICATE),)
    facts = sarah("Am I qualified?", requirements=asked, lines=(*SARAH_LINES, CERTIFICATE))
    assert "Spark certification" in section(answer(facts), "You can prove")


def test_a_list_of_keywords_is_never_led_with() -> None:
    asked = (requirement("Kafka", KEYWORDS), requirement("Spark", CERTIFICATE))
    facts = sarah("What should I highlight?", requirements=asked, lines=(*SARAH_LINES, KEYWORDS, CERTIFICATE))
    text = answer(facts)
    assert "No bullet of yours shows what this posting asks for" in text
    assert "It answers" not in text


CONDITIONS = (
    "You must be a U.S. Citizen or National (residents of American Samoa and Swains Islands)",
    "Direct deposit",
    "Active security clearance",
    "One year of specialized experience equivalent to the GS-14 grade level in the Federal service",
    "Vous devez détenir un permis de travail valide",
)


@pytest.mark.parametrize("text", CONDITIONS)
@pytest.mark.parametrize("question", ["Am I qualified?", "What am I missing?", "How do I tailor my resume?"])
def test_a_condition_is_to_be_checked_and_no_gap(text: str, question: str) -> None:
    condition = Requirement(text=text, must=True, terms=(), verdict="missing")
    facts = sarah(question, requirements=(*sarah().requirements, condition))
    said = answer(facts)
    assert said.count(text) == 1
    assert text in section(said, "Check these yourself")
    assert answer(replace(facts, question="Am I qualified?")).startswith(answer(sarah("Am I qualified?")).split(",")[0])
    assert text not in answer(replace(facts, question="What will they ask me?"))


def test_a_skill_beside_a_condition_is_still_asked_for() -> None:
    facts = sarah("What am I missing?", requirements=(requirement("US citizen with Kubernetes in production"),))
    assert "Kubernetes" in answer(facts).split("**Check")[0]


def test_a_requirement_that_points_at_lines_unseen_is_left_out() -> None:
    dangling = requirement("Experience with at least two of those languages and Unix")
    text = answer(sarah("What am I missing?", requirements=(*sarah().requirements, dangling)))
    assert "those languages" not in text


def test_a_long_requirement_is_quoted_around_what_is_missing() -> None:
    padding = "the applicant keeps abreast of the latest methods, promotes good working relations with everybody, "
    text = f"Modern practice: {padding * 3}and runs services on Kubernetes every day"
    said = answer(sarah("What am I missing?", requirements=(requirement(text),)))
    assert "runs services on Kubernetes" in said
    assert "“… " in said


def test_numbers_that_are_none_are_left_out_of_the_verdict() -> None:
    text = answer(sarah("Am I qualified?", requirements=(requirement("Cobol"), requirement("Rust"))))
    assert "of the 2 requirements that count, your resume shows none" in text
    assert " 0 " not in text


def test_the_question_understood_alone_is_the_same_without_history() -> None:
    facts = sarah("Am I qualified?")
    assert not understand(facts, prompt(facts).messages).again


def test_a_line_that_meets_one_requirement_and_half_of_another_says_both() -> None:
    asked = (requirement("LightGBM", FORECAST), requirement("LightGBM and Rust", FORECAST))
    text = answer(sarah("What should I highlight?", requirements=asked))
    assert "It answers “LightGBM”. It speaks to part of “LightGBM and Rust”." in text


def test_projects_are_ranked_by_what_they_show_and_lists_only_name() -> None:
    built = line("Built a ledger with Kafka", "projects", "ledger")
    asked = (requirement("Kafka", built, KEYWORDS), requirement("Rust", KEYWORDS))
    lines = (*SARAH_LINES, KEYWORDS, built)
    text = answer(sarah("Which of my projects is most relevant?", requirements=asked, lines=lines))
    assert text.index("Built a ledger") < text.index("store demand forecasting")
    assert "It answers “Kafka”" in text
    without = tuple(one for one in lines if one is not built)
    text = answer(sarah("Which of my projects is most relevant?", requirements=asked[1:], lines=without))
    assert "It names what they ask for in “Rust”" in text
    assert "It answers" not in text


def test_a_title_is_no_story_to_tell_at_an_interview() -> None:
    title = line("Data Scientist and Airflow engineer", "summary")
    asked = (requirement("Airflow", title),)
    text = answer(sarah("What will they ask me?", requirements=asked, lines=(title, *SARAH_LINES)))
    assert "Moved nightly training from cron to Airflow" in text
    assert "Tell “Data Scientist" not in text


def test_years_stated_by_the_summary_are_not_contradicted() -> None:
    stated = sarah("Draft a summary line", summary="Data scientist with 7 years in retail.")
    assert "Senior Data Scientist, 7 years of experience" in answer(stated)
    assert "9 years" not in answer(stated)
    assert "your summary says “7 years”" in answer(replace(stated, question="Am I qualified?"))


def test_a_single_year_is_singular() -> None:
    lines = (line("Cut costs", item="Clerk, Acme (2024-01 – 2025-02)"),)
    text = answer(sarah("How many years of experience do I have?", lines=lines))
    assert "one year of work experience" in text
    assert "1 years" not in text


def test_what_no_requirement_names_is_not_said_to_be_cut_short() -> None:
    text = answer(sarah("rewrite my first bullet", requirements=(requirement("Rust"),)))
    assert "No requirement of **Machine Learning Engineer at Northwind** asks for this by name." in text
    assert "keep it short" not in text
    mentored = line("Mentored juniors who were promoted", item="Lead, Acme (2016 – 2017)")
    assert "Mentored juniors" not in answer(sarah("What can I leave out?", lines=(*SARAH_LINES, mentored)))


def test_a_number_that_names_something_is_no_figure() -> None:
    asked = "What should I highlight?"
    labelled = line("Accomplishment 2", item="Lead, Acme (2016 – 2017)")
    assert "Accomplishment" not in answer(sarah(asked, lines=(labelled,), requirements=(requirement("Rust"),)))


def test_times_without_a_job_are_shown_by_their_dates() -> None:
    lines = tuple(
        line("Did the work", item=item) for item in ("Clerk, A (2018-01 – 2019-03)", "Clerk, B (2020-01 – present)")
    )
    text = answer(sarah("How should I explain the gap in my employment?", lines=lines))
    assert "9 months between “Clerk, A (2018-01 – 2019-03)” and “Clerk, B (2020-01 – present)”" in text
    assert "without a language model" in text
