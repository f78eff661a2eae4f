"""The match over HTTP: made, replaced, read again, and marked when it is out of date."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import match, resumes
from app.errors import NotFound
from app.extensions import db
from app.models import JobPosting, MatchAnalysis, Resume
from app.models.columns import now
from tests.api_client import ApiUser, new_user
from tests.builders import a_job, a_resume

FORECASTER = {
    "basics": {"name": "Mira Tan", "label": "Data Scientist", "summary": "Ten years of experimentation in retail."},
    "work": [
        {
            "name": "Grainly",
            "position": "Data Scientist",
            "startDate": "2020-01",
            "highlights": ["Halved waste with a LightGBM forecast", "Runs 90 nightly jobs in Airflow"],
        }
    ],
    "skills": [{"name": "Tools", "keywords": ["Python", "SQL", "Airflow"]}],
}
FORECASTING = (
    "We forecast what bakeries will sell. Requirements: 4+ years of Python, solid SQL, experience with Airflow and "
    "Kubernetes, boosted trees (LightGBM or XGBoost). Nice to have: Spark, experimentation."
)


def stored(user: ApiUser, **job: Any) -> dict[str, str]:
    """A resume and a posting of a user's, by the names that a match takes."""
    resume = user.post("/api/v1/resumes", json=FORECASTER).get_json()
    posting = user.post("/api/v1/jobs", json=a_job(**{"description": FORECASTING, **job})).get_json()
    return {"job_id": posting["uuid"], "resume_id": resume["uuid"]}


def matched(user: ApiUser, **pair: Any) -> dict[str, Any]:
    answer = user.post("/v1/ai/match", json=pair)
    assert answer.status_code in (200, 201), answer.text
    body = answer.get_json()
    assert body["success"] is True
    return body["data"]  # type: ignore[no-any-return]


