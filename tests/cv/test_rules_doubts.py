"""What the rules store nothing of: denials, corrections, refusals, and what is somebody else's."""

import pytest

from app.cv.changes import Add, Patch, Put, Remove, Set
from app.cv.data import CvData, LetterData, from_json
from app.cv.patch import apply
from app.cv.rules import read_message
from tests.cv.test_rules import told

NURSE = from_json("cv", {"experience": [{"title": "Nurse", "company": "Acme", "start_date": "2016"}]})
TITLE_ONLY = from_json("cv", {"experience": [{"title": "Developer"}]})
NAMED = from_json("cv", {"personal_info": {"full_name": "Maria Lopez", "phone": "+1-555-0100"}})
BULLETS = "experience.description_bullets"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("personal_info.location", "Self employed since 2012. Before that British Gas for ten years"),
        ("personal_info.location", "self employed"),
        ("personal_info.full_name", "I'm unemployed"),
        ("personal_info.full_name", "I want to apply to Google as a software engineer"),
        ("personal_info.full_name", "Leeds General Infirmary, 2015-2019"),
        ("personal_info.full_name", "London"),
        ("summary", "I don't know what to write there"),
        ("summary", "I'd rather you wrote that for me please"),
        ("key_projects_achievements", "I don't use Excel"),
        ("key_projects_achievements", "nothing comes to mind"),
        ("education", "never finished school"),
        ("skills.certifications", "I have none"),
        ("personal_info.full_name", "see above"),
        ("", "My name is not John"),
        ("", "I am not a doctor"),
        ("", "My wife is a doctor at St Thomas Hospital"),
        ("", "My friend Bob knows Python, Java and Go"),
        ("", "She worked at Acme as a nurse"),
        ("", "I teach yoga at weekends"),
        ("", "Curriculum Vitae"),
        ("", "New York"),
        ("", "stop"),
        ("", "I already told you"),
    ],
)
def test_what_is_no_answer_is_not_stored_as_one(asked: str, message: str) -> None:
    assert told(message, asked) == CvData()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (BULLETS, "I don't remember"),
        (BULLETS, "Actually it was 2017"),
        (BULLETS, "That was my colleague, not me"),
        (BULLETS, "ask me later"),
        (BULLETS, "lots of things"),
        (BULLETS, "I think I did sales"),
    ],
)
def test_what_is_no_deed_is_no_line_of_a_job(asked: str, message: str) -> None:
    assert read_message(message, NURSE, asked=asked) == ()


@pytest.mark.parametrize("message", ["I already told you", "my dad's", "I never worked for one"])
def test_a_sentence_is_no_company(message: str) -> None:
    assert read_message(message, TITLE_ONLY, asked="experience.company") == ()


def test_what_is_denied_before_a_but_denies_nothing_after_it() -> None:
    patch = read_message("I've never used Python but I use Java daily", TITLE_ONLY, asked="experience.company")
    assert patch == (Add(path="skills.software_proficiency", values=("Java",)),)


@pytest.mark.parametrize(
    ("message", "patch"),
    [
        (
            "Actually my name is Maria Lopez Garcia",
            (Set(path="personal_info.full_name", value="Maria Lopez Garcia"),),
        ),
        ("Please remove my phone number from the CV", (Remove(path="personal_info.phone"),)),
    ],
)
def test_a_correction_said_when_the_summary_was_asked_for_is_no_summary(message: str, patch: Patch) -> None:
    assert read_message(message, NAMED, asked="summary") == patch


@pytest.mark.parametrize(
    "message",
    [
        "References: Jane Roe, jane@roe.org, +44 20 7946 0999",
        "References\nJane Roe, Manager, Acme\njane@roe.org",
        "My employer's phone is +44 20 7946 0999",
        "my manager can be reached at boss@acme.com",
        "jane@roe.org is my boss",
        "Please don't put my phone 0123456789 in",
    ],
)
def test_the_contact_of_somebody_else_or_one_that_is_denied_is_not_taken(message: str) -> None:
    assert told(message) == CvData()
    assert told(message, "personal_info") == CvData()


@pytest.mark.parametrize(
    ("message", "email", "phone"),
    [
        ("Email me at jane@x.org, my manager's phone is 0161 496 0123", "jane@x.org", ""),
        ("My employer is Acme and my email is jane@x.org", "jane@x.org", ""),
        ("I don't have linkedin but my email is jane@x.org", "jane@x.org", ""),
        ("do not use 0161 496 0123, use 0161 496 0999", "", "0161 496 0999"),
    ],
)
def test_ones_own_contact_beside_another_is_taken(message: str, email: str, phone: str) -> None:
    info = told(message).personal_info
    assert (info.email, info.phone) == (email, phone)


def test_a_phone_alone_gives_no_name() -> None:
    info = told("My phone is 0049 151 2345678 or 0151 2345678", "personal_info.full_name").personal_info
    assert (info.full_name, info.phone) == ("", "0151 2345678")


