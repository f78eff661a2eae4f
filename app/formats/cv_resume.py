"""A CV as a JSON Resume, and a JSON Resume, an older draft or FRESH as a CV.

What both formats have is kept both ways. What has one text in a CV and several fields in a JSON Resume is written so
that it can be taken apart again: `Best Paper · USENIX (10/2014) — For the replication paper`. A JSON Resume has no
word for the present: a job that began and has no end goes on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.cv.data import CvData, Education, Experience, PersonalInfo, Project, Skills
from app.formats.json_resume import read_sections
from app.formats.json_resume_other import join
from app.formats.json_resume_reader import UNKNOWN_END, Item
from app.vocabulary import terms

Json = dict[str, Any]
PRESENT = "Present"
WEBSITE = "Website"
CORE, SOFTWARE = "Core competencies", "Software proficiency"
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?", re.ASCII)
_WIRE = re.compile(r"(\d\d?)/(\d{4})", re.ASCII)
_DATED = re.compile(r"(?s)(?P<named>.*?)(?: \((?P<date>\d\d/\d{4}|\d{4})\))?(?: — (?P<summary>.*))?", re.ASCII)
_FLUENT = re.compile(r"(?P<language>[^()]+) \((?P<fluency>[^()]+)\)")
_SCORE = "Score: "
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_HTTP = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)
_LINKEDIN = re.compile(r"(?i)linkedin\.com/(?:in|pub)/([^/?#\s]+)")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY AB BC MB NB NL NS NT NU ON PE QC SK YT"
)
"""The states and provinces of North America, whose two letters are more often theirs than a country's."""


def web_address(text: str) -> str:
    """An address of the web, `https://…` also where only the host was written; empty for any other text.

    So `javascript:` and its like stand nowhere as an address, whatever somebody makes of the file.
    """
    address = with_scheme(text)
    return address if _HTTP.fullmatch(address) else ""


def to_json_resume(cv: CvData) -> Json:
    """The CV as a JSON Resume 1.x document, without what is empty."""
    document = {
        "basics": _basics(cv),
        "work": [_work(job) for job in cv.experience],
        "education": [_education(study) for study in cv.education],
        "projects": [_project(project) for project in cv.key_projects_achievements],
        "skills": list(_skill_groups(cv.skills)),
        "languages": [_language(text) for text in cv.skills.language_fluency],
        "certificates": [_dated(text, "name", "issuer") for text in cv.skills.certifications],
        "awards": [_dated(text, "title", "awarder") for text in cv.awards_and_recognitions],
    }
    return {"basics": {}} | _held(document)


def from_json_resume(document: object) -> CvData:
    """The CV that a JSON Resume holds, whatever its draft; raises `InvalidInput` for what is none, as `read` does."""
    sections = read_sections(document)
    basics, items = sections.basics, sections.items
    linkedin, site = _addresses(items["profiles"])
    return CvData(
        personal_info=PersonalInfo(
            full_name=basics.text("name") or join(" ", basics.text("firstName"), basics.text("lastName")),
            title=basics.text("label"),
            phone=basics.text("phone"),
            email=basics.text("email"),
            linkedin=linkedin,
            website=basics.text("url") or site,
            location=basics.text("location"),
        ),
        summary=basics.text("summary"),
        experience=tuple(_experience(item) for item in items["work"]),
        education=tuple(_study(item) for item in items["education"]),
        skills=_skills(items),
        key_projects_achievements=tuple(_achievement(item) for item in items["projects"]),
        awards_and_recognitions=_distinct(_dated_text(item, "title", "awarder") for item in items["awards"]),
    )


def to_iso(date: str) -> str:
    """`03/2021` as `2021-03`; anything else as it is, but the present as nothing."""
    if date.strip().casefold() == PRESENT.casefold():
        return ""
    found = _WIRE.fullmatch(date.strip())
    return f"{found[2]}-{int(found[1]):02}" if found and 1 <= int(found[1]) <= 12 else date


def to_wire(date: str) -> str:
    """`2021-03` or `2021-03-15` as `03/2021`; anything else as it is."""
    found = _ISO.fullmatch(date)
    return f"{found[2]}/{found[1]}" if found else date


def with_scheme(address: str) -> str:
    """An address of the web as a link needs it; a text that is none is left alone."""
    if not _SITE.fullmatch(address) or address.lower().startswith(("http://", "https://")):
        return address
    return f"https://{address}"


# --- a CV as a JSON Resume


def _basics(cv: CvData) -> Json:
    info = cv.personal_info
    return _held(
        {
            "name": info.full_name,
            "label": info.title,
            "email": info.email,
            "phone": info.phone,
            "url": web_address(info.website),
            "summary": cv.summary,
            "location": _location(info.location),
            "profiles": list(_profiles(info)),
        }
    )


def _location(text: str) -> Json:
    """City, region and country code, such that they joined are the text again."""
    city, *rest = text.split(", ")
    country = ""
    if rest and _COUNTRY.fullmatch(rest[-1]) and not (len(rest) == 1 and rest[-1] in _STATES):
        country = rest.pop()
    return _held({"city": city, "region": ", ".join(rest), "countryCode": country})


def _profiles(info: PersonalInfo) -> Iterator[Json]:
    """LinkedIn, and a website whose words are no address: as an address they could not be kept."""
    if info.linkedin:
        yield _linkedin(info.linkedin)
    if info.website and not web_address(info.website):
        yield {"network": WEBSITE, "username": info.website}


