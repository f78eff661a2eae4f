"""A CV as a JSON Resume and back: what both have is kept, what only one has is not made up."""

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cv.data import CvData, Education, Experience, PersonalInfo, Project, Skills
from app.errors import InvalidInput
from app.formats.cv_resume import from_json_resume, to_iso, to_json_resume, to_wire
from app.formats.json_resume_names import SECTIONS
from tests.builders import a_resume
from tests.cvs import AMARA, a_cv

ISO = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?")
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
texts = st.lists(words, max_size=4, unique=True).map(tuple)
dates = st.one_of(st.just(""), st.dates().map(lambda date: f"{date.month:02}/{date.year:04}"))


def complaints_about(document: dict[str, Any]) -> list[str]:
    """Where a document is not what the standard says: fields it does not know, dates of another form, empty values."""
    found = []
    for section, content in document.items():
        known = {"basics", *SECTIONS}
        if section not in known:
            found.append(section)
        for item in content if isinstance(content, list) else [content]:
            for name, value in item.items():
                if section in SECTIONS and name not in SECTIONS[section].fields:
                    found.append(f"{section}.{name}")
                if name.lower().endswith("date") and not ISO.fullmatch(value):
                    found.append(f"{section}.{name} = {value}")
                if value in ("", [], {}, None):
                    found.append(f"{section}.{name} is empty")
    return found


def test_a_cv_is_the_same_after_a_journey_through_a_json_resume() -> None:
    assert from_json_resume(to_json_resume(a_cv())) == a_cv()


def test_an_empty_cv_is_a_json_resume_all_the_same() -> None:
    assert to_json_resume(CvData()) == {"basics": {}}
    assert from_json_resume({"basics": {}}) == CvData()


def test_it_is_what_the_standard_says() -> None:
    document = to_json_resume(a_cv())
    assert complaints_about(document) == []
    assert document["basics"]["location"] == {"city": "Leeds", "region": "England", "countryCode": "GB"}
    assert document["basics"]["profiles"] == [
        {"network": "LinkedIn", "username": "amaraosei", "url": "https://www.linkedin.com/in/amaraosei"}
    ]
    assert document["work"][0]["startDate"] == "2020-04"
    assert "endDate" not in document["work"][0]
    assert document["education"][0]["score"] == "1st"
    assert document["education"][0]["courses"] == ["Distributed systems", "Compilers"]
    assert document["projects"][0]["description"] == "Finds stuck jobs in message queues"
    assert document["projects"][0]["highlights"] == ["Used by 30 teams"]
    assert document["skills"][0] == {"name": "Core competencies", "keywords": ["System design", "Mentoring"]}
    assert document["languages"] == [{"language": "English", "fluency": "Native"}, {"language": "French"}]
    assert document["certificates"] == [
        {"name": "CKA", "issuer": "Linux Foundation", "date": "2022-05"},
        {"name": "PMP"},
    ]
    assert document["awards"] == [
        {
            "title": "Engineer of the year",
            "awarder": "Parcelwise",
            "date": "2023-12",
            "summary": "For a year without an outage",
        }
    ]


def test_a_stored_resume_becomes_a_cv() -> None:
    cv = from_json_resume(a_resume())
    assert cv.personal_info.full_name == "Amara Osei"
    assert cv.personal_info.location == "Leeds, GB"
    assert [job.end_date for job in cv.experience] == ["Present", "03/2020"]
    assert cv.experience[0].description_bullets[0] == "Routing and tracking for 2 million parcels a day."
    assert cv.education[0] == Education(
        institution="University of Leeds",
        degree="BSc",
        field_of_study="Computer Science",
        graduation_date="2015",
        details="Distributed systems",
    )
    assert cv.skills.software_proficiency == ("Python", "Flask", "PostgreSQL", "Redis", "Kubernetes", "Terraform")
    assert cv.skills.core_competencies == ("Backend", "Operations")


def test_an_older_draft_is_read_too() -> None:
    cv = from_json_resume(
        {"basics": {"name": "Ann", "website": "ann.example"}, "work": [{"company": "Acme", "website": "acme.example"}]}
    )
    assert (cv.personal_info.website, cv.experience[0].company) == ("ann.example", "Acme")


def test_a_group_of_skills_goes_where_its_words_belong() -> None:
    groups = [
        {"name": "Leadership", "keywords": ["Listening well", "Calm"]},
        {"name": "Databases", "keywords": ["PostgreSQL", "Redis", "Homegrown"]},
        {"name": "Docker"},
        {"name": "Patience"},
    ]
    skills = from_json_resume({"skills": groups}).skills
    assert skills.core_competencies == ("Leadership", "Listening well", "Calm", "Databases", "Patience")
    assert skills.software_proficiency == ("PostgreSQL", "Redis", "Homegrown", "Docker")