@pytest.mark.parametrize(
    ("message", "name", "title", "place"),
    [
        ("I'm Tom Baker. I want to work as a pastry chef in Paris", "Tom Baker", "", ""),
        ("I'm Tom Baker, a nurse", "Tom Baker", "Nurse", ""),
        ("Gareth Pugh, plumber, Cardiff", "Gareth Pugh", "Plumber", "Cardiff"),
        ("Aisha Khan - nurse - Leeds", "Aisha Khan", "Nurse", "Leeds"),
        ("Jane Doe", "Jane Doe", "", ""),
        ("I'm a Head Baker", "", "Head Baker", ""),
    ],
)
def test_a_first_message_says_who_somebody_is(message: str, name: str, title: str, place: str) -> None:
    info = told(message).personal_info
    assert (info.full_name, info.title, info.location) == (name, title, place)


@pytest.mark.parametrize(
    "name", ["Anna", "anna kowalska", "it's john smith", "Bob Stone, nice to meet you", "Tom Baker"]
)
def test_a_bare_name_is_one_when_it_was_asked_for(name: str) -> None:
    assert told(name, "personal_info.full_name").personal_info.full_name


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("I don't live in Leeds anymore, I live in York", "York"),
        ("near Leeds", "Leeds"),
        ("Boston MA", "Boston MA"),
        ("nowhere special", ""),
    ],
)
def test_only_the_place_where_somebody_lives_is_theirs(message: str, place: str) -> None:
    info = told(message, "personal_info.location").personal_info
    assert (info.location, info.full_name) == (place, "")


def test_a_title_beside_an_address_is_no_place() -> None:
    info = told("Client Manager - jane@acme.org", "personal_info").personal_info
    assert (info.title, info.location, info.email) == ("Client Manager", "", "jane@acme.org")


def test_another_s_job_ends_where_ones_own_begins() -> None:
    cv = told("My dad worked at Ford from 1980 to 1999 and I worked at Nissan as a welder from 2005 to 2010")
    assert [(job.title, job.company) for job in cv.experience] == [("Welder", "Nissan")]


def test_dates_belong_to_the_job_before_them() -> None:
    first, second = told("Waitress at Nandos, 2019-2021, then barista at Costa").experience
    assert (first.title, first.company, first.start_date, first.end_date) == ("Waitress", "Nandos", "2019", "2021")
    assert (second.title, second.company, second.start_date, second.end_date) == ("Barista", "Costa", "", "")


@pytest.mark.parametrize("asked", ["", "experience"])
def test_two_jobs_without_a_verb_are_two(asked: str) -> None:
    message = "at tesco as a cashier from 2018 to 2020 and then at asda as a supervisor until last month"
    jobs = told(message, asked).experience
    assert [(job.title, job.company, job.start_date, job.end_date) for job in jobs] == [
        ("Cashier", "tesco", "2018", "2020"),
        ("Supervisor", "asda", "", ""),
    ]


@pytest.mark.parametrize("asked", ["", "personal_info.full_name", "skills", "key_projects_achievements", "summary"])
def test_a_line_that_is_a_job_is_one_whatever_was_asked(asked: str) -> None:
    cv = told("Staff nurse, Leeds General Infirmary, 2015-2019", asked)
    assert [(job.title, job.company) for job in cv.experience] == [("Staff Nurse", "Leeds General Infirmary")]
    assert CvData(experience=cv.experience) == cv


def test_what_somebody_taught_and_where() -> None:
    jobs = told(
        "I taught maths at IES Goya from September 2015 to June 2019 and at Colegio Base from 2019 to now"
    ).experience
    assert [(job.company, job.start_date, job.end_date) for job in jobs] == [
        ("IES Goya", "09/2015", "06/2019"),
        ("Colegio Base", "2019", "Present"),
    ]
    assert jobs[0].description_bullets == ("Taught maths",)


def test_languages_alone_are_languages() -> None:
    assert told("English and Polish").skills.language_fluency == ("English", "Polish")


def test_a_deed_that_nobody_asked_for_is_of_the_only_job() -> None:
    message = "I led a ward of 12 and cut falls by 30%"
    told_of = {"description_bullets": ("Led a ward of 12 and cut falls by 30%",)}
    assert read_message(message, NURSE) == (Put(section="experience", which="Acme", lists=told_of),)
    assert read_message(message, CvData()) == ()


@pytest.mark.parametrize(
    ("asked", "message", "path", "value"),
    [
        ("why_company", "Because I love ships", "why_company", "I love ships"),
        ("", "Looking forward to hearing from you", "closing", "Looking forward to hearing from you"),
        ("why_company", "Looking forward to hearing from you", "closing", "Looking forward to hearing from you"),
    ],
)
def test_a_letter_takes_a_short_reason_and_a_closing(asked: str, message: str, path: str, value: str) -> None:
    assert read_message(message, LetterData(company="Northwind"), asked=asked) == (Set(path=path, value=value),)


@pytest.mark.parametrize(
    ("asked", "message"),
    [("recipient", "I don't know her name"), ("closing", "ask me later"), ("why_company", "I don't know")],
)
def test_a_letter_takes_no_refusal_for_an_answer(asked: str, message: str) -> None:
    assert apply(LetterData(), read_message(message, LetterData(), asked=asked)) == LetterData()
