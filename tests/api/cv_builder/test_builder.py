"""A CV that grows in a conversation, as its frontend sees it."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db
from app.models import ChatSession, ChatTurn, CvDraft
from app.models.columns import now
from tests.api.cv_builder.conftest import HELLO, STREAM, Writer, frames, told
from tests.builders import a_resume
from tests.fakes import upstream as fake
from tests.fakes.upstream import Upstream

CONTACT = "You reach me at ines@duarte.example, phone +351 912 345 678. I live in Porto, Portugal."
SECTIONS = ["summary", "experience", "education", "skills", "key_projects_achievements"]
STAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def test_the_first_message_begins_a_cv(writer: Writer) -> None:
    begun = writer.begin()
    assert begun.status_code == 201
    body = begun.get_json()
    info = body["cv_data"]["personal_info"]
    assert (info["full_name"], info["title"]) == ("Ines Duarte", "Site Reliability Engineer")
    assert {name for name, value in info.items() if value} == {"full_name", "title"}
    assert (body["progress"], body["is_complete"]) == (16, False)
    assert body["message"].strip()
    assert begun.headers["X-Turn-Id"]


def test_the_next_one_adds_to_it(writer: Writer) -> None:
    body = writer.say(writer.begun(), CONTACT).get_json()
    info = body["cv_data"]["personal_info"]
    assert (info["email"], info["location"]) == ("ines@duarte.example", "Porto, Portugal")
    assert re.sub(r"\D", "", info["phone"]) == "351912345678"
    assert info["full_name"] == "Ines Duarte"
    assert (body["progress"], body["fields_collected"], body["missing_fields"]) == (33, ["personal_info"], SECTIONS)


def test_the_same_as_a_stream(writer: Writer) -> None:
    session_id = writer.begun()
    response = writer.say(session_id, CONTACT, headers=STREAM)
    events = frames(response.text)
    names = [name for name, _ in events]
    assert names[0] == "start"
    assert names[-2:] == ["cv_data", "done"]
    assert set(names[1:-2]) == {"chunk"}
    done = events[-1][1]
    assert "".join(data["content"] for name, data in events if name == "chunk") == done["message"]
    assert events[-2][1] == {"cv_data": done["cv_data"], "progress": done["progress"]}
    assert events[0][1]["session_id"] == session_id


def test_a_message_that_changes_nothing_sends_no_data(writer: Writer) -> None:
    events = frames(writer.say(writer.begun(), "Thank you!", headers=STREAM).text)
    assert "cv_data" not in [name for name, _ in events]


def test_a_session_is_shown_with_all_that_was_said(writer: Writer) -> None:
    session_id = writer.begun()
    writer.say(session_id, CONTACT)
    body = writer.shown(session_id).get_json()
    said = body["conversation_history"]
    assert [one["role"] for one in said] == ["user", "model", "user", "model"]
    assert said[0]["parts"] == [{"text": HELLO}]
    assert all(re.fullmatch(STAMP, one["timestamp"]) for one in said)
    assert (body["doc_type"], body["status"], body["progress"]) == ("cv", "active", 33)
    assert body["current_cv_data"]["personal_info"]["email"] == "ines@duarte.example"
    assert re.fullmatch(STAMP, body["updated_at"])


def test_sessions_are_listed_the_latest_first(writer: Writer) -> None:
    first = writer.begun()
    second = writer.begin("I want to apply to Casa Verde as a cook", doc_type="cover_letter").get_json()["session_id"]
    body = writer.get("/api/v1/chat/sessions").get_json()
    assert body["total"] == 2
    rows = [(row["session_id"], row["id"], row["doc_type"], row["status"]) for row in body["sessions"]]
    assert rows == [(second, second, "cover_letter", "active"), (first, first, "cv", "active")]
    assert body["sessions"][1]["progress"] == 16


def test_a_session_is_renamed_and_deleted(writer: Writer) -> None:
    session_id = writer.begun()
    renamed = writer.patch(f"/api/v1/chat/session/{session_id}/title", json={"title": "For Casa Verde"})
    assert renamed.get_json()["title"] == "For Casa Verde"
    gone = writer.delete(f"/api/v1/chat/session/{session_id}")
    assert gone.get_json() == {"message": "Session deleted successfully", "id": session_id}
    assert writer.shown(session_id).status_code == 404
    assert writer.get("/api/v1/chat/sessions").get_json()["sessions"] == []


def test_a_session_can_begin_with_a_stored_resume(writer: Writer) -> None:
    resume = writer.post("/api/v1/resumes", json=a_resume()).get_json()
    made = writer.post("/api/v1/chat/session", json={"doc_type": "cv", "resume_id": resume["id"]})
    assert made.status_code == 201
    data = made.get_json()["current_cv_data"]
    assert data["personal_info"]["full_name"] == "Amara Osei"
    assert [job["company"] for job in data["experience"]] == ["Parcelwise", "Tillpoint"]
    assert made.get_json()["progress"] > 60
    body = writer.say(made.get_json()["session_id"], "My phone is +44 20 7946 0999 now").get_json()
    assert "0999" in body["cv_data"]["personal_info"]["phone"]
    assert body["cv_data"]["experience"] == data["experience"]


def test_a_letter_does_not_begin_with_a_resume(writer: Writer) -> None:
    resume = writer.post("/api/v1/resumes", json=a_resume()).get_json()
    refused = writer.post("/api/v1/chat/session", json={"doc_type": "cover_letter", "resume_id": resume["id"]})
    assert refused.status_code == 400
    assert list(refused.get_json()["fields"]) == ["resume_id"]


def test_a_cover_letter_has_fields_of_its_own_in_the_same_shape(writer: Writer) -> None:
    body = writer.begin("I want to apply to Casa Verde as a pastry cook", doc_type="cover_letter").get_json()
    assert set(body) >= {"session_id", "message", "cv_data", "progress", "is_complete"}
    assert body["cv_data"]["company"] == "Casa Verde"
    assert 0 < body["progress"] < 100


# --- what becomes of it


def test_finalizing_makes_a_document_and_completes_the_session(writer: Writer) -> None:
    session_id = writer.begun()
    made = writer.finalize(session_id, title="Ines Duarte, SRE", template_code="modern").get_json()
    assert made["message"] == "CV created successfully from chat session"
    document = made["document"]
    assert (document["title"], document["slug"]) == ("Ines Duarte, SRE", "ines-duarte-sre")
    assert (document["current_version"], document["user_id"]) == (1, writer.id)
    assert made["cv_data"]["personal_info"]["full_name"] == "Ines Duarte"
    assert writer.shown(session_id).get_json()["status"] == "completed"
    refused = writer.say(session_id, "One thing more")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "CONFLICT")


def test_finalizing_twice_keeps_one_document(writer: Writer) -> None:
    session_id = writer.begun()
    first = writer.finalize(session_id).get_json()["document"]
    again = writer.finalize(session_id, title="Another title").get_json()["document"]
    assert first["title"] == "My cv"
    assert (again["id"], again["current_version"]) == (first["id"], 2)


def test_an_unknown_template_is_refused_with_those_there_are(writer: Writer) -> None:
    session_id = writer.begun()
    refused = writer.finalize(session_id, template_code="baroque")
    assert refused.status_code == 400
    assert "professional" in str(refused.get_json()["fields"]["template_code"])
    assert writer.shown(session_id).get_json()["status"] == "active"


def test_nothing_is_finalized_while_a_message_is_answered(writer: Writer, app: Flask) -> None:
    session_id = writer.begun()
    with app.app_context():
        running = update(ChatTurn).where(ChatTurn.session_id == UUID(session_id))
        db.session.execute(running.values(state="streaming", lease_expires_at=now() + dt.timedelta(minutes=1)))
        db.session.commit()
    assert writer.finalize(session_id).status_code == 409
    with app.app_context():
        db.session.execute(running.values(state="complete"))
        db.session.commit()


# --- time


def test_a_session_untouched_for_a_week_has_expired(writer: Writer, app: Flask) -> None:
    session_id = writer.begun()
    with app.app_context():
        touched = select(ChatSession.updated_at).where(ChatSession.id == UUID(session_id))
        at = db.session.scalar(touched)
        assert at is not None
    with time_machine.travel(at + dt.timedelta(days=7, seconds=-60), tick=False):
        fresh = writer.fresh_token()
        assert writer.get(f"/api/v1/chat/session/{session_id}", headers=fresh).status_code == 200
    with time_machine.travel(at + dt.timedelta(days=7, seconds=1), tick=False):
        fresh = writer.fresh_token()
        gone = writer.get(f"/api/v1/chat/session/{session_id}", headers=fresh)
        assert (gone.status_code, gone.get_json()["error"]) == (404, "Chat session not found or expired")
        late = writer.say(session_id, "Still there?", headers=fresh)
        assert late.status_code == 404
        assert writer.get("/api/v1/chat/sessions", headers=fresh).get_json() == {"sessions": [], "total": 0}


# --- a model's answer


def test_a_models_patch_is_taken_as_far_as_the_users_words_hold_it(modelled: Writer, upstream: Upstream) -> None:
    session_id = modelled.begin().get_json()["session_id"]
    upstream.play(
        told(
            "Noted.",
            {"op": "set", "path": "personal_info.email", "value": "ines@duarte.example"},
            {"op": "set", "path": "personal_info.phone", "value": "+351 999 999 999"},
            {"op": "set", "path": "personal_info.location", "value": "Lisbon"},
        )
    )
    body = modelled.say(session_id, "My e-mail is ines@duarte.example").get_json()
    info = body["cv_data"]["personal_info"]
    assert (info["email"], info["phone"], info["location"]) == ("ines@duarte.example", "", "")
    assert body["message"] == "Noted."
    assert body["left_out"] == ["personal_info.phone: +351 999 999 999", "personal_info.location: Lisbon"]


def test_a_model_is_asked_for_the_shape_and_given_what_there_is(modelled: Writer, upstream: Upstream) -> None:
    upstream.play(told("Hello.", {"op": "set", "path": "personal_info.full_name", "value": "Ines Duarte"}))
    session_id = modelled.begin().get_json()["session_id"]
    modelled.say(session_id, "What do you have?")
    asked = upstream.last.body
    assert asked["response_format"]["type"] == "json_schema"
    assert "personal_info.full_name: Ines Duarte" in asked["messages"][1]["content"]
    assert [message["role"] for message in asked["messages"][2:]] == ["user", "assistant", "user"]
    assert asked["messages"][3]["content"] == "Hello."


def test_a_start_that_failed_leaves_no_session_in_the_list(modelled: Writer, upstream: Upstream) -> None:
    upstream.play(fake.error(500))
    assert modelled.begin().status_code == 500
    assert modelled.get("/api/v1/chat/sessions").get_json()["total"] == 0


def test_a_structured_answer_has_room_for_a_page(modelled: Writer, upstream: Upstream) -> None:
    modelled.begin()
    assert upstream.last.body["max_tokens"] == 4_000


@pytest.mark.parametrize("script", [fake.error(500), fake.error(429), fake.answer("no JSON at all"), fake.answer()])
def test_a_failure_of_the_model_is_a_500_and_changes_nothing(modelled: Writer, upstream: Upstream, script: Any) -> None:
    session_id = modelled.begin().get_json()["session_id"]
    before = modelled.shown(session_id).get_json()["current_cv_data"]
    upstream.play(script)
    failed = modelled.say(session_id, CONTACT)
    assert (failed.status_code, failed.get_json()["code"]) == (500, "AI_ERROR")
    assert set(failed.get_json()) == {"error", "code"}
    assert modelled.shown(session_id).get_json()["current_cv_data"] == before


def test_what_was_polished_is_kept_beside_what_was_said(modelled: Writer, upstream: Upstream, chat_app: Flask) -> None:
    said = "I cut the build time by 40% by caching the dependencies."
    text = "Cut build time by 40% by caching dependencies."
    session_id = modelled.begin().get_json()["session_id"]
    change = {
        "op": "put",
        "section": "key_projects_achievements",
        "which": "",
        "values": [{"field": "name", "value": "build time"}, {"field": "description", "value": text}],
        "lists": [],
    }
    upstream.play(told("Good.", change))
    body = modelled.say(session_id, said).get_json()
    (project,) = body["cv_data"]["key_projects_achievements"]
    assert project["description"] == text
    with chat_app.app_context():
        kept = db.session.scalar(select(CvDraft.said).where(CvDraft.session_id == UUID(session_id)))
    assert said in str(kept)


# --- what is wrong


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"initial_message": "x"},
        {"initial_message": "x", "doc_type": "poem"},
        {"initial_message": "", "doc_type": "cv"},
        {"initial_message": "x", "doc_type": "cv", "more": 1},
    ],
)
def test_a_wrong_start_names_its_field(writer: Writer, body: Any) -> None:
    refused = writer.post("/api/v1/chat/start", json=body)
    assert refused.status_code == 400
    assert refused.get_json()["fields"]
    assert isinstance(refused.get_json()["error"], str)


def test_anothers_session_does_not_exist(writer: Writer, other: Any) -> None:
    session_id = writer.begun()
    refused = other.post("/api/v1/chat/message", json={"session_id": session_id, "message": "hi"})
    assert (refused.status_code, refused.get_json()["error"]) == (404, "Chat session not found or expired")
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/finalize")):
        found = other.open(
            f"/api/v1/chat/session/{session_id}{path}", method=method, json={} if method == "POST" else None
        )
        assert found.status_code == 404
