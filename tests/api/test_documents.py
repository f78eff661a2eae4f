"""Documents over HTTP: lists, versions, files to save, and a CV that becomes a resume."""

import io
import json
import threading
import zipfile
from typing import Any

import pytest
from docx import Document
from flask import Flask

from app import offload
from app.cv.data import CvData, PersonalInfo, from_json
from app.formats.export import FORMATS
from tests.api_client import ApiUser
from tests.cvs import a_cv, a_document, a_letter, text_of

PATH = "/api/v1/documents"


@pytest.fixture
def path(app: Flask, user: ApiUser) -> str:
    """Where a document of the user's is."""
    return f"{PATH}/{a_document(app, user).document.id}"


def test_a_document_has_the_form_in_which_finalization_shows_it(app: Flask, user: ApiUser) -> None:
    stored = a_document(app, user, template_code="modern")
    shown = user.get(f"{PATH}/{stored.document.id}").get_json()
    assert from_json("cv", shown.pop("data")) == a_cv()
    created, updated = shown.pop("created_at"), shown.pop("updated_at")
    assert created.endswith("Z")
    assert len(created) == len(updated) == len("2025-11-15T21:37:18.370Z")
    assert shown == {
        "id": str(stored.document.id),
        "user_id": user.id,
        "doc_type": "cv",
        "title": "Amara Osei - Engineer CV",
        "slug": "amara-osei-engineer-cv",
        "template_code": "modern",
        "mongo_document_id": stored.version.content_id,
        "current_version": 1,
    }
    assert user.get(f"{PATH}/{stored.document.uuid}").get_json()["id"] == shown["id"]


def test_the_list_has_the_latest_changed_first_and_comes_in_pages(app: Flask, user: ApiUser) -> None:
    made = [a_document(app, user, title=f"Document {number}").document.id for number in range(3)]
    user.patch(f"{PATH}/{made[0]}", json={"title": "Changed"})
    listed = user.get(f"{PATH}?limit=2").get_json()
    assert [row["title"] for row in listed["data"]] == ["Changed", "Document 2"]
    assert listed["meta"] == {"total": 3, "page": 1, "limit": 2, "totalPages": 2}
    assert all(len(row["mongo_document_id"]) == 24 and "data" not in row for row in listed["data"])


def test_a_change_keeps_the_slug_and_makes_no_version(user: ApiUser, path: str) -> None:
    changed = user.patch(path, json={"title": "Another", "template_code": "professional"}).get_json()
    assert (changed["title"], changed["template_code"]) == ("Another", "professional")
    assert (changed["slug"], changed["current_version"]) == ("amara-osei-engineer-cv", 1)


def test_an_unknown_template_is_refused_with_those_there_are(user: ApiUser, path: str) -> None:
    answer = user.patch(path, json={"template_code": "fancy"})
    assert answer.status_code == 400
    assert answer.get_json()["fields"]["template_code"] == ["Must be one of: default, professional, modern."]
    assert user.get(f"{path}/export?template=fancy").status_code == 400


