"""Lists come in pages."""

import pytest

from tests.api_client import ApiUser
from tests.builders import a_resume

LIST = "/api/v1/resumes"


def test_pages_divide_a_list_without_gap_or_overlap(user: ApiUser) -> None:
    stored = [user.post(LIST, json=a_resume()).get_json()["id"] for _ in range(5)]
    pages = [user.get(f"{LIST}?page={page}&limit=2").get_json() for page in (1, 2, 3)]
    assert sorted(row["id"] for page in pages for row in page["data"]) == sorted(stored)
    assert [page["meta"] for page in pages] == [
        {"total": 5, "page": page, "limit": 2, "totalPages": 3} for page in (1, 2, 3)
    ]


def test_a_page_beyond_the_end_is_empty(user: ApiUser) -> None:
    beyond = user.get(f"{LIST}?page=1000000&limit=100").get_json()
    assert (beyond["data"], beyond["meta"]["total"], beyond["meta"]["totalPages"]) == ([], 0, 0)


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=1_0", "page=%D9%A3", "page=" + "9" * 30, "limit=0", "limit=101", "page="],
)
def test_a_page_that_cannot_be_is_a_400_that_names_it(user: ApiUser, query: str) -> None:
    answer = user.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert list(answer.get_json()["fields"]) == [query.partition("=")[0]]


def test_a_query_parameter_nobody_knows_is_ignored(user: ApiUser) -> None:
    assert user.get(f"{LIST}?utm_source=mail").status_code == 200
