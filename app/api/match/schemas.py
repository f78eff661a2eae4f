"""What `/v1/ai/match` takes and gives."""

import re
from typing import Any, get_args

from marshmallow import fields, validate

from app.api.fields import Reference
from app.api.schemas import Schema
from app.match.results import RequirementKind
from app.providers.base import Verdict

SCORING = (
    "The same resume and posting always give the same result: no model is asked and no clock is read. It follows from "
    "the resume's document, the day on which that document was given (`as_of`), the posting's description and "
    "`score_version`, and from nothing else. A must weighs three times a nice-to-have; what is told in ordinary words "
    "(kind `other`) weighs as much as a nice-to-have, must or not, since it can hardly be recognised in a resume. A "
    "requirement counts whole where the resume shows all that it needs, by the share that is shown where it shows "
    "some, and a tenth where skills are only listed: naming every skill of a posting in a list adds at most ten "
    "points. The score is the weighed mean of all requirements, of a hundred, rounded down. Of a posting, the first "
    "300 requirements count. One that asks for nothing that a resume could show is refused (400), and so are more "
    "calls than the limit of turns allows (429)."
)
DIGITS = re.compile(r"[0-9]{1,18}")
SECTIONS = ["summary", "work", "projects", "skills", "education", "other"]
_VERDICT = validate.OneOf(get_args(Verdict))


def _said(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description, **more}}


class MatchPairSchema(Schema):
    """Which two to match."""

    job_id = Reference(required=True, metadata={"description": "A posting of yours, by id or UUID."})
    resume_id = Reference(metadata={"description": "A resume of yours; your default resume without it."})


class QueryReference(Reference):
    """How a query names a row: an id comes as its digits."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        is_id = isinstance(value, str) and DIGITS.fullmatch(value)
        return super()._deserialize(int(value) if is_id else value, *args, **kwargs)


class LatestMatchArguments(Schema):
    """Whose latest match is asked for; without either, the latest of all."""

    job_id = QueryReference(metadata={"description": "A posting of yours, by id or UUID."})
    resume_id = QueryReference(metadata={"description": "A resume of yours, by id or UUID."})


class PlaceSchema(Schema):
    """A line of the resume."""

    section = fields.String(required=True, validate=validate.OneOf(SECTIONS))
    item = fields.String(required=True, **_said("The job, project or course it stands under; empty where it has none."))
    text = fields.String(required=True)


class EvidenceSchema(PlaceSchema):
    """A line of the resume that speaks for a requirement."""

    terms = fields.List(fields.String(), required=True, **_said("What was asked for that this line shows."))


class RequirementSchema(Schema):
    """One thing that the posting asks for, in its own words."""

    text = fields.String(required=True)
    must = fields.Boolean(required=True, **_said("False for a nice-to-have."))
    kind = fields.String(
        required=True,
        validate=validate.OneOf(get_args(RequirementKind)),
        **_said(
            "`degree`; `language`: one that people speak; `skill`: skills, tools or methods by name; `years`: of any "
            "work; `other`: what is told in ordinary words, to be checked by the reader: it weighs little."
        ),
    )
    years = fields.Integer(required=True, allow_none=True, **_said("The years asked for, or null."))
    verdict = fields.String(required=True, validate=_VERDICT)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True, **_said("At most three lines, best first."))
    missing_terms = fields.List(fields.String(), required=True)
    listed_only = fields.Boolean(required=True, **_said("Nothing but a list speaks for it, so it hardly counts."))
    points = fields.Integer(required=True, **_said("Its points of the score; those of all add up to it."))
    delta = fields.Integer(required=True, **_said("What meeting it would add to the score; 0 where it is met."))


class KeywordSchema(Schema):
    """A skill that the posting asks for, by its usual name in lower case."""

    keyword = fields.String(required=True)
    must = fields.Boolean(required=True)
    asked_in = fields.List(fields.String(), required=True, **_said("The requirements that name it."))


class MatchedSchema(KeywordSchema):
    """One that the resume names."""

    found_in = fields.Nested(PlaceSchema, required=True)
    listed_only = fields.Boolean(required=True, **_said("Only a list names it."))


class MissingSchema(KeywordSchema):
    """One that it does not name."""

    delta = fields.Integer(
        required=True, **_said("What a deed that names it, for as long as is asked, would add to the score.")
    )


class PartScoreSchema(Schema):
    """The points of the musts or the nice-to-haves, of how many, and how many requirements have which verdict."""

    points = fields.Integer(required=True)
    of = fields.Integer(required=True)
    met = fields.Integer(required=True)
    partly = fields.Integer(required=True)
    missing = fields.Integer(required=True)


class PartsSchema(Schema):
    """Both parts of the score."""

    must_have = fields.Nested(PartScoreSchema, required=True)
    nice_to_have = fields.Nested(PartScoreSchema, required=True)


class MatchSchema(Schema):
    """A match. Where "A or B" is asked for and the resume names A, B is neither matched nor missing."""

    job_id = fields.UUID(required=True)
    resume_id = fields.UUID(required=True)
    score = fields.Integer(required=True, validate=validate.Range(min=0, max=100))
    score_version = fields.Integer(required=True, **_said("Scores of different versions can't be compared."))
    parts = fields.Nested(PartsSchema, required=True)
    requirements = fields.List(fields.Nested(RequirementSchema), required=True)
    matched = fields.List(fields.Nested(MatchedSchema), required=True)
    missing = fields.List(fields.Nested(MissingSchema), required=True)
    conditions = fields.List(
        fields.String(), required=True, **_said("What no resume can show, such as citizenship; not counted.")
    )
    as_of = fields.String(
        required=True,
        **_said("The day up to which a job without an end is counted: when the resume was stored.", format="date"),
    )
    resume_revision = fields.String(required=True, **_said("SHA-256 of the resume's document."))
    job_revision = fields.String(required=True, **_said("SHA-256 of the posting's description."))
    stale = fields.Boolean(
        required=True, **_said("The resume, the posting or the way to score has changed since: compute it again.")
    )
    created_at = fields.AwareDateTime(required=True)


class MatchAnswerSchema(Schema):
    """A match in its envelope."""

    success = fields.Boolean(required=True)
    data = fields.Nested(MatchSchema, required=True)
