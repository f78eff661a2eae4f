"""What a CV begins with where it does not begin with nothing: a stored resume."""

from collections.abc import Mapping
from typing import Any

from app.cv.data import CvData
from app.errors import InvalidInput
from app.formats.cv_resume import from_json_resume
from app.models.resumes import get_owned_resume


def cv_of_resume(user_id: int, asked: Mapping[str, Any]) -> CvData | None:
    """The CV that the resume named in a body holds; None where none is named. Raises `NotFound` for another's."""
    if "resume_id" not in asked:
        return None
    if asked["doc_type"] != "cv":
        raise InvalidInput(fields={"resume_id": ["Only a CV begins with a resume."]})
    return from_json_resume(get_owned_resume(user_id, asked["resume_id"]).document)
