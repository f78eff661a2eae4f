"""A match told to the model: shortest where it matters least, and counted to the token."""

import datetime as dt
from typing import Any

from app.context.analysis import analysis_section
from app.context.budget import pack
from app.context.job import posting_reading
from app.match.results import result_of
from app.tokens import tokenizer_for
from tests.context.rows import job_row, reading_of, resume_row

TOKENIZER = tokenizer_for("gpt-4o")


def result(**job: Any) -> dict[str, Any]:
    found = result_of(
        posting_reading(job_row(**job).description, TOKENIZER), reading_of(resume_row()), as_of=dt.date(2026, 11, 1)
    )
    assert found is not None
    return found


def told(budget: int = 1000, **job: Any) -> list[str]:
    packed = pack([analysis_section(result(**job), TOKENIZER)], budget=budget)
    assert packed.tokens == TOKENIZER.count(packed.texts["match"])
    assert packed.tokens <= budget
    return packed.texts["match"].splitlines()


def test_musts_that_are_missing_stand_first_and_what_is_met_last() -> None:
    lines = told()
    assert lines[0] == "## Match analysis"
    assert lines[1].startswith(f"Score: {result()['score']} of 100 (")
    heads = [line.partition(":")[0].removeprefix("- ") for line in lines[2:]]
    assert heads == [
        "Missing (must)",
        "Partly met (must)",
        "Partly met (must)",
        "Missing (nice to have)",
        "Met (must)",
        "Met (nice to have)",
    ]


def test_each_line_says_where_it_is_shown_and_what_the_rest_is_worth() -> None:
    lines = told()
    assert "- Missing (must): Kafka or another event log. Worth 22 more points." in lines
    assert any(
        line.startswith(
            "- Partly met (must): Experience with Kubernetes and Terraform. Shown in Senior Backend Engineer"
        )
        for line in lines
    )
    assert "- Met (nice to have): Experience in logistics. Shown in the profile." in lines


def test_what_is_only_listed_is_told_so() -> None:
    lines = told(description="## Requirements\n- Terraform\n- Kafka and Python")
    assert lines[2] == "- Partly met (must): Terraform. Only listed, in the list of skills. Worth 45 more points."
    assert "Not shown: kafka" in lines[3]


def test_with_little_room_the_missing_musts_survive() -> None:
    lines = told(budget=60)
    assert lines[2].startswith("- Missing (must): Kafka")
    assert not any(line.startswith("- Met") for line in lines)


def test_it_takes_no_more_than_its_cap_and_has_no_floor() -> None:
    many = "## Requirements\n" + "\n".join(f"- Experience with Kafka in version {number}" for number in range(100))
    section = analysis_section(result(description=many), TOKENIZER)
    assert (section.name, section.priority, section.floor, section.cap) == ("match", 12, 0, 500)
    assert pack([section], budget=8000).tokens <= 500
