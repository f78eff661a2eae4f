"""Documents: slugs, versions and who wins when two come at once."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app import documents
from app.cv.data import to_json
from app.documents import content_id, slug_of
from app.errors import InvalidInput, NotFound
from app.extensions import db
from app.models import ChatSession
from app.models.documents import Document, list_documents, list_versions
from tests.api_client import ApiUser
from tests.cvs import a_cv, a_document


@pytest.fixture
def session_id(app: Flask, user: ApiUser) -> uuid.UUID:
    """A session of the CV builder."""
    with app.app_context():
        row = ChatSession(user_profile_id=user.id, kind="cv", title="")
        db.session.add(row)
        db.session.commit()
        return row.id


def numbers_of(app: Flask, document_id: int) -> list[int]:
    with app.app_context():
        return [version.number for version in db.session.scalars(list_versions(document_id))]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gives, all begun at the same moment; an exception is raised here."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at: int) -> None:
        start.wait()
        try:
            results[at] = calls[at]()
        except Exception as error:  # noqa: BLE001
            results[at] = error

    threads = [threading.Thread(target=run, args=[at]) for at in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Sarah Johnson - Data Scientist CV", "sarah-johnson-data-scientist-cv"),
        ("  Zoë & Müller: Łódź, Straße!  ", "zoe-muller-lodz-strasse"),
        ("Инженер", "document"),
        ("履歴書 2026", "2026"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎉", "document"),
        ("\N{LATIN SMALL LIGATURE FI}ne", "fine"),
    ],
)
def test_a_slug_is_made_of_what_a_title_has(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_slug_is_never_too_long_to_be_stored(app: Flask, user: ApiUser) -> None:
    made = [a_document(app, user, title="x" * 200).document.slug for _ in range(3)]
    assert [slug[-4:] for slug in made] == ["xxxx", "xx-2", "xx-3"]
    assert all(len(slug) <= 200 for slug in made)


def test_a_second_document_of_the_same_title_gets_the_next_slug(app: Flask, user: ApiUser, other: ApiUser) -> None:
    assert [a_document(app, user).document.slug for _ in range(3)] == [
        "amara-osei-engineer-cv",
        "amara-osei-engineer-cv-2",
        "amara-osei-engineer-cv-3",
    ]
    assert a_document(app, other).document.slug == "amara-osei-engineer-cv"


def test_a_slug_that_became_free_is_given_again(app: Flask, user: ApiUser) -> None:
    first, second = a_document(app, user), a_document(app, user)
    with app.app_context():
        documents.delete_document(user.id, first.document.id)
    assert a_document(app, user).document.slug == first.document.slug
    assert second.document.slug.endswith("-2")


def test_the_id_of_a_deleted_document_is_never_given_again(app: Flask, user: ApiUser) -> None:
    gone = a_document(app, user, a_cv()).document.id
    with app.app_context():
        assert documents.delete_document(user.id, gone) == gone
    assert a_document(app, user, a_cv()).document.id > gone


def test_a_session_that_is_finalized_again_makes_the_next_version(
    app: Flask, user: ApiUser, session_id: uuid.UUID
) -> None:
    first = a_document(app, user, session_id=session_id)
    second = a_document(app, user, a_cv(summary="Another."), session_id=session_id, title="Renamed")
    assert second.document.id == first.document.id
    assert (first.version.number, second.version.number, second.document.current_version) == (1, 2, 2)
    assert second.version.content_id != first.version.content_id
    assert (second.document.title, second.document.slug) == ("Renamed", first.document.slug)
    assert numbers_of(app, first.document.id) == [2, 1]


def test_it_is_a_version_too_if_nothing_has_changed(app: Flask, user: ApiUser, session_id: uuid.UUID) -> None:
    made = [a_document(app, user, session_id=session_id).version for _ in range(2)]
    assert [version.number for version in made] == [1, 2]
    assert made[0].content_id == made[1].content_id


def test_without_a_title_a_document_keeps_its_own(app: Flask, user: ApiUser, session_id: uuid.UUID) -> None:
    assert a_document(app, user, title=None).document.title == "My cv"
    a_document(app, user, session_id=session_id, title="Mine")
    assert a_document(app, user, session_id=session_id, title=None).document.title == "Mine"


def test_an_unknown_template_is_refused_with_those_there_are(app: Flask, user: ApiUser) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_document(app, user, template_code="fancy")
    assert refused.value.fields == {"template_code": ["Must be one of: default, professional, modern."]}


def test_two_documents_at_once_get_two_slugs(app: Flask, user: ApiUser) -> None:
    assert user.id
    made = at_once(*[lambda: a_document(app, user)] * 6)
    assert len({each.document.slug for each in made}) == 6


def test_two_finalizations_at_once_make_two_versions_of_one_document(
    app: Flask, user: ApiUser, session_id: uuid.UUID
) -> None:
    assert user.id
    made = at_once(*[lambda: a_document(app, user, session_id=session_id)] * 6)
    assert len({each.document.id for each in made}) == 1
    assert sorted(each.version.number for each in made) == [1, 2, 3, 4, 5, 6]
    assert numbers_of(app, made[0].document.id) == [6, 5, 4, 3, 2, 1]


def test_a_connection_that_waited_for_the_lock_can_be_used_again(app: Flask, user: ApiUser) -> None:
    # What a lock leaves unread would hold SQLite's snapshot, and every later write would end as "locked".
    assert user.id
    for _ in range(8):
        at_once(*[lambda: a_document(app, user)] * 6)
    with app.app_context():
        assert len(db.session.scalars(list_documents(user.id)).all()) == 48


def test_an_old_version_can_be_restored_as_a_new_one(app: Flask, user: ApiUser, session_id: uuid.UUID) -> None:
    first = a_document(app, user, session_id=session_id)
    a_document(app, user, a_cv(summary="Worse."), session_id=session_id)
    with app.app_context():
        restored = documents.restore_version(user.id, first.document.id, 1)
    assert (restored.version.number, restored.version.note) == (3, "Restored from version 1")
    assert restored.version.content_id == first.version.content_id
    assert documents.content_of(restored) == a_cv()
    assert restored.document.updated_at > first.document.updated_at


def test_a_version_that_is_not_there_is_not_found(app: Flask, user: ApiUser) -> None:
    document = a_document(app, user).document
    with app.app_context():
        for number in (0, 2, 999_999_999):
            with pytest.raises(NotFound, match="Version not found"):
                documents.get_document(user.id, document.id, number=number)


def test_the_content_id_tells_contents_apart_and_nothing_else() -> None:
    assert content_id({"a": "é", "b": [1]}) == content_id({"b": [1], "a": "é"})
    assert content_id({"a": "é"}) != content_id({"a": "e"})
    assert len(content_id(to_json(a_cv()))) == 24
    int(content_id({}), 16)


def test_a_document_outlives_its_session(app: Flask, user: ApiUser, session_id: uuid.UUID) -> None:
    document = a_document(app, user, session_id=session_id).document
    with app.app_context():
        db.session.delete(db.session.get_one(ChatSession, session_id))
        db.session.commit()
        assert db.session.get_one(Document, document.id).session_id is None