def _linkedin(text: str) -> Json:
    found, address = _LINKEDIN.search(text), web_address(text)
    username = found[1] if found else "" if address else text
    return _held({"network": "LinkedIn", "username": username, "url": address})


def _work(job: Experience) -> Json:
    return _held(
        {
            "name": job.company,
            "position": job.title,
            "location": job.location,
            "startDate": to_iso(job.start_date),
            "endDate": to_iso(job.end_date),
            "highlights": list(job.description_bullets),
        }
    )


def _education(study: Education) -> Json:
    details = [part for part in study.details.split("; ") if part]
    score = next((part for part in details if part.startswith(_SCORE)), "")
    return _held(
        {
            "institution": study.institution,
            "studyType": study.degree,
            "area": study.field_of_study,
            "endDate": to_iso(study.graduation_date),
            "score": score.removeprefix(_SCORE),
            "courses": [part for part in details if part is not score],
        }
    )


def _project(project: Project) -> Json:
    lines = project.description.split("\n")
    return _held(
        {
            "name": project.name,
            "description": "\n".join(line for line in lines if not line.startswith("- ")),
            "highlights": [line[2:] for line in lines if line.startswith("- ")],
            "keywords": list(project.key_areas_used),
        }
    )


def _skill_groups(skills: Skills) -> Iterator[Json]:
    for name, keywords in ((CORE, skills.core_competencies), (SOFTWARE, skills.software_proficiency)):
        if keywords:
            yield {"name": name, "keywords": list(keywords)}


def _language(text: str) -> Json:
    found = _FLUENT.fullmatch(text)
    return dict(found.groupdict()) if found else {"language": text}


def _dated(text: str, name: str, giver: str) -> Json:
    """Take `Name · Giver (10/2014) — Summary` apart; what has no such parts is all name."""
    found = _DATED.fullmatch(text)
    if found is None or not found["named"]:
        return {name: text}
    if name == "name" and found["summary"]:  # a certificate has no summary
        return {name: text}
    named, _, given = found["named"].partition(" · ")
    return _held({name: named, giver: given, "date": to_iso(found["date"] or ""), "summary": found["summary"] or ""})


def _held(fields: Mapping[str, Any]) -> Json:
    return {name: value for name, value in fields.items() if value}


# --- a JSON Resume as a CV


def _addresses(profiles: Sequence[Item]) -> tuple[str, str]:
    """The LinkedIn profile, and the address of the first other one."""
    linkedin = site = ""
    for profile in profiles:
        address = profile.text("url") or profile.text("username")
        if profile.text("network") == WEBSITE:
            site = site or address
        elif "linkedin" in f"{profile.text('network')} {address}".casefold():
            linkedin = linkedin or address
        else:
            site = site or profile.text("url")
    return linkedin, site


def _experience(item: Item) -> Experience:
    """A job; what its summary says stands before its highlights, since a CV has no other place for it."""
    summary, start, end = item.text("summary"), item.text("startDate"), item.end
    return Experience(
        title=item.text("position"),
        company=item.text("name"),
        location=item.text("location"),
        start_date=to_wire(start),
        end_date=PRESENT if not end and (start or item.still) else to_wire(end.replace(UNKNOWN_END, "")),
        description_bullets=((summary,) if summary else ()) + item.list("highlights"),
    )


def _study(item: Item) -> Education:
    score = item.text("score")
    return Education(
        institution=item.text("institution"),
        degree=item.text("studyType"),
        field_of_study=item.text("area"),
        graduation_date=to_wire(item.end.replace(UNKNOWN_END, "")),
        details=join("; ", f"{_SCORE}{score}" if score else "", *item.list("courses")),
    )


def _achievement(item: Item) -> Project:
    highlights = [f"- {' '.join(line.split())}" for line in item.list("highlights")]
    return Project(
        name=item.text("name"),
        description=join("\n", item.text("description"), *highlights),
        key_areas_used=_distinct(item.list("keywords")),
    )


def _skills(items: Mapping[str, Sequence[Item]]) -> Skills:
    """Skills by their kind: a group that names mostly known tools is software, and its own name a competency."""
    core: list[str] = []
    software: list[str] = []
    for group in items["skills"]:
        name, keywords = group.text("name"), group.list("keywords")
        is_software = name == SOFTWARE or (name != CORE and _names_tools(keywords or (name,)))
        if name not in (CORE, SOFTWARE):
            (software if is_software and not keywords else core).append(name)
        (software if is_software else core).extend(keywords)
    return Skills(
        core_competencies=_distinct(core),
        software_proficiency=_distinct(software),
        language_fluency=_distinct(_fluent(item) for item in items["languages"]),
        certifications=_distinct(_dated_text(item, "name", "issuer") for item in items["certificates"]),
    )


def _names_tools(names: Sequence[str]) -> bool:
    return 2 * sum(bool(terms(name)) for name in names) >= len(names)


def _fluent(item: Item) -> str:
    language, fluency = item.text("language"), item.text("fluency")
    return f"{language} ({fluency})" if language and fluency else language or fluency


def _dated_text(item: Item, name: str, giver: str) -> str:
    date = to_wire(item.text("date"))
    named = join(" ", join(" · ", item.text(name), item.text(giver)), f"({date})" if date else "")
    return join(" — ", named, item.text("summary"))


def _distinct(texts: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
