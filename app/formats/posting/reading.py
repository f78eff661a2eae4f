"""The one way in: whatever a posting comes as, read it into plain lines and find out whose it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.errors import InvalidInput, PayloadTooLarge
from app.formats.json_text import parse_json
from app.formats.posting.html import looks_like_html, page_text, parse, unescape_html
from app.formats.posting.identity import identify, split_window_title
from app.formats.posting.labels import heading_kind
from app.formats.posting.structured import (
    Draft,
    find_schema_posting,
    is_json_resume_job,
    json_resume_draft,
    load_json,
    page_json_ld,
    page_microdata,
    schema_draft,
)
from app.formats.posting.text import clean_line, lines_of

SourceFormat = Literal["text", "markdown", "html", "json-ld", "microdata", "json-resume", "plain"]
LIMIT_BYTES = 200 * 1024
NAME_CHARS = 300
PLACE_CHARS = URL_CHARS = 2000
_PLAIN_CHARS = {
    "title": NAME_CHARS,
    "company": NAME_CHARS,
    "location": PLACE_CHARS,
    "url": URL_CHARS,
    "description": LIMIT_BYTES,
}
_NAMES = ("title", "company", "location", "url")
_URL = re.compile(r"https?://[^\s<>\"]+")
_FRONT_MATTER_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPosting:
    """A posting, read. `description` has one line a paragraph or bullet (`- `); headings begin with `## `."""

    title: str
    company: str
    location: str
    url: str
    description: str
    source_format: SourceFormat


def read_posting(source: str | Mapping[str, Any], **given: str) -> ParsedPosting:
    """Read a posting from a text (plain, Markdown, HTML, JSON) or from a JSON object in any of its forms.

    `given` may state `title`, `company`, `location` and `url`; they win over what is found. Raises `InvalidInput` with
    the fields that are wrong, or that could not be found and so must be stated; `PayloadTooLarge` over 200 KB.
    """
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        _refuse_large(source)
        source = parse_json(source)
    draft, found_format, site = _read(source)
    stated = {name: words for name, value in given.items() if (words := clean_line(value))}
    draft = replace(draft, **stated, stated=draft.stated or "title" in stated)
    if not draft.lines:
        raise InvalidInput("There is no posting in this.", fields={"description": ["Holds no text."]})
    identity = identify(draft.lines, title=draft.title, company=draft.company, site=site)
    title = draft.title if draft.stated else identity.title
    _ask_for_missing(title=title, company=identity.company)
    lines = list(draft.lines)
    if len(lines) > 1 and _repeats(lines[0], title, draft.title, identity.company):
        del lines[0]
    description = "\n".join(lines)
    _refuse_large(description)
    return ParsedPosting(
        title=title[:NAME_CHARS],
        company=identity.company[:NAME_CHARS],
        location=(draft.location or identity.location)[:PLACE_CHARS],
        url=draft.url[:URL_CHARS],
        description=description,
        source_format=found_format,
    )


def _ask_for_missing(**found: str) -> None:
    missing = [name for name, value in found.items() if not value]
    if missing:
        raise InvalidInput(
            f"The posting doesn't say its {' and '.join(missing)}: please state it.",
            fields={name: [f"Could not be found in the posting; state the {name}."] for name in missing},
        )


def read_description(text: str) -> str:
    """The stored form of a description alone, given as text, Markdown or HTML (also escaped twice)."""
    _refuse_large(text)
    text = unescape_html(text)
    lines = lines_of(page_text(parse(text)) if looks_like_html(text) else text)
    if not lines:
        raise InvalidInput("The description is empty.", fields={"description": ["Holds no text."]})
    return "\n".join(lines)


def _repeats(line: str, title: str, raw_title: str, company: str) -> bool:
    """Whether a first line says the title, with the company at most, and nothing else."""
    words = line.removeprefix("## ")
    return words in (title, raw_title) or (
        title in words and company in words and len(words) <= len(title) + len(company) + len(" at ")
    )


def detect(text: str) -> SourceFormat:
    """The format of a file, by its content alone."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    data = load_json(text) if start in ("{", "[") else None
    if data is not None:
        if find_schema_posting(data) is not None:
            return "json-ld"
        return "json-resume" if isinstance(data, Mapping) and is_json_resume_job(data) else "plain"
    body = unescape_html(text)
    if looks_like_html(body):
        return "html"
    return "markdown" if text.startswith(("---", "#")) or "\n#" in text else "text"


def _read(source: str | Mapping[str, Any]) -> tuple[Draft, SourceFormat, str]:
    """What the source says, in which format, and what its page calls itself."""
    if isinstance(source, Mapping):
        return _read_object(source)
    _refuse_large(source)
    found = detect(source)
    if found in ("json-ld", "json-resume", "plain"):
        data = load_json(source)
        if isinstance(data, Mapping) or find_schema_posting(data) is not None:
            return _read_object(find_schema_posting(data) or data)
        raise InvalidInput("This JSON holds no posting.", fields={"description": ["Holds no posting."]})
    matter, text = _front_matter(source)
    text = unescape_html(text)
    if found == "html":
        return _read_page(text, matter)
    draft = Draft(
        title=matter.get("title", ""),
        stated="title" in matter,
        company=matter.get("company", ""),
        location=matter.get("location", ""),
        url=matter.get("url", ""),
        lines=lines_of(text),
    )
    return draft, found, ""


def _read_object(data: Mapping[str, Any]) -> tuple[Draft, SourceFormat, str]:
    posting = find_schema_posting(data)
    if posting is not None:
        return schema_draft(posting), "json-ld", ""
    if "basics" in data or "work" in data:
        raise InvalidInput("This is a resume, not a posting: load it with `flask seed resume` or POST /api/v1/resumes.")
    if is_json_resume_job(data):
        return json_resume_draft(data), "json-resume", ""
    _check_plain(data)
    _refuse_large(data["description"])
    draft, _, site = _read(data["description"])
    stated = {name: clean_line(data[name]) for name in _NAMES if name in data}
    return replace(draft, **stated, stated=draft.stated or "title" in stated), "plain", site


def _read_page(text: str, matter: Mapping[str, str]) -> tuple[Draft, SourceFormat, str]:
    page = parse(text)
    data, found = page_json_ld(page.tree), "json-ld"
    micro = page_microdata(page.tree)
    if data is None:
        data, found = micro, "microdata"
    drafts = [schema_draft(one) for one in (data, micro) if one is not None]
    whole = lines_of(page_text(page))
    told = next((draft.lines for draft in drafts if draft.lines), None)
    if told and _is_teaser(told, whole):
        told = None
    of_page = Draft(
        title=page.title or matter.get("title", "") or split_window_title(page.window_title), url=page.url, lines=whole
    )
    merged = of_page
    for draft in reversed(drafts):
        merged = replace(merged, **{name: value for name in _NAMES if (value := getattr(draft, name))})
    merged = replace(merged, stated=any(draft.stated for draft in drafts))
    return replace(merged, lines=told or whole), found if told else "html", page.site  # type: ignore[return-value]


def _is_teaser(told: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether a page's data only announces the posting: it asks for nothing, and the page, far longer, does."""
    return sum(map(len, told)) * 2 < sum(map(len, whole)) and _has_requirements(whole) and not _has_requirements(told)


def _has_requirements(lines: Sequence[str]) -> bool:
    return any(line.startswith("## ") and heading_kind(line[3:]) in ("requirements", "nice_to_have") for line in lines)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The one-line fields between the `---` lines that begin a file, and what follows them."""
    text = text.lstrip("\ufeff")
    if not text.startswith("---\n") and not text.startswith("---\r\n"):
        return {}, text
    end = text.find("\n---", 3, _FRONT_MATTER_CHARS)
    if end < 0:
        return {}, text
    fields: dict[str, str] = {}
    for line in text[4:end].split("\n"):
        name, colon, value = line.partition(":")
        if colon and name == name.strip():
            fields[name.lower()] = clean_line(value.strip().strip("'\""))
    return fields, text[end + 4 :]


def _check_plain(data: Mapping[str, Any]) -> None:
    wrong = {str(name): "Unknown field." for name in data if name not in _PLAIN_CHARS}
    for name, most in _PLAIN_CHARS.items():
        value = data.get(name)
        if name not in data:
            continue
        if not isinstance(value, str):
            wrong[name] = "Not a valid string."
        elif name in ("title", "company") and not clean_line(value[: most * 2]):
            wrong[name] = "Must not be empty."
        elif len(value) > most and name != "description":
            wrong[name] = f"Longer than maximum length {most}."
        elif name == "url" and value.strip() and not _URL.fullmatch(value.strip()):
            wrong[name] = "Not a valid URL."
    if "description" not in data:
        wrong["description"] = "Missing data for required field."
    if wrong:
        raise InvalidInput("The posting is not valid.", fields={name: [what] for name, what in wrong.items()})


def _refuse_large(text: str) -> None:
    if len(text) > LIMIT_BYTES or len(text.encode(errors="replace")) > LIMIT_BYTES:
        raise PayloadTooLarge(f"A posting may have {LIMIT_BYTES // 1024} KB.")
