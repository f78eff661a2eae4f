"""schema.org JobPosting (JSON-LD and microdata) and JSON Resume's job form, where any value can be of any shape."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.formats.posting.html import html_text, looks_like_html, node_text, unescape_html
from app.formats.posting.text import clean_line, lines_of

_DEPTH = 6
_SAME_CHARS = 60
# What is told beside the description, in the order of telling, under its heading.
_PARTS: tuple[tuple[str, str], ...] = (
    ("employerOverview", "About the company"),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("skills", "Skills"),
    ("physicalRequirement", "Requirements"),
    ("eligibilityToWorkRequirement", "Requirements"),
    ("securityClearanceRequirement", "Requirements"),
    ("jobBenefits", "Benefits"),
    ("benefits", "Benefits"),
    ("incentiveCompensation", "Incentives"),
    ("incentives", "Incentives"),
)
_NAMES = ("name", "title", "value", "@value", "text", "description", "credentialCategory", "competencyRequired", "@id")
_PLACE = ("addressLocality", "addressRegion", "addressCountry")
_JSON_RESUME_KEYS = frozenset({"responsibilities", "qualifications", "skills", "meta", "$schema", "remote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one source says of a posting; an empty string where it says nothing.

    A title is `stated` where a field for it said so: it is taken as it is, and not searched for a company.
    """

    title: str = ""
    stated: bool = False
    company: str = ""
    location: str = ""
    url: str = ""
    lines: Sequence[str] = field(default=())


def load_json(text: str) -> Any:
    """The value of a JSON text, or None; as lenient as pages are careless (line breaks in strings, comment marks)."""
    for start, end in sorted((text.find(opening), text.rfind(closing)) for opening, closing in ("{}", "[]")):
        if start >= 0:
            try:
                return json.loads(text[start : end + 1], strict=False)
            except (ValueError, RecursionError):
                continue
    return None


