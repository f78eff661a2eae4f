"""The verdicts agree with those of the person who labelled the rows."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.context.evidence import find_requirements
from app.providers.base import Requirement
from tests.context.rows import resume_lines, resume_row

TODAY = dt.date(2026, 11, 1)
ROWS = tomllib.loads((Path(__file__).parents[1] / "data" / "verdicts.toml").read_text(encoding="utf-8"))["row"]


def job(told: str) -> dict[str, Any]:
    position, start, end, *highlights = told.split(", ", 3)
    return {"name": "Acme", "position": position, "startDate": start, "endDate": end, "highlights": highlights}


def document(row: dict[str, Any]) -> dict[str, Any]:
    """The row's few lines as a JSON Resume."""
    did = [{**job("Employee, 2020-01, 2021-12"), "highlights": row["did"]}] if "did" in row else []
    studied = [dict(zip(("studyType", "area"), one.split(", "), strict=True)) for one in row.get("studied", ())]
    courses = [{"area": "Evening school", "courses": row["courses"]}] if "courses" in row else []
    return {
        "basics": {"name": "Kim Doe", "summary": row.get("says", "")},
        "work": [*map(job, row.get("was", ())), *did],
        "skills": [{"keywords": one.split(", ")} for one in row.get("lists", ())],
        "education": [*studied, *courses],
        "languages": [
            dict(zip(("language", "fluency"), one.split(", "), strict=True)) for one in row.get("speaks", ())
        ],
        "certificates": [{"name": name} for name in row.get("holds", ())],
        "interests": [{"name": name} for name in row.get("likes", ())],
    }


def look(row: dict[str, Any]) -> Requirement:
    return find_requirements([(row["asked"], True)], resume_lines(resume_row(document(row))), today=TODAY)[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["asked"])
def test_the_verdict_is_the_labelled_one(row: dict[str, Any]) -> None:
    found = look(row)
    assert (found.verdict, found.terms, found.missing_terms) == (row["verdict"], found.terms, found.missing_terms)
    assert (found.evidence == ()) == (found.verdict == "missing")
