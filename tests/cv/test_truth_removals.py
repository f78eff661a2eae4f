"""Only what the user asks for is removed: a "not" beside a "that" takes nothing away."""

import pytest

from app.cv.changes import Add, Patch, Remove
from app.cv.data import CvData, Data, PersonalInfo
from app.cv.truth import held

PYTHON = Remove(path="skills.core_competencies", which="Python")
ACME = Remove(path="experience", which="Acme")


def is_removed(remove: Remove, said: str, data: Data | None = None) -> bool:
    """Whether the newest message lets it go, whatever an older one said."""
    kept, refused = held((remove,), ["I know Python. Remove all of it", said], data=data)
    assert kept + refused == (remove,)
    return bool(kept)


@pytest.mark.parametrize(
    ("remove", "said"),
    [
        (PYTHON, "please remove Python"),
        (PYTHON, "I don't really know Python"),
        (PYTHON, "could you take Python out?"),
        (PYTHON, "I want you to remove Python and Java"),
        (PYTHON, "Python should be removed"),
        (PYTHON, "replace Python with Java"),
        (ACME, "take out that last job"),
        (ACME, "it's Acme Ltd. Drop it, please"),
        (ACME, "no, that's wrong, delete that one"),
        (ACME, "I never worked at Acme"),
        (ACME, "get rid of the Acme job"),
        (ACME, "Don't forget to strike Acme"),
        (ACME, "leave Acme out"),
        (Remove(path="awards_and_recognitions"), "delete all my awards"),
        (Remove(path="awards_and_recognitions"), "remove my awards from my CV"),
        (Remove(path="experience"), "Please erase all of my work experience."),
        (Remove(path="education"), "remove the education section"),
        (Remove(path="personal_info.phone"), "remove my phone number"),
        (Remove(path="personal_info.full_name"), "delete my name"),
        (Remove(path="experience.end_date", which="Acme"), "delete the end date of the job at Acme"),
        (
            Remove(path="experience.description_bullets", which="Managed 5 people in Boston"),
            "remove the bullet about Boston",
        ),
    ],
)
def test_what_somebody_wants_removed_is_removed(remove: Remove, said: str) -> None:
    assert is_removed(remove, said)


@pytest.mark.parametrize(
    ("remove", "said"),
    [
        (PYTHON, "I like Python"),
        (PYTHON, "I never liked cheese"),
        (PYTHON, "not sure about that, any tips?"),
        (PYTHON, "please don't remove Python"),
        (PYTHON, "remove all skills except Python"),
        (PYTHON, "remove Java but keep Python"),
        (PYTHON, "I remove bugs with Python"),
        (ACME, "remove the end date of the job at Acme"),
        (ACME, "I never said this was easy!"),
        (ACME, "no problem, that was it"),
        (ACME, "Don't forget that I worked at Gamma first"),
        (ACME, "I don't remember the dates at Acme"),
        (ACME, "I'm not sure about Acme"),
        (ACME, "remove that phone number"),
        (ACME, "don't delete that"),
        (Remove(path="summary"), "not sure about that, any tips?"),
        (Remove(path="personal_info.full_name"), "not sure about that, any tips?"),
        (Remove(path="personal_info.full_name"), "remove the company name"),
        (Remove(path="personal_info.phone"), "I never said this was easy!"),
        (Remove(path="personal_info.phone"), "I have no website"),
        (Remove(path="awards_and_recognitions"), "remove my phone number"),
        (Remove(path="experience"), "remove the job at Acme"),
        (Remove(path="experience"), "remove all my jobs before 2010"),
        (Remove(path="experience"), "remove all typos from my jobs"),
        (Remove(path="experience"), "I don't know what all my jobs were"),
        (Remove(path="experience"), "Don't delete all my jobs"),
        (Remove(path="skills.core_competencies"), "I have no skills in cooking"),
        (Remove(path="skills.core_competencies"), "remove my Python skills"),
    ],
)
def test_what_nobody_wants_removed_stays(remove: Remove, said: str) -> None:
    assert not is_removed(remove, said)


def test_a_text_that_is_denied_as_a_whole_may_go() -> None:
    data = CvData(personal_info=PersonalInfo(location="Boston, MA", title="Engineer"))
    assert is_removed(Remove(path="personal_info.location"), "I don't live in Boston, MA", data)
    assert not is_removed(Remove(path="personal_info.title"), "I don't live in Boston, MA", data)


def test_a_text_that_is_put_right_gives_way_to_the_right_one() -> None:
    path = "awards_and_recognitions"
    wrong, right = "Best team of 2019", "Best team of 2020"
    patch: Patch = (Remove(path=path, which=wrong), Add(path=path, values=(right,)))
    data = CvData(awards_and_recognitions=(wrong,))
    assert held(patch, ["the best team of 2020, not of 2019"], data=data) == (patch, ())
