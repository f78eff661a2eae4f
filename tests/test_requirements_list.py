"""The list of what four postings ask for is in order, and lines are held against it as its benchmark says."""

import pytest

from app.vocabulary import fold, stem
from benchmarks import requirements
from benchmarks.requirements import Entry, Listed, score

POSTINGS = requirements.postings()
BY_FILE = pytest.mark.parametrize("listed", POSTINGS, ids=lambda listed: listed.file)

PYTHON = Entry(words=("python",), must=True)
YEARS = Entry(words=("experience",), years=5, must=True)
MENTOR = Entry(words=("mentored", "engineers"), must=False)
CITIZEN = Entry(words=("citizen",))
LISTED = Listed(file="a.txt", requirements=(PYTHON, YEARS, MENTOR), conditions=(CITIZEN,))


def test_the_list_is_of_four_postings() -> None:
    assert len({listed.file for listed in POSTINGS}) == len(POSTINGS) == 4
    assert any(listed.file.endswith(".fr.md") for listed in POSTINGS)


@BY_FILE
def test_every_entry_has_words(listed: Listed) -> None:
    assert listed.requirements
    for entry in (*listed.requirements, *listed.conditions):
        assert entry.words
        assert all(word.strip() == word != "" for word in entry.words), entry
        assert len(entry.words) <= 5, f"{entry} is a sentence"
        assert entry.years is None or entry.years > 0


@BY_FILE
def test_no_entry_is_listed_twice_or_is_part_of_another(listed: Listed) -> None:
    stems = [frozenset(stem(fold(word).lower()) for word in entry.words) for entry in listed.requirements]
    assert not [
        (one, other) for at, one in enumerate(stems) for other in stems[at + 1 :] if one <= other or other <= one
    ]


def test_a_line_holds_an_entry_by_all_its_words_and_its_years() -> None:
    assert MENTOR.is_in("Has MENTORED an engineer or two")
    assert not MENTOR.is_in("Mentoring of designers")
    assert Entry(words=("expérience",)).is_in("des experiences variées")
    assert YEARS.is_in("5+ years of experience")
    assert not YEARS.is_in("3 years of experience")


def test_a_line_that_holds_two_entries_has_found_both_and_is_right_once() -> None:
    found = score(LISTED, [("5 years of Python experience", True), ("Bring your own device", True)])
    assert found.missed == (MENTOR,)
    assert (found.paired, found.lines, found.right) == (1, 2, 0.5)
    assert found.too_many == ("Bring your own device",)


def test_a_line_that_says_another_again_is_one_too_many() -> None:
    found = score(LISTED, [("Strong Python", True), ("Python is essential", True)])
    assert found.too_many == ("Python is essential",)
    assert found.right == 0.5


def test_a_line_with_a_choice_leaves_the_other_its_only_entry() -> None:
    found = score(LISTED, [("Python, and mentored engineers", False), ("Good Python", True)])
    assert found.too_many == ()
    assert not found.misjudged


def test_a_wish_found_as_a_must_is_misjudged() -> None:
    found = score(LISTED, [("Python", True), ("Mentored engineers", True)])
    assert found.misjudged == ((MENTOR, "Mentored engineers"),)
    assert found.agreed == 0.5


def test_a_condition_counts_neither_way_if_it_is_listed_and_known_for_one() -> None:
    assert score(LISTED, [("Python", True), ("Must be a citizen", True)]).lines == 1
    assert score(LISTED, [("Python", True), ("Security clearance", True)]).lines == 2


def test_nothing_is_measured_without_the_postings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(requirements, "SAMPLES", requirements.LIST.parent / "nowhere")
    assert requirements.run() == []
    assert capsys.readouterr().out.count("\n") == 1