def find_schema_posting(data: object) -> Mapping[str, Any] | None:
    """The first schema.org JobPosting in a JSON-LD value, however deep in lists and graphs."""
    queue: list[object] = [data]
    for value in queue:
        if isinstance(value, Mapping):
            kinds = value.get("@type")
            if any("JobPosting" in str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return value
            queue.extend(inner for inner in value.values() if isinstance(inner, Mapping | list))
        elif isinstance(value, list):
            queue.extend(value)
    return None


def is_json_resume_job(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object without a type is of JSON Resume's job form."""
    return isinstance(data.get("location"), Mapping) or any(
        isinstance(data.get(key), list | Mapping) or (key == "$schema" and key in data) for key in _JSON_RESUME_KEYS
    )


def page_json_ld(tree: LexborHTMLParser) -> Mapping[str, Any] | None:
    """The JobPosting that a page carries in a script, or None."""
    for script in tree.css('script[type="application/ld+json" i]'):
        found = find_schema_posting(load_json(script.text()))
        if found is not None:
            return found
    return None


def page_microdata(tree: LexborHTMLParser) -> Mapping[str, Any] | None:
    """The JobPosting that a page carries as microdata, in the shape of JSON-LD, or None."""
    scope = tree.css_first('[itemtype*="JobPosting"]')
    if scope is None:
        return None
    company = "[itemprop=hiringOrganization]"
    named = scope.css_first(f"{company} [itemprop=name]")
    places = [_content(node) for name in _PLACE for node in scope.css(f"[itemprop={name}]")[:3]]
    posting: dict[str, Any] = {
        "title": _content(scope.css_first("[itemprop=title]")),
        "url": _content(scope.css_first("[itemprop=url]")),
        "hiringOrganization": _content(named if named is not None else scope.css_first(company)),
        "jobLocation": ", ".join(place for place in places if place),
    }
    for name in ("description", *(name for name, _ in _PARTS)):
        posting[name] = "\n\n".join(node_text(node) for node in scope.css(f"[itemprop={name}]"))
    return posting


def schema_draft(data: Mapping[str, Any]) -> Draft:
    """What a schema.org JobPosting says."""
    remote = "Remote" if "TELECOMMUTE" in str(data.get("jobLocationType", "")) else ""
    places = [*_places(data.get("jobLocation")), remote]
    title = _words(data.get("title")) or _words(data.get("name"))
    return Draft(
        title=title,
        stated=bool(title),
        company=_words(data.get("hiringOrganization")),
        location="; ".join(dict.fromkeys(place for place in places if place)),
        url=_url(data.get("url")) or _url(data.get("@id")) or _url(data.get("sameAs")),
        lines=_told(data, pay=_pay(data)),
    )


def json_resume_draft(data: Mapping[str, Any]) -> Draft:
    """What a job of JSON Resume's form says."""
    where, meta = data.get("location"), data.get("meta")
    location = _address(where) if isinstance(where, Mapping) else _words(where)
    remote = _words(data.get("remote"))
    title = _words(data.get("title"))
    return Draft(
        title=title,
        stated=bool(title),
        company=_words(data.get("company")),
        location=f"{location} ({remote})" if location and remote else location or remote,
        url=_url(data.get("url")) or (_url(meta.get("canonical")) if isinstance(meta, Mapping) else ""),
        lines=_told(data, pay=_words(data.get("salary"))),
    )


def _told(data: Mapping[str, Any], *, pay: str) -> list[str]:
    """The description's lines, then each part that the description doesn't hold already."""
    lines = list(_lines(data.get("description")))
    known = _run("".join(lines))
    for name, heading in _PARTS:
        told = [line for line in _lines(data.get(name)) if _run(line)[:_SAME_CHARS] not in known]
        if told and told[0].startswith("## "):
            lines.extend(told)
        elif told:
            lines.extend((f"## {heading}", *told))
    terms = [words for words in (_words(data.get("employmentType")), _words(data.get("workHours"))) if words]
    level = data.get("experience")
    if isinstance(level, str) and _words(level):
        terms.append(_words(level))
    if pay or terms:
        lines.append("## Compensation and terms")
        lines.extend(f"- {line}" for line in (*terms, f"Salary: {pay}" if pay else "") if line)
    return lines


def _lines(value: object) -> Iterator[str]:
    """The lines of a text, of HTML, or of a list, each of whose entries is a bullet."""
    if isinstance(value, list):
        for entry in value:
            if words := _words(entry):
                yield f"- {words}"
    elif isinstance(value, str):
        text = unescape_html(value)
        yield from lines_of(html_text(text) if looks_like_html(text) else text)
    elif words := _words(value):
        yield words


def _words(value: object, depth: int = 0) -> str:
    """One line for a value of any shape: a string, a number, a thing with a name, a list of them."""
    if isinstance(value, str):
        text = unescape_html(value)
        return clean_line(" ".join(lines_of(html_text(text))) if looks_like_html(text) else text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, list) and depth < _DEPTH:
        return ", ".join(words for entry in value if (words := _words(entry, depth + 1)))
    return _thing(value, depth) if isinstance(value, Mapping) and depth < _DEPTH else ""


def _thing(value: Mapping[str, Any], depth: int) -> str:
    if "monthsOfExperience" in value:
        return f"{_words(value['monthsOfExperience'], depth + 1)} months of experience"
    name = next((words for key in _NAMES if (words := _words(value.get(key), depth + 1))), "")
    level, keywords = _words(value.get("level"), depth + 1), _words(value.get("keywords"), depth + 1)
    name = f"{name} ({level})" if name and level else name
    return f"{name}: {keywords}" if name and keywords else name or keywords


def _run(text: str) -> str:
    """Letters and digits only, to tell whether a text holds another one."""
    return "".join(c for c in text.lower() if c.isalnum())


def _places(value: object) -> list[str]:
    if isinstance(value, list):
        return [place for entry in value[:20] for place in _places(entry)]
    if isinstance(value, Mapping):
        address = value.get("address")
        if isinstance(address, Mapping):
            return [_address(address)]
        return [_words(address) or _address(value) or _words(value)]
    return [_words(value)]


def _address(value: Mapping[str, Any]) -> str:
    parts = [_words(value.get(name)) for name in (*_PLACE, "city", "region", "countryCode")]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _pay(data: Mapping[str, Any]) -> str:
    """The salary in words: `EUR 50000–60000 YEAR`."""
    pay = data.get("baseSalary")
    if not isinstance(pay, Mapping):
        return " ".join(part for part in (_words(data.get("salaryCurrency")), _words(pay)) if part) if pay else ""
    amount = pay.get("value")
    of = amount if isinstance(amount, Mapping) else pay
    span = "–".join(words for key in ("minValue", "maxValue") if (words := _words(of.get(key))))
    parts = (_words(pay.get("currency")), span or _words(amount), _words(of.get("unitText")))
    return " ".join(part for part in parts if part)


def _url(value: object) -> str:
    words = clean_line(value) if isinstance(value, str) else ""
    return words if words.startswith(("https://", "http://")) else ""


def _content(node: LexborNode | None) -> str:
    if node is None:
        return ""
    return clean_line(node.attributes.get("content") or node.attributes.get("href") or node.text())
