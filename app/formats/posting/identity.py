"""Whose posting it is and for what: title, company and place, found in the text itself where nothing else says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.posting.labels import heading_kind, label_kind

_TITLE_CHARS = 120
_SEEN_LINES = 60
_ROLE = re.compile(
    r"\b(?:engineer|developer|designer|manager|analyst|scientist|specialist|strategist|recruiter|consultant|architect"
    r"|administrator|director|officer|lead|intern|assistant|technician|writer|researcher|practitioner|nurse|teacher"
    r"|accountant|editor|owner|coordinator|associate|representative|advisor|executive|head of|programmer|tester"
    r"|ingénieure?|développeu(?:r|se)|concept(?:eur|rice)|gestionnaire|analyste|scientifique|spécialiste|chef(?:fe)?"
    r"|consultante?|architecte|direct(?:eur|rice)|technicienne?|rédact(?:eur|rice)|chargée?|responsable|praticienn?e?"
    r"|comptable|infirmi(?:er|ère)|stagiaire|adjointe?|conseill(?:er|ère))(?:s|\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:remote|hybrid|on-?site|télétravail|à distance|hybride|full[- ]time|part[- ]time|temps plein)\b|, [A-Z]{2}\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:- )?([\w' ]{3,20}?) ?: (.{1,300})$")
_TITLE_LABELS = frozenset(("job title", "title", "position", "role", "poste", "titre", "titre du poste", "intitulé"))
_COMPANY_LABELS = frozenset(
    ("company", "employer", "organization", "organisation", "hiring organization", "entreprise", "employeur", "société")
)
_PLACE_LABELS = frozenset(("location", "locations", "job location", "lieu", "lieu de travail", "localisation"))

_NAME = r"([A-Z0-9À-Ý][\w&.'’+-]*(?: (?:[A-Z0-9À-Ý&][\w&.'’+-]*|of|the|and|for|de|du|des|la|et)){0,6})"
_LEAD = r"^(?:The |Le |La |Les |L['’])?"
_NAMED_IN = tuple(
    re.compile(pattern)
    for pattern in (
        _LEAD + _NAME + r",? (?:is|are) (?:\w+ )?(?:hiring|looking for|seeking|recruiting|searching for)\b",
        _LEAD + _NAME + r" (?:seeks|recrute|recherche|cherche|est à la recherche)\b",
        _LEAD + r"([A-Z0-9À-Ý][^().,:;!?\n]{2,60}?) \([A-Z]{2,8}\) ",
        r"^## (?:About|Why|Join|Life at) (?:the )?" + _NAME + "$",
        r"^## À propos (?:de la |de l['’]|du |des |de |d['’])" + _NAME.replace("A-Z0-9À-Ý&]", "\\w&]") + "$",
        r"(?:^|[.!] )(?:At|Chez) " + _NAME + r", (?:we|you|our|nous|vous)\b",
        r"\b(?:join|rejoignez) (?:the )?" + _NAME + r"(?: team)?(?:[.,!]| as\b| and\b| en tant)",
        _LEAD
        + _NAME
        + r" (?:builds|makes|develops|creates|provides|helps|delivers|operates|runs|offers|gives|is (?:an?|the)"
        r"|développe|propose|conçoit|accompagne|offre|est (?:une?|le|la))\b",
    )
)
_NO_NAMES = frozenset(
    str.split(
        "we you they it i he she this these that our your the a an who what as if in at to for with us role job "
        "team position company candidate candidates applicants nous vous ils elle il on ce cet cette ces notre "
        "votre le la les un une qui summary overview here there experience must employer client"
    )
)
_WANTED = re.compile(
    r"\b(?:looking for|seeking|seeks|hiring|recruiting|recherchons|recherche|recrute|recrutons|à la recherche d['’e])"
    r" ?(?:an? |un |une |un[·.(]e\)? |our next |for (?:an? )?)?(?P<title>[^.,;:!?\n]{3,80}?)"
    r"(?= (?:to|who|with|in|on|for|and you|that|pour|qui|chargée?|au sein|dans|afin|capable)\b|[.,;:!?\n]|$)",
)
_GRADE = re.compile(r"^[A-Z]{2}-\d{1,2} [-–—]? ?")
_DASH = re.compile(r" [-–—|·@] | (?:at|chez) ")
_SITE_WORDS = re.compile(
    r"^(?:join|careers at|jobs at|work at|work with us at) (?:the )?|[ -]+(?:careers|jobs|hiring)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What was found; an empty string where nothing was."""

    title: str
    company: str
    location: str