def latest(user: ApiUser, **query: Any) -> dict[str, Any]:
    answer = user.get("/v1/ai/match", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["data"]  # type: ignore[no-any-return]


def test_a_match_says_what_was_found_and_what_is_missing(user: ApiUser) -> None:
    pair = stored(user)
    data = matched(user, **pair)
    found = {row["keyword"]: row for row in data["matched"]}
    missing = {row["keyword"]: row for row in data["missing"]}
    assert set(found) == {"python", "sql", "airflow", "gradient boosting", "lightgbm", "experimentation"}
    assert set(missing) == {"kubernetes", "spark"}  # XGBoost is neither: LightGBM is enough
    assert found["airflow"]["found_in"] == {
        "section": "work",
        "item": "Data Scientist, Grainly (2020-01 – present)",
        "text": "Runs 90 nightly jobs in Airflow",
    }
    assert (found["airflow"]["listed_only"], found["sql"]["listed_only"]) == (False, True)
    assert missing["kubernetes"]["must"]
    assert not missing["spark"]["must"]
    assert data["score"] == sum(row["points"] for row in data["requirements"])
    assert (data["job_id"], data["resume_id"], data["stale"]) == (pair["job_id"], pair["resume_id"], False)


def test_the_first_match_of_two_is_created_and_the_next_replaces_it(app: Flask, user: ApiUser) -> None:
    pair = stored(user)
    first, second = (user.post("/v1/ai/match", json=pair) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    made, again = ({**one.get_json()["data"], "created_at": ""} for one in (first, second))
    assert made == again
    assert second.get_json()["data"]["created_at"] >= first.get_json()["data"]["created_at"]
    with app.app_context():
        mine = select(func.count()).where(MatchAnalysis.user_profile_id == user.id)
        assert db.session.scalar(mine) == 1


def test_without_a_resume_the_default_one_is_matched(user: ApiUser) -> None:
    pair = stored(user)
    assert matched(user, job_id=pair["job_id"])["resume_id"] == pair["resume_id"]


def test_without_any_resume_one_is_asked_for(user: ApiUser) -> None:
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    answer = user.post("/v1/ai/match", json={"job_id": job["id"]})
    assert answer.status_code == 404
    assert "POST /api/v1/resumes" in answer.get_json()["error"]["message"]


def test_a_posting_that_asks_for_nothing_is_refused_by_name(user: ApiUser) -> None:
    pair = stored(user, description="We bake bread. Come and see us by the river.")
    answer = user.post("/v1/ai/match", json=pair)
    assert answer.status_code == 400
    assert list(answer.get_json()["error"]["fields"]) == ["job_id"]


def test_a_posting_that_only_tells_its_duties_is_matched_with_the_skills_they_name(user: ApiUser) -> None:
    duties = "## Responsibilities\n- Operate 40 clusters of Kubernetes\n- Write Airflow pipelines\n- Be on time"
    data = matched(user, **stored(user, description=duties))
    assert [row["text"] for row in data["requirements"]] == [
        "Operate 40 clusters of Kubernetes",
        "Write Airflow pipelines",
    ]


def test_the_latest_match_is_shown_whole(user: ApiUser) -> None:
    pair = stored(user)
    made = matched(user, **pair)
    for query in ({}, {"job_id": pair["job_id"]}, {"resume_id": pair["resume_id"]}, pair):
        assert latest(user, **query) == made


def test_each_pair_has_its_own_match(user: ApiUser) -> None:
    bakery, harbour = stored(user), stored(user, description=a_job()["description"])
    one, other = matched(user, **bakery), matched(user, **harbour)
    assert latest(user) == other
    assert latest(user, job_id=bakery["job_id"]) == one


def test_rows_are_named_by_number_too(user: ApiUser) -> None:
    resume = user.post("/api/v1/resumes", json=a_resume()).get_json()
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    data = matched(user, job_id=job["id"], resume_id=resume["id"])
    assert latest(user, job_id=job["id"], resume_id=resume["id"]) == data
    assert data["job_id"] == job["uuid"]


def test_before_any_match_it_is_said_how_to_make_one(user: ApiUser) -> None:
    pair = stored(user)
    for query in ({}, pair):
        answer = user.get("/v1/ai/match", query_string=query)
        assert answer.status_code == 404
        assert "POST /v1/ai/match" in answer.get_json()["error"]["message"]


def test_a_match_is_stale_once_either_text_is_another(user: ApiUser) -> None:
    pair = stored(user)
    before = matched(user, **pair)
    user.patch(f"/api/v1/jobs/{pair['job_id']}", json={"title": "Baker"})
    assert not latest(user)["stale"]
    user.patch(f"/api/v1/jobs/{pair['job_id']}", json={"description": FORECASTING + " Kafka."})
    assert latest(user)["stale"]
    assert latest(user)["score"] == before["score"]
    assert not matched(user, **pair)["stale"]
    user.put(f"/api/v1/resumes/{pair['resume_id']}", json=a_resume())
    assert latest(user)["stale"]
    assert matched(user, **pair)["resume_revision"] != before["resume_revision"]
    assert not latest(user)["stale"]


def test_the_same_document_given_again_changes_no_score(
    app: Flask, user: ApiUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = stored(user)
    before = matched(user, **pair)
    monkeypatch.setattr(resumes, "now", lambda: now() + timedelta(days=900))
    user.put(f"/api/v1/resumes/{pair['resume_id']}", json=FORECASTER)
    assert latest(user)["stale"] is False
    assert matched(user, **pair) | {"created_at": ""} == before | {"created_at": ""}
    user.put(f"/api/v1/resumes/{pair['resume_id']}", json={**FORECASTER, "interests": [{"name": "Chess"}]})
    assert latest(user)["stale"]
    assert matched(user, **pair)["as_of"] > before["as_of"]


def test_a_match_is_computed_where_it_stops_no_other_request(user: ApiUser, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []
    compute = match.result_of
    monkeypatch.setattr(
        match, "result_of", lambda *args, **named: threads.append(threading.current_thread()) or compute(*args, **named)
    )
    matched(user, **stored(user))
    assert threads
    assert threads[0] is not threading.current_thread()


def test_a_match_is_stale_once_scores_are_made_otherwise(user: ApiUser, monkeypatch: pytest.MonkeyPatch) -> None:
    matched(user, **stored(user))
    monkeypatch.setattr(match, "SCORE_VERSION", match.SCORE_VERSION + 1)
    assert latest(user)["stale"]


def test_only_a_fresh_match_is_given_to_prompts(app: Flask, user: ApiUser) -> None:
    pair = stored(user)
    with app.app_context():
        resume = db.session.scalar(select(Resume).where(Resume.uuid == uuid.UUID(pair["resume_id"])))
        job = db.session.scalar(select(JobPosting).where(JobPosting.uuid == uuid.UUID(pair["job_id"])))
        db.session.rollback()
        assert resume is not None
        assert job is not None
        assert match.fresh_match(resume, job) is None
        db.session.rollback()
        made = matched(user, **pair)
        row = match.fresh_match(resume, job)
        assert row is not None
        assert row.result["score"] == made["score"]
        job.description += " Kafka."
        with db.session.no_autoflush:
            assert match.fresh_match(resume, job) is None
        db.session.rollback()


@pytest.mark.parametrize("name", ["job_id", "resume_id"])
def test_somebody_elses_rows_are_not_found(user: ApiUser, other: ApiUser, name: str) -> None:
    mine, theirs = stored(user), stored(other)
    matched(user, **mine)
    matched(other, **theirs)
    query = {name: theirs[name]}
    assert user.get("/v1/ai/match", query_string=query).status_code == 404
    assert user.post("/v1/ai/match", json=mine | query).status_code == 404


def test_somebody_elses_match_is_not_the_latest(user: ApiUser, other: ApiUser) -> None:
    matched(other, **stored(other))
    assert user.get("/v1/ai/match").status_code == 404


@pytest.mark.parametrize("query", ["job_id=x", "job_id=-1", "resume_id=1.5"])
def test_a_query_that_names_nothing_is_refused(user: ApiUser, query: str) -> None:
    assert user.get(f"/v1/ai/match?{query}").status_code == 400


def test_a_match_goes_with_its_posting(user: ApiUser) -> None:
    pair = stored(user)
    matched(user, **pair)
    user.delete(f"/api/v1/jobs/{pair['job_id']}")
    assert user.get("/v1/ai/match").status_code == 404


def test_matches_of_the_same_two_at_once_all_succeed(app: Flask) -> None:
    user = new_user(app)
    pair = stored(user)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: user.post("/v1/ai/match", json=pair), range(12)))
    assert sorted(one.status_code for one in answers) == [200] * 11 + [201]
    assert len({one.get_json()["data"]["score"] for one in answers}) == 1


def test_a_posting_that_is_deleted_while_it_is_matched_is_not_found(app: Flask, user: ApiUser) -> None:
    pair = stored(user)
    result = matched(user, **pair)
    with app.app_context():
        resume = db.session.scalar(select(Resume).where(Resume.uuid == uuid.UUID(pair["resume_id"])))
        job = db.session.scalar(select(JobPosting).where(JobPosting.uuid == uuid.UUID(pair["job_id"])))
        assert resume is not None
        assert job is not None
        db.session.expunge_all()
        db.session.rollback()
        user.delete(f"/api/v1/jobs/{pair['job_id']}")
        with pytest.raises(NotFound):
            match._store(user.id, resume, job, result)
        db.session.rollback()
