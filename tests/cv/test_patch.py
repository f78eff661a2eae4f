"""A patch changes what it names, and nothing else."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cv.changes import Add, Change, Put, Remove, Set
from app.cv.data import CvData, Data, Education, Experience, LetterData, PersonalInfo, Skills, to_json
from app.cv.patch import apply
from app.cv.paths import PATHS, paths_of
from app.cv.texts import folded

ACME = Experience(
    title="Engineer", company="Acme Inc", start_date="03/2019", end_date="Present", description_bullets=("Cut costs",)
)
NORTHWIND = Experience(title="Analyst", company="Northwind", start_date="2015", end_date="02/2019")
CV = CvData(
    personal_info=PersonalInfo(full_name="Sarah Johnson", email="sarah@datatech.com"),
    experience=(ACME, NORTHWIND),
    education=(Education(institution="MIT", degree="BSc", field_of_study="Physics"),),
    skills=Skills(core_competencies=("Python", "C", "Statistics")),
    awards_and_recognitions=("Employee of the Year",),
)


def jobs(data: Data) -> tuple[Experience, ...]:
    assert isinstance(data, CvData)
    return data.experience


def test_a_text_is_filled_and_corrected() -> None:
    filled = apply(CvData(), (Set(path="personal_info.email", value="a@b.org"),))
    assert filled == CvData(personal_info=PersonalInfo(email="a@b.org"))
    corrected = apply(filled, (Set(path="personal_info.email", value=" c@d.org\n"),))
    assert corrected == CvData(personal_info=PersonalInfo(email="c@d.org"))


def test_setting_a_text_to_nothing_changes_nothing() -> None:
    assert apply(CV, (Set(path="personal_info.email", value=" "), Set(path="summary", value=""))) == CV


@pytest.mark.parametrize("value", ["python", " PYTHON ", "Pythón", "statistics.", "c"])
def test_what_a_list_has_is_not_added_again_however_it_is_written(value: str) -> None:
    assert apply(CV, (Add(path="skills.core_competencies", values=(value,)),)) == CV


def test_signs_that_make_another_name_are_not_folded_away() -> None:
    data = apply(CV, (Add(path="skills.core_competencies", values=("C++", "C#", "c++", "Node.js", "NodeJS")),))
    assert isinstance(data, CvData)
    assert data.skills.core_competencies == ("Python", "C", "Statistics", "C++", "C#", "Node.js")


def test_several_jobs_of_one_message_become_several() -> None:
    patch = (
        Put(section="experience", values={"company": "Acme", "title": "Engineer", "start_date": "March 2019"}),
        Put(section="experience", values={"company": "Globex", "title": "Engineer", "end_date": "now"}),
        Put(section="experience", values={"company": "Acme", "title": "Manager"}),
    )
    assert [(job.company, job.title, job.start_date, job.end_date) for job in jobs(apply(CvData(), patch))] == [
        ("Acme", "Engineer", "03/2019", ""),
        ("Globex", "Engineer", "", "Present"),
        ("Acme", "Manager", "", ""),
    ]


def test_a_correction_of_a_company_keeps_its_bullets() -> None:
    put = Put(section="experience", which="acme inc.", values={"company": "Acme Ltd"})
    assert jobs(apply(CV, (put,))) == (dataclasses.replace(ACME, company="Acme Ltd"), NORTHWIND)


def test_bullets_are_added_to_the_job_that_is_named() -> None:
    put = Put(section="experience", values={"company": "northwind"}, lists={"description_bullets": ("Built reports",)})
    bullets = [job.description_bullets for job in jobs(apply(CV, (put,)))]
    assert bullets == [("Cut costs",), ("Built reports",)]


@pytest.mark.parametrize("which", ["Acme", "engineer at acme", "Engineer", "the Acme Inc job (2019)"])
def test_an_item_is_told_by_its_name_its_title_or_words_of_both(which: str) -> None:
    changed = apply(CV, (Put(section="experience", which=which, values={"location": "Boston, MA"}),))
    assert jobs(changed)[0].location == "Boston, MA"
    assert jobs(changed)[1] == NORTHWIND


def test_another_job_at_the_same_company_stays_another() -> None:
    lead = {"company": "Acme Inc", "title": "Lead", "start_date": "2022"}
    assert [job.title for job in jobs(apply(CV, (Put(section="experience", values=lead),)))][2:] == ["Lead"]
    told = apply(CV, (Put(section="experience", which="Acme Inc", values=lead),))
    assert jobs(told)[:2] == CV.experience, "a title and a date of another job overwrite nothing"


def test_where_two_items_can_be_meant_none_is_changed() -> None:
    twice = dataclasses.replace(CV, experience=(ACME, dataclasses.replace(ACME, title="Lead")))
    assert apply(twice, (Put(section="experience", which="Acme", values={"location": "Boston"}),)) == twice
    assert apply(twice, (Put(section="experience", values={"end_date": "2020"}),)) == twice
    told = apply(twice, (Put(section="experience", which="Acme", values={"title": "Lead", "end_date": "2020"}),))
    assert [job.end_date for job in jobs(told)] == ["Present", "2020"]


def test_what_is_said_of_the_only_job_needs_no_name() -> None:
    one = dataclasses.replace(CV, experience=(ACME,))
    assert jobs(apply(one, (Put(section="experience", values={"end_date": "May 2020"}),)))[0].end_date == "05/2020"


def test_a_job_whose_name_comes_later_is_filled() -> None:
    first = apply(CvData(), (Put(section="experience", values={"start_date": "2020"}),))
    assert jobs(apply(first, (Put(section="experience", values={"company": "Acme"}),))) == (
        Experience(company="Acme", start_date="2020"),
    )


def test_items_that_a_correction_makes_the_same_are_joined() -> None:
    apart = dataclasses.replace(CV, experience=(ACME, dataclasses.replace(NORTHWIND, title="Engineer")))
    joined = jobs(apply(apart, (Put(section="experience", which="Northwind", values={"company": "ACME Inc"}),)))
    assert [(job.company, job.start_date, job.description_bullets) for job in joined] == [
        ("ACME Inc", "2015", ("Cut costs",))
    ]


def test_two_degrees_of_one_school_are_two() -> None:
    put = Put(section="education", values={"institution": "MIT", "degree": "PhD"})
    changed = apply(CV, (put,))
    assert isinstance(changed, CvData)
    assert [study.degree for study in changed.education] == ["BSc", "PhD"]


@pytest.mark.parametrize(
    "remove",
    [
        Remove(path="personal_info.email"),
        Remove(path="skills.core_competencies", which="python"),
        Remove(path="experience", which="Northwind"),
        Remove(path="experience.end_date", which="Acme"),
        Remove(path="experience.description_bullets", which="cut costs"),
        Remove(path="awards_and_recognitions"),
    ],
)
def test_a_removal_takes_away_exactly_what_it_names(remove: Remove) -> None:
    before, after = _leaves(CV), _leaves(apply(CV, (remove,)))
    assert len(before - after) == (4 if remove.which == "Northwind" else 1)
    assert after <= before


@pytest.mark.parametrize(
    "change",
    [
        Remove(path="personal_info.email", which="bob@x.org"),
        Remove(path="skills.core_competencies", which="Java"),
        Remove(path="experience", which="Globex"),
        Remove(path="experience.location"),
        Remove(path="nothing.here"),
        Set(path="experience", value="Acme"),
        Set(path="skills.core_competencies", value="Java"),
        Set(path="__class__", value="x"),
        Add(path="summary", values=("x",)),
        Add(path="skills.core_competencies", values=("", " \n")),
        Put(section="skills", values={"title": "x"}),
        Put(section="experience", which="Acme", values={"end_date": "one day", "salary": "1"}),
        Put(section="experience", which="Acme", values={"start_date": "now"}),
        Put(section="experience", which="Globex", values={"location": "Boston"}),
        Put(section="experience"),
    ],
)
def test_a_change_that_makes_no_sense_is_passed_over(change: Change) -> None:
    assert apply(CV, (change,)) == CV


def test_a_letter_takes_its_own_paths_only() -> None:
    patch = (
        Set(path="company", value="Northwind"),
        Add(path="proofs", values=("Led a team of 5.",)),
        Set(path="summary", value="x"),
        Put(section="experience", values={"company": "Acme"}),
    )
    assert apply(LetterData(), patch) == LetterData(company="Northwind", proofs=("Led a team of 5.",))


def test_hostile_text_is_stored_as_text() -> None:
    data = apply(CvData(), (Set(path="summary", value="<b>\0\ud83d\r\n#let x = 1 \u202eabc 世界 👩‍💻"),))
    assert isinstance(data, CvData)
    assert data.summary == "<b>\ufffd\n#let x = 1 \u202eabc 世界 👩‍💻"


# What holds for any patch

texts = st.sampled_from(
    [
        "Acme",
        "ACME Inc.",
        "Globex",
        "Engineer",
        "Lead",
        "2019",
        "March 2020",
        "now",
        "",
        " ",
        "C++",
        "c",
        "世界",
        "🎉",
        "Ünï",
    ]
) | st.text(max_size=12)
cv = PATHS["cv"]
puts = st.sampled_from(sorted(cv.sections)).flatmap(
    lambda name: st.builds(
        Put,
        section=st.just(name),
        which=texts,
        values=st.dictionaries(st.sampled_from(cv.sections[name].texts), texts, max_size=3),
        lists=st.dictionaries(st.sampled_from(cv.sections[name].lists or ("none",)), st.tuples(texts, texts)),
    )
)
fills = st.one_of(
    st.builds(Set, path=st.sampled_from(cv.texts), value=texts),
    st.builds(Add, path=st.sampled_from(cv.lists), values=st.lists(texts, max_size=4).map(tuple)),
    puts,
)
changes = fills | st.builds(Remove, path=st.sampled_from(cv.everywhere), which=texts)
datas = st.lists(fills, max_size=8).map(lambda patch: apply(CvData(), tuple(patch)))


@given(datas, changes)
def test_a_change_made_twice_is_made_once(data: Data, change: Change) -> None:
    once = apply(data, (change,))
    assert apply(once, (change,)) == once


@given(datas, fills)
def test_a_change_empties_nothing_and_touches_only_what_it_names(data: Data, change: Change) -> None:
    before, after = _leaves(data), _leaves(apply(data, (change,)))
    if isinstance(change, Put):
        lost = {path.split("/")[-1] for path, _ in before - after if path.split("/")[0] == change.section}
        assert not {path for path, _ in before - after if path.split("/")[0] != change.section}
        assert lost <= {*change.values, *paths_of(data).sections[change.section].told_by} or _joined(data, change)
    else:
        assert {path for path, _ in before ^ after} <= {change.path.replace(".", "/")}
        assert isinstance(change, Set) or before <= after


@given(datas, st.lists(changes, max_size=6))
def test_no_list_and_no_section_has_anything_twice(data: Data, patch: list[Change]) -> None:
    changed = apply(data, tuple(patch))
    assert isinstance(changed, CvData)
    for texts in (
        *(getattr(changed.skills, name) for name in Skills.__slots__),
        changed.awards_and_recognitions,
        *(job.description_bullets for job in changed.experience),
        [f"{folded(job.company)}x{folded(job.title)}y" for job in changed.experience],
    ):
        assert len({folded(text) for text in texts}) == len(texts)


def _joined(data: Data, change: Put) -> bool:
    """Whether the change made two items one."""
    section = change.section
    return len(to_json(apply(data, (change,)))[section]) < len(to_json(data)[section])  # type: ignore[arg-type]


def _leaves(data: Data) -> set[tuple[str, str]]:
    """Every text with its path, those of items and lists without their number."""

    def walk(path: str, value: Any) -> set[tuple[str, str]]:
        if isinstance(value, dict):
            return set().union(*(walk(f"{path}/{name}".lstrip("/"), part) for name, part in value.items()))
        if isinstance(value, list | tuple):
            return set().union(*(walk(path, part) for part in value))
        return {(path, value)} if value else set()

    return walk("", to_json(data))
