"""A JSON Resume, of whatever year and dialect, becomes what the tables hold, and its receipt tells the rest."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.formats.json_resume import read
from app.formats.json_resume_names import SECTIONS
from app.formats.resume import OtherItem, ParsedEducation, ParsedProject, ParsedSkill, ParsedWork

SAMPLES = Path(__file__).parents[1] / "data" / "resumes"


def sample(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def renamed(document: Any) -> dict[str, str]:
    return {each.old: each.new for each in read(document).receipt.renamed}


def reasons(document: Any) -> dict[str, str]:
    return {each.path: each.reason for each in read(document).receipt.not_understood}


def test_every_field_of_the_standard_is_known() -> None:
    receipt = read(sample("modern.json")).receipt
    assert (receipt.renamed, receipt.kept, receipt.not_understood) == ((), (), ())
    assert {"basics.location.city", "work[1].highlights", "projects[0].entity", "$schema"} <= set(receipt.mapped)


def test_basics_fill_the_columns_and_the_street_stays_in_the_document() -> None:
    resume = read(sample("modern.json"))
    assert resume.full_name == "Inès Abara-Quint"
    assert resume.headline == "Site Reliability Engineer"
    assert resume.url == "https://quint.example.com"
    assert resume.location == "Lyon, Rhône, FR"


def test_items_fill_the_rows() -> None:
    resume = read(sample("modern.json"))
    assert resume.work[1] == ParsedWork(
        company="Marée Logicielle",
        title="Systems Engineer",
        start_date="2015-02-16",
        end_date="2021-08-31",
        highlights=("Ran 300 machines with Ansible, and then with none of them by hand",),
    )
    assert resume.work[0].end_date == ""
    assert resume.work[0].summary == "Card acquiring for small shops\nOwns availability of the authorisation path."
    assert resume.education == (
        ParsedEducation(
            institution="INSA Example",
            degree="Engineer's degree",
            area="Telecommunications",
            start_date="2009",
            end_date="2014-07",
            score="15.2/20",
            courses=("Queueing theory", "Distributed algorithms"),
        ),
    )
    assert resume.projects[0].description == "Tells a quiet system from a dead one\nAuthor, Pont & Cie"
    assert resume.skills[1] == ParsedSkill(name="Languages", keywords=("Go", "Python", "Bash"))


def test_sections_without_a_table_become_lines_of_text() -> None:
    assert read(sample("modern.json")).other == (
        OtherItem(
            kind="volunteer",
            text="Repair café host, Réparons! (2018 – 2020)\nSaturday mornings with soldering irons.\n- 1,200 kettles",
        ),
        OtherItem(kind="awards", text="Night Owl of the Year, Pont & Cie, 2022-12\nVoted by the day shift."),
        OtherItem(kind="certificates", text="Certified Kubernetes Administrator, CNCF, 2023-05-04"),
        OtherItem(kind="publications", text="Runbooks that run, Pager Quarterly, 2023\nOn executable documentation."),
        OtherItem(kind="languages", text="French, Native"),
        OtherItem(kind="languages", text="English, C1"),
        OtherItem(kind="interests", text="Rowing: coxless pair"),
        OtherItem(kind="references", text="O. Tamm, CTO: When Inès sleeps, so do I."),
        OtherItem(kind="profiles", text="GitHub, iaq, https://github.example.com/iaq"),
    )


def test_old_names_are_read_as_todays() -> None:
    assert renamed(sample("old-names.json")) == {
        "bio.firstName": "basics.name",
        "bio.lastName": "basics.name",
        "bio.picture": "basics.image",
        "bio.website": "basics.url",
        "bio.summary": "basics.summary",
        "work[0].company": "work[0].name",
        "work[0].website": "work[0].url",
        "education[0].gpa": "education[0].score",
        "publications[0].website": "publications[0].url",
        "languages[0].name": "languages[0].language",
        "languages[0].level": "languages[0].fluency",
        "hobbies[0].name": "interests[0].name",
        "hobbies[0].keywords": "interests[0].keywords",
    }
    resume = read(sample("old-names.json"))
    assert resume.full_name == "Teodor Lindqvist"
    assert resume.work[0].company == "Lagerhus AB"
    assert resume.education[0].score == "4.6"
    assert OtherItem(kind="languages", text="Swedish, Native") in resume.other


def test_a_field_under_both_names_counts_under_todays() -> None:
    document = {"work": [{"company": "Old", "name": "New"}]}
    assert read(document).work[0].company == "New"
    assert read(document).receipt.kept == ("work[0].company",)


def test_fresh_is_read_as_its_counterparts() -> None:
    resume = read(sample("fresh.json"))
    assert (resume.full_name, resume.headline, resume.location) == ("Marisol Okonjo", "Plant Manager", "Valencia, ES")
    assert [(job.company, job.title, job.start_date, job.end_date) for job in resume.work] == [
        ("Hornos Example", "Plant Manager", "2016-04", ""),
        ("Pan Example", "Shift Lead", "2011", "2016-03"),
    ]
    assert resume.education == (
        ParsedEducation(
            institution="UPV Example", degree="BEng", end_date="2010", score="8.1", courses=("Thermodynamics",)
        ),
    )
    assert [skill.name for skill in resume.skills] == ["Planning", "Spanish baking law"]
    assert resume.projects == (
        ParsedProject(name="Oven scheduler", description="A spreadsheet that grew up", end_date="2018-02"),
    )
    assert [item.text for item in resume.other] == [
        "Driver, Banco de Alimentos (2019 – present)",
        "Cleanest plant, Region of Valencia, 2021",
        "Bread and buffers, Lean Baker, 2020",
        "A. Ruiz: She counts everything.",
        "B. Soler",
        "Mastodon, mari",
    ]
    assert renamed(sample("fresh.json"))["employment.history[1].employer"] == "work[1].name"
    assert {"employment.summary", "info.quote", "speaking"} <= set(resume.receipt.kept)


def test_extensions_are_kept_and_told() -> None:
    assert read(sample("extended.json")).receipt.kept == (
        "basics.pronouns",
        "basics.x.twitter",
        "work[0].teamSize",
        "work[0].stack",
        "skills[0].years",
        "patents",
        "x-theme",
    )


def test_wrong_types_are_told_one_by_one_and_harm_nothing_beside_them() -> None:
    assert reasons(sample("wrong-types.json")) == {
        "basics.name": "a number where text is expected; read as 42.",
        "basics.label": "a list where text is expected.",
        "basics.email": "an object where text is expected.",
        "basics.phone": "true or false where text is expected.",
        "basics.location": "text where an object is expected; read as its address.",
        "basics.profiles": "text where a list is expected.",
        "work[0]": "text where an object is expected.",
        "work[1].name": "an object where text is expected; read as its name.",
        "work[1].startDate": "a number where text is expected; read as 2019.",
        "work[1].endDate": "no date as YYYY, YYYY-MM or YYYY-MM-DD; shown as it is written.",
        "work[1].highlights": "text where a list is expected; read as its only entry.",
        "work[2].startDate": "no date as YYYY, YYYY-MM or YYYY-MM-DD; shown as it is written.",
        "work[2].endDate": "a list where text is expected.",
        "work[2].current": "text where true or false is expected.",
        "work[2].highlights[1]": "a number where text is expected; read as 7.",
        "work[2].highlights[3]": "a list where text is expected.",
        "work[2].highlights[4]": "an object where text is expected.",
        "education": "an object where a list is expected.",
        "projects": "a number where a list is expected.",
        "skills[0]": "text where an object is expected; read as its name.",
        "skills[1].keywords": "text where a list is expected; read as its only entry.",
        "awards[0].date": "no date as YYYY, YYYY-MM or YYYY-MM-DD; shown as it is written.",
        "interests": "true or false where a list is expected.",
    }
    resume = read(sample("wrong-types.json"))
    assert [job.company for job in resume.work] == ["Nordlys", "Fjell"]
    assert resume.work[1].highlights == ("Good", "7")
    assert [skill.name for skill in resume.skills] == ["Python", "Databases"]


@pytest.mark.parametrize("date", ["1999", "2024-02", "2024-02-29"])
def test_dates_stay_as_the_file_has_them(date: str) -> None:
    document = {"work": [{"name": "A", "startDate": date, "endDate": date}]}
    assert (read(document).work[0].start_date, read(document).work[0].end_date) == (date, date)
    assert reasons(document) == {}


@pytest.mark.parametrize("date", ["2023-02-29", "2024-00", "03/2024", "24", "2024-1", "٢٠٢٤", "2024-01-01T00:00:00Z"])
def test_what_is_no_date_is_told_and_shown_as_it_is_written(date: str) -> None:
    document = {"work": [{"name": "A", "startDate": date}]}
    assert read(document).work[0].start_date == date
    assert "work[0].startDate" in reasons(document)


@pytest.mark.parametrize(
    "end", [{"current": True}, {"endDate": "Present"}, {"endDate": "aujourd'hui"}, {"end": "now"}, {}]
)
def test_a_job_that_goes_on_has_no_end(end: dict[str, Any]) -> None:
    document = {"work": [{"name": "A", "startDate": "2020", **end}]}
    assert read(document).work[0].end_date == ""
    assert reasons(document) == {}


@pytest.mark.parametrize("end", [["2020"], {"year": 2020}, True, "x" * 100])
def test_a_job_whose_end_nobody_can_read_does_not_go_on(end: object) -> None:
    assert read({"work": [{"name": "A", "endDate": end}]}).work[0].end_date == "?"


def test_what_is_empty_becomes_nothing() -> None:
    document = {
        "basics": {"name": "", "label": " ", "profiles": [{"network": "", "url": ""}], "location": {"city": ""}},
        "work": [{"name": "", "highlights": ["", " "]}, {}],
        "skills": [{"name": "", "keywords": [""]}],
        "awards": [{"title": ""}],
        "extension": [],
    }
    resume = read(document)
    assert (resume.full_name, resume.location, resume.work, resume.skills, resume.other) == ("", "", (), (), ())
    assert resume.receipt.mapped == resume.receipt.kept == ()
    assert resume.receipt.not_understood == ()


@pytest.mark.parametrize("document", [None, [], "resume", 7, True, [{"basics": {}}]])
def test_what_is_no_object_is_refused(document: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(document)
    assert caught.value.fields == {"body": ["Must be a JSON object."]}


@pytest.mark.parametrize("document", [{}, {"title": "Engineer"}, {"meta": {}}, {"Basics": {}}])
def test_what_has_no_section_of_a_resume_is_refused(document: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(document)
    assert list(caught.value.fields or ()) == ["basics"]


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"work": [{"name": "A"}] * 501}, "work"),
        ({"work": [{"name": "A", "highlights": ["b"] * 501}]}, "work.0.highlights"),
        ({"basics": {"profiles": [{"url": "u"}] * 501}}, "basics.profiles"),
        ({"employment": {"history": [None] * 10_000}}, "employment.history"),
    ],
)
def test_more_entries_than_anybody_has_are_refused_by_name(document: object, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(document)
    assert caught.value.fields == {field: ["At most 500 entries."]}


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"basics": {}, **{f"x{number}": number for number in range(5000)}}, "body"),
        ({"work": [{f"x{number}": number for number in range(5000)}]}, "work.0"),
        ({"work": [{"highlights": [number] * 400} for number in range(13)]}, "work.12.highlights"),
    ],
)
def test_more_fields_than_any_resume_has_are_refused(document: object, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(document)
    assert list(caught.value.fields or ()) == [field]


def test_a_bullet_of_ten_thousand_characters_is_a_bullet() -> None:
    bullet = "ä" * 10_000
    assert read({"work": [{"name": "A", "highlights": [bullet] * 500}]}).work[0].highlights == (bullet,) * 500


def test_a_long_name_is_shortened_in_the_receipt() -> None:
    kept = read({"basics": {}, "k" * 100_000: 1}).receipt.kept
    assert len(kept[0]) < 100


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(
    sorted({name for shape in SECTIONS.values() for name in (*shape.fields, *shape.old)} | {"history", "sets"})
)
objects = st.dictionaries(names | st.text(max_size=6), json_values, max_size=8)
documents = st.dictionaries(
    st.sampled_from(["basics", "bio", "employment", "hobbies", "info", "name", "location", "social", *SECTIONS]),
    objects | st.lists(objects | json_values, max_size=4) | json_values,
)


@given(documents)
def test_whatever_a_section_holds_it_is_read_and_left_as_it_was(document: dict[str, Any]) -> None:
    document = {"skills": [], **document}
    before = json.dumps(document)
    assert all(item.text for item in read(document).other)
    assert json.dumps(document) == before
