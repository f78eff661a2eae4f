"""A bullet, sharpened: reordered and shortened, never added to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.embedded.sharpen import sharpen


@pytest.mark.parametrize(
    ("bullet", "better"),
    [
        (
            "Implemented CI/CD pipeline using GitHub Actions, reducing deployment time from 2 hours to 15 minutes",
            "Reduced deployment time from 2 hours to 15 minutes: implemented CI/CD pipeline using GitHub Actions",
        ),
        (
            "Designed Snowflake warehouse that cut query costs by 30%",
            "Cut query costs by 30%: designed Snowflake warehouse",
        ),
        ("Responsible for managing and training a team of five", "Managed and trained a team of five"),
        ("Was responsible for carrying out audits", "Carried out audits"),
        ("Tasked with leading two teams and keeping the books", "Led two teams and kept the books"),
        ("Successfully migrated 12 services in order to save money.", "Migrated 12 services to save money"),
        (
            "Refondu la gestion des stocks, ce qui a réduit les pertes de 18 %",
            "Réduit les pertes de 18 %\u00a0: refondu la gestion des stocks",
        ),
    ],
)
def test_the_result_comes_first_and_empty_words_go(bullet: str, better: str) -> None:
    assert sharpen(bullet, renamed={}) == better


@pytest.mark.parametrize(
    "bullet",
    [
        "Cut forecast error by 23% with a hierarchical LightGBM model over 400 stores",
        "Helped build the payments service",
        "Responsible for mentoring juniors and the handbook",
        "Rebuilt the pipeline in Airflow, cutting its run by 40%",
        "Mentored four engineers, two of whom were promoted",
        "Built dashboards for 12 teams, saving time",
    ],
)
def test_what_is_already_sharp_or_would_claim_more_stays(bullet: str) -> None:
    assert sharpen(bullet, renamed={}) == bullet


def test_a_skill_takes_the_name_that_the_posting_gives_it() -> None:
    assert sharpen("Ran k8s for 3 teams", renamed={"k8s": "Kubernetes"}) == "Ran Kubernetes for 3 teams"


WORDS = [
    "built",
    "ran",
    "cut",
    "systems",
    "that",
    "reducing",
    "costs",
    "by",
    "30%",
    "12",
    "teams",
    "and",
    "responsible",
    "for",
    "managing",
    "which",
    "saved",
    "hours",
    "with",
]


@given(st.lists(st.sampled_from([*WORDS, "Python,", "data,"]), min_size=1, max_size=20))
def test_no_figure_and_no_name_is_ever_added(words: list[str]) -> None:
    bullet = " ".join(words).capitalize()
    better = sharpen(bullet, renamed={})
    assert sorted(re.findall(r"\d+", better)) == sorted(re.findall(r"\d+", bullet))
    assert len(better.split()) <= len(bullet.split())