def identify(lines: Sequence[str], *, title: str = "", company: str = "", site: str = "") -> Identity:
    """Complete what is known of a posting from its lines. `site` is what the page calls itself, the last resort."""
    head = lines[:_SEEN_LINES]
    labelled = _labelled(lines)
    known_company = company or labelled.get("company", "")
    beside = ("", "")
    if not title:
        title = _first_line(head)
        if title:
            beside = _second_line(head)
    title = title or labelled.get("title", "")
    title, named = _split(title, head, known_company)
    found = known_company or named or beside[0] or _named(head) or _SITE_WORDS.sub("", site).strip()
    return Identity(
        title=title or _wanted(head),
        company=found,
        location=labelled.get("location", "") or beside[1],
    )


def split_window_title(text: str) -> str:
    """The part of a window's title that names the job: "Recruiter | Careers | Northwind" → "Recruiter"."""
    parts = [part.strip() for part in text.split("|")]
    return next((part for part in parts if _ROLE.search(part)), parts[0])


def _labelled(lines: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines[: _SEEN_LINES * 2]:
        if match := _LABEL.match(line[:330]):
            label = match[1].lower()
            for kind, labels in (("title", _TITLE_LABELS), ("company", _COMPANY_LABELS), ("location", _PLACE_LABELS)):
                if label in labels:
                    found.setdefault(kind, match[2].strip())
    return found


def _first_line(lines: Sequence[str]) -> str:
    """The first line, if it reads as a title; or a heading right below it."""
    for line in lines[:3]:
        words = line.removeprefix("## ")
        if len(words) > _TITLE_CHARS or words.startswith("- ") or words[-1] in ".!?:;" or _LABEL.match(words):
            continue
        if label_kind(words) or (heading_kind(words) and not _ROLE.search(words)):
            continue
        if line.startswith("## ") or line is lines[0]:
            return words
    return ""


def _second_line(lines: Sequence[str]) -> tuple[str, str]:
    """Company and place of a line such as "Northwind | Remote", right below the title."""
    for line in lines[1:3]:
        parts = [part.strip() for part in re.split(r" [|·•—–] ", line.removeprefix("## "))]
        if 2 <= len(parts) <= 5 and all(0 < len(part) <= 80 for part in parts) and line[-1] not in ".!?:":
            places = [part for part in parts if _PLACE.search(part)]
            others = [part for part in parts if part not in places and not _ROLE.search(part)]
            return (others[0] if others else ""), ", ".join(places or others[1:2])
    return "", ""


def _split(title: str, lines: Sequence[str], company: str) -> tuple[str, str]:
    """Part "Northwind - Engineer", "Engineer at Northwind": a side is the company if the text uses it as a name."""
    title = _GRADE.sub("", title).strip()
    for dash in _DASH.finditer(title):
        left, right = title[: dash.start()].strip(), title[dash.end() :].strip()
        for side, rest, leads in ((left, right, True), (right, left, False)):
            if not side or not rest or _ROLE.search(side):
                continue
            if company and side.lower() == company.lower():
                return rest, side
            said = not leads and dash[0] in (" at ", " chez ", " @ ")
            if not company and (said or _is_name(side, rest, lines, leads=leads)):
                return rest, side
    return title, ""


def _is_name(side: str, rest: str, lines: Sequence[str], *, leads: bool) -> bool:
    if len(side) > 60 or side.lower() in _NO_NAMES:
        return False
    text, name = "\n".join(lines).lower(), side.lower()
    after = (" is ", "’s ", "'s ", " are ", " team", " recrute", " recherche")
    before = ("at ", "about ", "join ", "chez ", "à propos de ")
    used = any(f"{name}{word}" in text for word in after) or any(f"{word}{name}" in text for word in before)
    return used and (leads or text.count(name) > 1) and (not leads or _ROLE.search(rest) is not None)


def _named(lines: Sequence[str]) -> str:
    for pattern in _NAMED_IN:
        for line in lines:
            match = pattern.search(line[:400])
            if match and match[1].split()[0].lower().strip("'’") not in _NO_NAMES and not _ROLE.search(match[1]):
                name = match[1].strip(" .,")
                if not name.lower().endswith((" team", " équipe")):
                    return name
    return ""


def _wanted(lines: Sequence[str]) -> str:
    for line in lines:
        match = _WANTED.search(line[:600])
        if match and _ROLE.search(match["title"]):
            return _GRADE.sub("", match["title"]).strip()
    return ""