def test_the_linkedin_profile_is_found_among_the_others_and_another_stands_for_a_site() -> None:
    profiles = [
        {"network": "GitHub", "url": "https://github.com/ann"},
        {"network": "linkedin", "username": "ann"},
    ]
    info = from_json_resume({"basics": {"profiles": profiles}}).personal_info
    assert (info.linkedin, info.website) == ("ann", "https://github.com/ann")
    again = to_json_resume(CvData(personal_info=info))["basics"]
    assert again["profiles"] == [{"network": "LinkedIn", "username": "ann"}]


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:/etc/passwd", "my linkedin page"]
)
def test_what_is_no_address_of_the_web_stands_nowhere_as_one_and_keeps_its_words(text: str) -> None:
    info = PersonalInfo(website=text, linkedin=text)
    basics = to_json_resume(CvData(personal_info=info))["basics"]
    assert "url" not in basics
    assert [profile.get("url") for profile in basics["profiles"]] == [None, None]
    assert from_json_resume({"basics": basics}).personal_info == info


@pytest.mark.parametrize("text", ["amara.example.com", "https://localhost:8080/cv", "HTTP://amara.example.com"])
def test_an_address_of_the_web_and_a_bare_host_are_addresses(text: str) -> None:
    basics = to_json_resume(CvData(personal_info=PersonalInfo(website=text)))["basics"]
    assert basics["url"].lower().startswith(("http://", "https://"))
    assert basics["url"].endswith(text)


@pytest.mark.parametrize(
    ("wire", "iso"),
    [
        ("03/2021", "2021-03"),
        ("3/2021", "2021-03"),
        ("2019", "2019"),
        ("Spring 2020", "Spring 2020"),
        ("13/2020", "13/2020"),
    ],
)
def test_a_date_is_converted_or_kept(wire: str, iso: str) -> None:
    assert to_iso(wire) == iso


@pytest.mark.parametrize(
    ("iso", "wire"), [("2021-03", "03/2021"), ("2021-03-15", "03/2021"), ("2019", "2019"), ("2019-2020", "2019-2020")]
)
def test_a_date_of_the_standard_is_converted_or_kept(iso: str, wire: str) -> None:
    assert to_wire(iso) == wire


def test_the_present_is_no_date() -> None:
    assert to_iso("Present") == ""
    assert from_json_resume({"work": [{"name": "Acme"}]}).experience[0].end_date == ""


@pytest.mark.parametrize(
    "text",
    ["CKA (Certified Kubernetes Administrator)", "AWS Architect – Associate", "(05/2022)", " — nothing", "a · b · c"],
)
def test_a_certificate_in_free_words_stays_in_these_words(text: str) -> None:
    cv = CvData(skills=Skills(certifications=(text,)), awards_and_recognitions=(text,))
    again = from_json_resume(to_json_resume(cv))
    assert again.skills.certifications == (text.strip(),)
    assert again.awards_and_recognitions == (text.strip(),)


@pytest.mark.parametrize(
    "place",
    ["Boston", "Boston, MA", "Boston, Massachusetts, US", "Leeds, GB", "Kraków, Polska", "a, b, c, d, GB", ", "],
)
def test_a_place_stays_in_its_words(place: str) -> None:
    info = dataclasses.replace(AMARA, location=place)
    assert from_json_resume(to_json_resume(CvData(personal_info=info))).personal_info.location == place.strip(" ,")


def test_what_is_no_resume_is_refused() -> None:
    with pytest.raises(InvalidInput):
        from_json_resume({"hello": "world"})


@given(
    st.builds(Experience, title=words, company=words, start_date=dates, description_bullets=texts),
    st.builds(Education, institution=words, degree=words, graduation_date=dates),
    st.builds(Project, name=words, description=words, key_areas_used=texts),
    st.builds(PersonalInfo, full_name=words, title=words, phone=words),
)
def test_whatever_words_a_cv_has_come_back(
    job: Experience, study: Education, project: Project, info: PersonalInfo
) -> None:
    if job.start_date:
        job = dataclasses.replace(job, end_date="Present")
    cv = CvData(personal_info=info, experience=(job,), education=(study,), key_projects_achievements=(project,))
    assert from_json_resume(to_json_resume(cv)) == cv