def test_versions_are_listed_shown_and_restored(user: ApiUser, path: str) -> None:
    restored = user.post(f"{path}/versions/1/restore").get_json()
    assert restored["current_version"] == 2
    listed = user.get(f"{path}/versions").get_json()["data"]
    assert [(row["version"], row["note"]) for row in listed] == [(2, "Restored from version 1"), (1, "")]
    shown = user.get(f"{path}/versions/1").get_json()
    assert shown["data"] == restored["data"]
    assert shown["mongo_document_id"] == restored["mongo_document_id"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1" * 30, "1.0", "%00"])
def test_a_version_that_is_not_there_is_a_404(user: ApiUser, path: str, number: str) -> None:
    for answer in (user.get(f"{path}/versions/{number}"), user.post(f"{path}/versions/{number}/restore")):
        assert (answer.status_code, answer.get_json()["code"]) == (404, "NOT_FOUND")


def test_a_deleted_document_is_gone_with_its_versions(user: ApiUser, path: str) -> None:
    assert user.delete(path).get_json() == {"message": "The document was deleted.", "id": path.rsplit("/", 1)[1]}
    assert user.get(path).status_code == user.get(f"{path}/versions").status_code == 404
    assert user.get(PATH).get_json()["meta"]["total"] == 0


@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_is_a_file_to_save(user: ApiUser, path: str, wanted: str) -> None:
    answer = user.get(f"{path}/export?format={wanted}")
    assert answer.status_code == 200
    ending = "json" if wanted == "jsonresume" else wanted
    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="Amara Osei - Engineer CV.{ending}"; filename*=UTF-8'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Parcelwise" in _text(wanted, answer.data)


def _text(wanted: str, content: bytes) -> str:
    if wanted == "pdf":
        return text_of(content)
    if wanted == "docx":
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    return content.decode()


@pytest.mark.parametrize("wanted", ["md", "txt", "html", "jsonresume"])
def test_a_light_file_waits_behind_no_heavy_one(user: ApiUser, path: str, wanted: str) -> None:
    written = threading.Event()
    heavy = offload.start("document", written.wait, 3)
    answer = user.get(f"{path}/export?format={wanted}")
    written.set()
    assert answer.status_code == 200, answer.text
    assert heavy(), "The file came when the heavy one was done."


def test_a_version_can_be_exported_in_another_template(user: ApiUser, path: str) -> None:
    plain = user.get(f"{path}/export?format=pdf&version=1")
    modern = user.get(f"{path}/export?format=pdf&template=modern&version=1")
    assert plain.mimetype == modern.mimetype == "application/pdf"
    assert plain.data != modern.data
    assert user.get(f"{path}/export").data == plain.data
    assert user.get(f"{path}/export?version=9").status_code == 404
    assert user.get(f"{path}/export?format=exe").status_code == 400


def test_a_page_of_html_may_use_its_own_style_and_nothing_else(user: ApiUser, path: str) -> None:
    policy = user.get(f"{path}/export?format=html").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert user.get(path).headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("title", "plain", "encoded"),
    [
        ("Zoë – CV", "Zoe  CV.pdf", "Zo%C3%AB%20%E2%80%93%20CV.pdf"),
        ("履歴書", "document.pdf", "%E5%B1%A5%E6%AD%B4%E6%9B%B8.pdf"),
        ('a"; filename="b.exe', "a filename= b.exe.pdf".replace("=", "_"), "a%20filename%3D%20b.exe.pdf"),
        ("../../etc/passwd", "etc passwd.pdf", "etc%20passwd.pdf"),
        ("line\r\nSet-Cookie: a=b", "line Set-Cookie a_b.pdf", "line%20Set-Cookie%20a%3Db.pdf"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(
    app: Flask, user: ApiUser, title: str, plain: str, encoded: str
) -> None:
    document = a_document(app, user, title=title).document
    answer = user.get(f"{PATH}/{document.id}/export?format=pdf")
    expected = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    assert answer.headers["Content-Disposition"] == expected


def test_signs_that_no_font_has_are_told(app: Flask, user: ApiUser) -> None:
    cv = CvData(personal_info=PersonalInfo(full_name="Ann 🎉"))
    document = a_document(app, user, cv).document
    assert user.get(f"{PATH}/{document.id}/export?format=pdf").headers["X-Left-Out"] == "U+1F389"
    assert "X-Left-Out" not in user.get(f"{PATH}/{document.id}/export?format=docx").headers


def test_a_letter_is_a_file_too_but_no_resume(app: Flask, user: ApiUser) -> None:
    path = f"{PATH}/{a_document(app, user, a_letter()).document.id}"
    for wanted in set(FORMATS) - {"jsonresume"}:
        assert user.get(f"{path}/export?format={wanted}").status_code == 200
    refused = user.get(f"{path}/export?format=jsonresume")
    assert refused.status_code == 400
    assert refused.get_json()["fields"]["format"] == ["A cover letter is no resume: jsonresume is for CVs alone."]
    assert user.post(f"{path}/resume", json={}).status_code == 400


def test_a_cv_becomes_a_resume_once(user: ApiUser, path: str) -> None:
    first = user.post(f"{path}/resume", json={})
    assert first.status_code == 201
    resume = first.get_json()
    assert (resume["title"], resume["is_default"], resume["full_name"]) == (
        "Amara Osei - Engineer CV",
        True,
        "Amara Osei",
    )
    assert resume["receipt"]["not_understood"] == []
    again = user.post(f"{path}/resume")
    assert (again.status_code, again.get_json()["id"]) == (200, resume["id"])
    shown = user.get(f"/api/v1/resumes/{resume['id']}?format=jsonresume").get_json()
    assert shown == json.loads(user.get(f"{path}/export?format=jsonresume").data)


def test_it_becomes_the_default_resume_when_that_is_asked_for(app: Flask, user: ApiUser, path: str) -> None:
    user.post(f"{path}/resume", json={})
    other = a_document(app, user, a_cv(summary="Another.")).document
    made = user.post(f"{PATH}/{other.id}/resume", json={"make_default": True})
    assert (made.status_code, made.get_json()["is_default"]) == (201, True)
    assert user.post(f"{path}/resume", json={"make_default": True}).get_json()["is_default"] is True


def test_a_word_document_is_sound(user: ApiUser, path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(user.get(f"{path}/export?format=docx").data)) as archive:
        assert archive.testzip() is None


def test_nothing_of_a_document_is_another_users(app: Flask, other: ApiUser, path: str) -> None:
    calls: list[Any] = [
        other.get(path),
        other.patch(path, json={"title": "Mine"}),
        other.delete(path),
        other.get(f"{path}/versions"),
        other.get(f"{path}/versions/1"),
        other.post(f"{path}/versions/1/restore"),
        other.get(f"{path}/export"),
        other.post(f"{path}/resume", json={}),
    ]
    assert {answer.status_code for answer in calls} == {404}
    assert other.get(PATH).get_json()["data"] == []
