"""Which fields a JSON Resume has, section by section, and the names they went by before or go by in FRESH.

From https://jsonresume.org/schema (1.3.1), its drafts before 1.0, and https://github.com/fresh-standard/fresh-resume-schema.
A field that is standard but has no column of ours is listed all the same: it is known, and the document keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "texts", "date", "end", "flag", "nested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The fields of one kind of object, with the old names of some.

    `bare` is the field that a plain string in the object's place stands for; `parts` are fields that only together
    make the standard one they name.
    """

    fields: Mapping[str, Kind]
    old: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    bare: str = ""


_SPAN: Mapping[str, Kind] = {"startDate": "date", "endDate": "end", "current": "flag"}
_OLD_SPAN = {"start": "startDate", "end": "endDate"}

BASICS = Shape(
    fields={
        "name": "text",
        "firstName": "text",
        "lastName": "text",
        "label": "text",
        "image": "text",
        "email": "text",
        "phone": "text",
        "url": "text",
        "summary": "text",
        "location": "nested",
        "profiles": "nested",
    },
    old={"picture": "image", "website": "url", "brief": "summary", "social": "profiles"},
    parts={"firstName": "name", "lastName": "name"},
)
LOCATION = Shape(
    fields={"address": "text", "postalCode": "text", "city": "text", "countryCode": "text", "region": "text"},
    old={"code": "postalCode", "country": "countryCode"},
    bare="address",
)
PROFILE = Shape(
    fields={"network": "text", "username": "text", "url": "text"},
    old={"user": "username", "label": "network"},
    bare="url",
)

SECTIONS: Mapping[str, Shape] = {
    "work": Shape(
        fields={
            "name": "text",
            "position": "text",
            "location": "text",
            "description": "text",
            "url": "text",
            **_SPAN,
            "summary": "text",
            "highlights": "texts",
        },
        old={"company": "name", "employer": "name", "website": "url", **_OLD_SPAN},
    ),
    "volunteer": Shape(
        fields={
            "position": "text",
            "organization": "text",
            "url": "text",
            **_SPAN,
            "summary": "text",
            "highlights": "texts",
        },
        old={"website": "url", **_OLD_SPAN},
    ),
    "education": Shape(
        fields={
            "institution": "text",
            "url": "text",
            "area": "text",
            "studyType": "text",
            **_SPAN,
            "score": "text",
            "courses": "texts",
        },
        old={
            "gpa": "score",
            "grade": "score",
            "title": "studyType",
            "curriculum": "courses",
            "website": "url",
            **_OLD_SPAN,
        },
    ),
    "projects": Shape(
        fields={
            "name": "text",
            "description": "text",
            "url": "text",
            **_SPAN,
            "highlights": "texts",
            "keywords": "texts",
            "roles": "texts",
            "entity": "text",
            "type": "text",
        },
        old={
            "title": "name",
            "summary": "description",
            "website": "url",
            "role": "roles",
            "date": "endDate",
            **_OLD_SPAN,
        },
    ),
    "skills": Shape(
        fields={"name": "text", "level": "text", "keywords": "texts"}, old={"skills": "keywords"}, bare="name"
    ),
    "awards": Shape(
        fields={"title": "text", "awarder": "text", "date": "date", "summary": "text"}, old={"from": "awarder"}
    ),
    "certificates": Shape(
        fields={"name": "text", "issuer": "text", "date": "date", "url": "text"},
        old={"title": "name", "website": "url"},
        bare="name",
    ),
    "publications": Shape(
        fields={"name": "text", "publisher": "text", "releaseDate": "date", "url": "text", "summary": "text"},
        old={"title": "name", "website": "url", "date": "releaseDate"},
    ),
    "languages": Shape(
        fields={"language": "text", "fluency": "text"}, old={"name": "language", "level": "fluency"}, bare="language"
    ),
    "interests": Shape(fields={"name": "text", "keywords": "texts"}, bare="name"),
    "references": Shape(fields={"name": "text", "reference": "text"}, old={"quote": "reference"}),
}

OLD_SECTIONS: Mapping[str, str] = {
    "employment": "work",
    "service": "volunteer",
    "samples": "projects",
    "recognition": "awards",
    "writing": "publications",
    "hobbies": "interests",
    "testimonials": "references",
}
LISTS_WITHIN = ("history", "sets", "list")
"""Where FRESH, which wraps a list in an object with a summary, keeps the list itself."""

BASICS_PLACES = ("basics", "bio", "info", "contact")
"""Objects that hold the fields of `basics`; the first one that fills a field wins."""

BASICS_ALONE = ("name", "location", "social")
"""Fields of `basics` that FRESH has at the top."""

ABOUT_THE_FILE = ("$schema", "meta")
