"""What is asked next."""

from dataclasses import replace

import pytest

from app.cv.data import CvData, Education, Experience, LetterData, PersonalInfo, Project, Skills, progress_of
from app.cv.lead import item_asked_about, next_question

SARAH = PersonalInfo(full_name="Sarah", title="Scientist", email="s@x.example", phone="1", location="Boston")
JOB = Experience(title="Scientist", company="DataTech", start_date="2020", description_bullets=("Built it",))
FULL = CvData(
    personal_info=SARAH,
    summary="A scientist.",
    experience=(JOB,),
    education=(Education(institution="MIT", degree="BSc"),),
    skills=Skills(software_proficiency=("Python",)),
    key_projects_achievements=(Project(name="GreenRoute"),),
)


def asked(data: CvData | LetterData, *before: str) -> str:
    topic = next_question(data, asked_before=before)
    return topic.path if topic else ""


@pytest.mark.parametrize(
    ("cv", "path"),
    [
        (CvData(), "personal_info.full_name"),
        (CvData(personal_info=PersonalInfo(full_name="Sarah")), "personal_info"),
        (CvData(personal_info=replace(SARAH, phone="", location="")), "personal_info.phone"),
        (CvData(personal_info=SARAH), "experience"),
        (replace(FULL, experience=(replace(JOB, company=""),)), "experience.company"),
        (replace(FULL, experience=(replace(JOB, start_date=""),)), "experience.start_date"),
        (replace(FULL, experience=(JOB, replace(JOB, company="Bee", start_date=""))), "experience.start_date#2"),
        (replace(FULL, experience=(replace(JOB, description_bullets=()),)), "experience.description_bullets"),
        (replace(FULL, education=()), "education"),
        (replace(FULL, skills=Skills()), "skills"),
        (
            replace(FULL, key_projects_achievements=(), skills=replace(FULL.skills, language_fluency=("French",))),
            "key_projects_achievements",
        ),
        (FULL, ""),
    ],
)
def test_the_most_useful_missing_thing_comes_first(cv: CvData, path: str) -> None:
    assert asked(cv) == path


def test_a_complete_cv_is_asked_nothing_more() -> None:
    assert progress_of(FULL).is_complete
    assert next_question(FULL) is None


def test_what_was_passed_over_is_not_asked_again_at_once_but_once_more_later() -> None:
    cv = CvData(personal_info=SARAH)
    before: list[str] = []
    while path := asked(cv, *before):
        assert not before or path != before[-1]
        before.append(path)
    assert {before.count(path) for path in before} <= {1, 2}
    assert before.count("experience") == 2
    assert before.count("skills.language_fluency") == 1


def test_what_is_only_nice_to_have_is_left_when_the_rest_is_there() -> None:
    without_summary = replace(FULL, summary="")
    assert asked(without_summary) == "skills.language_fluency"
    assert asked(without_summary, "skills.language_fluency") == "summary"
    assert asked(FULL) == ""


def test_a_letter_is_asked_for_in_the_order_in_which_one_writes_it() -> None:
    letter = LetterData()
    assert asked(letter) == "company"
    letter = replace(letter, company="Northwind", role="Engineer")
    assert asked(letter) == "personal_info.full_name"
    letter = replace(letter, personal_info=SARAH)
    assert asked(letter) == "why_company"
    letter = replace(letter, why_company="They share.")
    assert asked(letter) == "proofs"
    assert asked(replace(letter, proofs=("I built it.",)), "proofs") == "proofs#2"
    letter = replace(letter, proofs=("I built it.", "I led it."))
    assert asked(letter) == "recipient"
    letter = replace(letter, recipient="Ms. Chen")
    assert asked(letter) == "closing"
    assert asked(replace(letter, closing="Kind regards")) == ""


def test_a_question_about_a_job_names_the_job() -> None:
    cv = replace(FULL, experience=(JOB, replace(JOB, company="Bee", start_date="")))
    topic = next_question(cv)
    assert topic is not None
    assert topic.item == "Bee"
    assert item_asked_about(cv, "experience.start_date#2") == "Bee"
    assert item_asked_about(cv, "experience.description_bullets") == "DataTech"
    assert item_asked_about(LetterData(), "proofs") == ""
