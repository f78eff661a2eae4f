"""Years are counted in one place: those asked for, and those that dates show."""

import datetime as dt

import pytest

from app.tenure import months_between, span, years_asked, years_quoted

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of Python", 5),
        ("3-5 years", 3),
        ("3 à 5 ans d'expérience", 3),
        ("at least two (2) years", 2),
        ("cinq années", 5),
        ("trois à cinq ans", 3),
        ("10 or more years", 10),
        ("24 people", None),
        ("every year", None),
    ],
)
def test_the_years_asked_for_are_read(text: str, years: int | None) -> None:
    assert years_asked(text) == years


@pytest.mark.parametrize(
    ("header", "months"),
    [
        ("Clerk (2020-01 – 2020-12)", 12),
        ("Clerk (2026-10-15 – present)", 2),
        ("Clerk (2019 – 2021)", 14),
        ("Clerk (2020 – ?)", 0),
        ("Clerk (2030-01 – present)", 0),
        ("Clerk", 0),
    ],
)
def test_months_are_never_more_than_the_dates_show(header: str, months: int) -> None:
    assert months_between([header], TODAY) == months


def test_parallel_jobs_are_counted_once() -> None:
    assert months_between(["Clerk (2020-01 – 2020-12)", "Waiter (2020-07 – 2021-06)"], TODAY) == 18


def test_years_are_quoted_in_the_words_of_the_text() -> None:
    assert years_quoted("At least 7+ years of Go") == "7+ years"
    assert years_quoted("Trois à cinq ans d’expérience") == "Trois à cinq ans"
    assert years_quoted("Go and Rust") == ""


def test_a_year_alone_takes_in_all_of_it_where_that_is_asked_for() -> None:
    assert span("Clerk (2019 – 2021)", TODAY) == (12 * 2019 + 12, 12 * 2021 + 1)
    assert span("Clerk (2019 – 2021)", TODAY, whole_years=True) == (12 * 2019 + 1, 12 * 2021 + 12)
