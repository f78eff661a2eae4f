"""Resumes and postings to be matched, and the pure match of two of them."""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.context.job import PostingReading, posting_reading
from app.formats.posting import read_posting
from app.match.results import result_of
from app.tokens import tokenizer_for
from tests.builders import a_job, a_resume
from tests.context.rows import SAMPLES, reading_of, resume_row

AS_OF = dt.date(2026, 11, 1)
TOKENIZER = tokenizer_for("gpt-4o")
DATA = Path(__file__).parents[1] / "data"
Json = dict[str, Any]


def match(description: str, document: Json | None = None, **parts: Any) -> Json:
    """A posting's description against a JSON Resume, or the usual one with some sections replaced."""
    result = result_of(reading(description), reading_of(resume_row(document, **parts)), as_of=AS_OF)
    assert result is not None
    return result


def of(*requirements: str) -> str:
    """A posting that asks for these."""
    return "## Requirements\n" + "\n".join(f"- {one}" for one in requirements)


@cache
def reading(description: str) -> PostingReading:
    return posting_reading(description, TOKENIZER)


def a_worker(*deeds: str, **parts: Any) -> Json:
    """Somebody who did these things in one job of two years, and of whom no more is known."""
    job = {"name": "Acme", "position": "Employee", "startDate": "2020-01", "endDate": "2021-12", "highlights": [*deeds]}
    return {"basics": {"name": "Kim Doe"}, "work": [job], **parts}


def documents() -> list[Json]:
    """Every sample resume, and our own."""
    folders = [DATA / "resumes", SAMPLES / "resumes", SAMPLES / "resumes" / "legacy"]
    files = [file for folder in folders for file in sorted(folder.glob("*.json")) if file.name[0] != "_"]
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.name != "wrong-types.json"]
    return [*found, a_resume()]


def descriptions() -> Iterator[str]:
    """The description of every sample posting, and of our own."""
    folders = [DATA / "postings", SAMPLES / "jobs"]
    files = [file for folder in folders for file in sorted(folder.glob("*")) if file.suffix in (".md", ".txt", ".html")]
    for file in files:
        yield read_posting(file.read_text(encoding="utf-8"), title="Specialist", company="Agency").description
    yield read_posting(a_job()).description


def with_more(document: Json, **sections: list[Any]) -> Json:
    """A resume with entries added to some of its sections."""
    more = copy.deepcopy(document)
    for name, entries in sections.items():
        more[name] = [*(more.get(name) or []), *entries]
    return more
