"""Dates as people write them become the dates of a CV."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cv.dates import MONTHS, dates_in, wire_date


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("March 2021", "03/2021"),
        ("Mar 21", "03/2021"),
        ("mar. 2021", "03/2021"),
        ("MARCH, 2021", "03/2021"),
        ("March of 2021", "03/2021"),
        ("15 March 2021", "03/2021"),
        ("March 15, 2021", "03/2021"),
        ("March 15th 2021", "03/2021"),
        ("Sept. 2019", "09/2019"),
        ("Jan-2020", "01/2020"),
        ("décembre 2018", "12/2018"),
        ("März 2020", "03/2020"),
        ("enero de 2017", "01/2017"),
        ("03/2021", "03/2021"),
        ("3/2021", "03/2021"),
        ("03/21", "03/2021"),
        ("2021-03", "03/2021"),
        ("2021/03", "03/2021"),
        ("2021-03-15", "03/2021"),
        ("15/03/2021", "03/2021"),
        ("03/15/2021", "03/2021"),
        ("31.12.2020", "12/2020"),
        ("since 2021-03", "03/2021"),
        ("since March 2021", "03/2021"),
        ("'19", "2019"),
        ("since ’98", "1998"),
        ("2019", "2019"),
        ("now", "Present"),
        ("Currently", "Present"),
        ("present", "Present"),
        ("to date", "Present"),
        ("till now", "Present"),
        ("since then", "Present"),
        ("aujourd'hui", "Present"),
    ],
)
def test_a_date_gets_the_form_of_a_cv(words: str, date: str) -> None:
    assert wire_date(words) == date


@pytest.mark.parametrize(
    "words", ["", "soon", "March", "13/2020", "99", "the 2000s", "5/20", "I may 20 times", "+1-555-2019", "12345", "\0"]
)
def test_what_is_no_date_becomes_none(words: str) -> None:
    assert wire_date(words) == ""


def test_two_dates_are_not_one() -> None:
    assert wire_date("2019-2021") == ""
    assert wire_date("March to June 2021") == ""


def test_a_day_and_a_month_that_cannot_be_told_apart_leave_the_year() -> None:
    assert wire_date("03/04/2021") == "2021"
    (dated,) = dates_in("03/04/2021")
    assert set(dated.forms) == {"2021", "03/2021", "04/2021"}, "the user can have meant either"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("from March to June 2021", ["03/2021", "06/2021"]),
        ("Mar – Jun 2021", ["03/2021", "06/2021"]),
        ("2019-2021", ["2019", "2021"]),
        ("2019-21", ["2019", "2021"]),
        ("03/2019-04/2020", ["03/2019", "04/2020"]),
        ("June 2019 - present", ["06/2019", "Present"]),
        ("since 2020", ["Present", "2020"]),
        ("2018, 2019 and 2020", ["2018", "2019", "2020"]),
        ("I led 2,019 people in room 20195", []),
    ],
)
def test_every_date_of_a_sentence_is_found(text: str, dates: list[str]) -> None:
    assert [dated.forms[0] for dated in dates_in(text)] == dates


@given(st.sampled_from(sorted(MONTHS)), st.integers(1950, 2049))
def test_a_month_and_a_year_are_read_and_their_form_reads_as_itself(month: str, year: int) -> None:
    date = wire_date(f"{month} {year}")
    assert date == f"{MONTHS[month]:02}/{year}"
    assert wire_date(date) == date


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_and_every_date_stands_in_it(text: str) -> None:
    for dated in dates_in(text):
        assert 0 <= dated.start < dated.end <= len(text)
        assert all(wire_date(form) == form for form in dated.forms)
    assert wire_date(wire_date(text)) == wire_date(text)
