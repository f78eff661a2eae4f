"""What the rules read of each subject, in a few words of people."""

import pytest

from app.cv.data import CvData, Education, Experience
from app.cv.patch import apply
from app.cv.rules import read_message
from tests.cv.test_rules import told


@pytest.mark.parametrize(
    ("message", "name", "title"),
    [
        ("my name is anna kowalska and im a ux designer", "Anna Kowalska", "UX Designer"),
        ("I'm José Ángel Muñoz-García, civil engineer", "José Ángel Muñoz-García", "Civil Engineer"),
        ("Hey! Dana White here.", "Dana White", ""),
        ("I am a 34 year old electrician", "", "Electrician"),
        ("I work as a warehouse supervisor.", "", "Warehouse Supervisor"),
        ("I'm Polish and I'm fine", "", ""),
    ],
)
def test_name_and_title(message: str, name: str, title: str) -> None:
    info = told(message).personal_info
    assert (info.full_name, info.title) == (name, title)


@pytest.mark.parametrize(
    ("message", "asked", "place"),
    [
        ("I live in Berlin", "", "Berlin"),
        ("based in Gdańsk (Poland)", "", "Gdańsk, Poland"),
        ("actually I live in Cambridge, MA", "", "Cambridge, MA"),
        ("Boston", "personal_info.location", "Boston"),
        ("remote, but I live in são paulo", "personal_info.location", "São Paulo"),
    ],
)
def test_a_place(message: str, asked: str, place: str) -> None:
    assert told(message, asked).personal_info.location == place


@pytest.mark.parametrize(
    "phone", ["+1-555-9999", "(617) 555-0142", "07700 900123", "+33 6 39 98 12 34", "+49 30 901820", "0176 12345678"]
)
def test_phones_of_many_countries_as_they_are_written(phone: str) -> None:
    assert told(f"my number is {phone}").personal_info.phone == phone


def test_years_are_no_phone() -> None:
    cv = told("- Accountant, Finch Group, 09/2015 - 12/2018\n- Clerk, Acme, 2013 - 2015", "experience")
    assert cv.personal_info.phone == ""
    assert [job.company for job in cv.experience] == ["Finch Group", "Acme"]


def test_links_are_told_apart() -> None:
    info = told("linkedin.com/in/maria-silva and my portfolio is at https://mariasilva.dev").personal_info
    assert (info.linkedin, info.website) == ("linkedin.com/in/maria-silva", "https://mariasilva.dev")


def test_several_jobs_of_one_sentence_come_out_as_several() -> None:
    cv = told(
        "Since March 2021 I work at Acme as a project manager, and before that I was an analyst at Globex (2012-2015)."
    )
    assert cv.experience == (
        Experience(title="Project Manager", company="Acme", start_date="03/2021", end_date="Present"),
        Experience(title="Analyst", company="Globex", start_date="2012", end_date="2015"),
    )


def test_what_was_done_in_a_job_is_kept_in_the_users_words() -> None:
    cv = told("I was a chef at Olive from 2016 to 2020, i ran a kitchen of 8. I cut food waste by a third.")
    assert cv.experience[0].description_bullets == ("Ran a kitchen of 8", "Cut food waste by a third")


def test_bare_dates_belong_to_the_job_that_was_asked_about() -> None:
    cv = CvData(
        experience=(Experience(title="A", company="Acme", start_date="2020"), Experience(title="B", company="Bee"))
    )
    after = apply(cv, read_message("2015 to 2018", cv, asked="experience.start_date#2"))
    assert isinstance(after, CvData)
    assert (after.experience[1].start_date, after.experience[1].end_date) == ("2015", "2018")
    assert after.experience[0] == cv.experience[0]


@pytest.mark.parametrize(
    ("message", "study"),
    [
        (
            "I finished my master's in architecture at TU Delft in 2013, cum laude.",
            Education(
                institution="TU Delft",
                degree="Master's",
                field_of_study="Architecture",
                graduation_date="2013",
                details="cum laude",
            ),
        ),
        ("I got my MBA from INSEAD in 2018", Education(institution="INSEAD", degree="MBA", graduation_date="2018")),
        (
            "BA History, Durham University, 2012",
            Education(institution="Durham University", degree="BA", field_of_study="History", graduation_date="2012"),
        ),
    ],
)
def test_a_course_of_study(message: str, study: Education) -> None:
    assert told(message, "education").education == (study,)


def test_a_job_at_a_school_is_no_study() -> None:
    cv = told("I've been a primary school teacher at St. Mary's School since september 2016")
    assert cv.education == ()
    assert cv.experience[0].company == "St. Mary's School"


def test_skills_are_sorted_by_their_kind() -> None:
    skills = told("Skills: Python, negotiation, Power BI").skills
    assert (skills.software_proficiency, skills.core_competencies) == (("Python", "Power BI"), ("Negotiation",))


@pytest.mark.parametrize(
    ("message", "languages"),
    [
        (
            "I speak fluent English and German, and basic Polish.",
            ("English (fluent)", "German (fluent)", "Polish (basic)"),
        ),
        ("native Spanish speaker, English at C1 level", ("Spanish (native)", "English (C1)")),
        ("I speak Russian", ("Russian",)),
        ("I have a BA in English from Leeds University", ()),
    ],
)
def test_languages_with_their_levels(message: str, languages: tuple[str, ...]) -> None:
    assert told(message).skills.language_fluency == languages


def test_certificates() -> None:
    said = "I'm an AWS Certified Solutions Architect and I passed the PMP in 2021"
    assert told(said).skills.certifications == ("AWS Certified Solutions Architect", "PMP (2021)")


def test_an_award_and_a_won_contract() -> None:
    assert told("I won the Employee of the Year award in 2022").awards_and_recognitions == (
        "Employee of the Year award (2022)",
    )
    assert told("I won a contract worth 2 million").awards_and_recognitions == ()


def test_a_project_with_what_it_was_made_with() -> None:
    (project,) = told("I built an app called GreenRoute, a route planner using React.").key_projects_achievements
    assert (project.name, project.description) == ("GreenRoute", "A route planner using React")
    assert project.key_areas_used == ("React",)


def test_a_summary_is_taken_whole_when_it_was_asked_for() -> None:
    said = "I am a calm office manager. I have kept three startups running for ten years."
    assert told(said, "summary").summary == said
    assert told(said, "summary").personal_info.title == ""


def test_a_pasted_cv_is_read_by_its_headings() -> None:
    cv = told(
        "Grace Mwangi\nProduct Manager\nNairobi, Kenya | grace@mail.example\n\nExperience\nProduct Manager, Safari Pay,"
        " 02/2020 - Present\n- Launched mobile loans\n\nEducation\nBCom Finance, Strathmore University, 2016\n\nSkills\nJira, SQL"
    )
    assert cv.personal_info.full_name == "Grace Mwangi"
    assert cv.personal_info.location == "Nairobi, Kenya"
    assert cv.experience[0].description_bullets == ("Launched mobile loans",)
    assert cv.education[0].field_of_study == "Finance"
    assert cv.skills.software_proficiency == ("Jira", "SQL")
