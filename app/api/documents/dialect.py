"""How a document, a version and a file are spelled: in the form in which a session's finalization answers."""

import unicodedata
from typing import Any
from urllib.parse import quote

from flask import Response

from app.api.fields import stamp
from app.documents import StoredDocument
from app.formats.export import Exported, html_policy
from app.models.documents import Document, DocumentVersion

SIGNS_TOLD = 50
LEFT_OUT = "X-Left-Out"


def document_body(document: Document, version: DocumentVersion) -> dict[str, Any]:
    """A document as finalization shows it; `version` is its current one."""
    return {
        "id": str(document.id),
        "user_id": document.user_profile_id,
        "doc_type": document.doc_type,
        "title": document.title,
        "slug": document.slug,
        "template_code": document.template_code,
        "mongo_document_id": version.content_id,
        "current_version": document.current_version,
        "created_at": stamp(document.created_at),
        "updated_at": stamp(document.updated_at),
    }


def whole_body(stored: StoredDocument) -> dict[str, Any]:
    """A document with what its current version holds."""
    return document_body(stored.document, stored.version) | {"data": stored.version.data}


def version_body(version: DocumentVersion) -> dict[str, Any]:
    """A version, without what it holds."""
    return {
        "version": version.number,
        "mongo_document_id": version.content_id,
        "note": version.note,
        "created_at": stamp(version.created_at),
    }


def file_response(exported: Exported) -> Response:
    """A file to be saved; a page of HTML may use its own style and nothing else."""
    response = Response(exported.content, content_type=exported.media_type)
    response.headers["Content-Disposition"] = disposition(exported.filename)
    if exported.media_type.startswith("text/html"):
        response.headers["Content-Security-Policy"] = f"{html_policy()}; frame-ancestors 'none'"
    if exported.left_out:
        response.headers[LEFT_OUT] = " ".join(f"U+{ord(sign):04X}" for sign in exported.left_out[:SIGNS_TOLD])
    return response


def disposition(filename: str) -> str:
    """A file's name by RFC 6266: in ASCII for whoever knows no better, and as it is, encoded by RFC 5987."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in plain).strip(" ")
    plain = plain if plain.strip(" ._-") and not plain.startswith(".") else f"document{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
