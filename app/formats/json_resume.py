"""JSON Resume 1.x, its older drafts and FRESH, read into what the tables hold.

Nothing a file can hold makes reading fail, except that it is no resume at all or has more entries than anybody has:
what has the wrong type stays in the document and is told in the receipt. The document itself is never changed, so
whoever stores it can give it back as it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import InvalidInput
from app.formats.json_resume_names import (
    ABOUT_THE_FILE,
    BASICS,
    BASICS_ALONE,
    BASICS_PLACES,
    LISTS_WITHIN,
    LOCATION,
    OLD_SECTIONS,
    PROFILE,
    SECTIONS,
)
from app.formats.json_resume_other import join, other_items
from app.formats.json_resume_reader import Item, Place, Reader, is_blank
from app.formats.resume import ImportReceipt, ParsedEducation, ParsedProject, ParsedResume, ParsedSkill, ParsedWork

KNOWN = frozenset({"basics", "bio", *SECTIONS, *OLD_SECTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """A document's objects, by the standard's names: `basics`, and the items of each section and of `profiles`."""

    basics: Item
    items: Mapping[str, list[Item]]
    receipt: ImportReceipt


def read(document: object) -> ParsedResume:
    """Read a parsed JSON document into what the tables hold; raises as `read_sections` does."""
    return _resume(read_sections(document))


def read_sections(document: object) -> Sections:
    """Read a parsed JSON document, under whatever names, into the standard's sections.

    Raises `InvalidInput`, with the place under `fields`, if it is no resume, a list has over 500 entries, or the whole
    over 5,000 fields and entries.
    """
    if not isinstance(document, Mapping):
        raise InvalidInput("A resume is a JSON object.", fields={"body": ["Must be a JSON object."]})
    if not KNOWN & document.keys():
        raise InvalidInput(
            "This is not a JSON Resume: it has none of its sections.",
            fields={"basics": [f"At least one section is needed: basics, {', '.join(SECTIONS)}."]},
        )
    reader = Reader()
    reader.meet(len(document), Place("body", "body"))
    basics = _read_basics(reader, document)
    items: dict[str, list[Item]] = {name: [] for name in SECTIONS}
    for key, value in document.items():
        section = OLD_SECTIONS.get(key, key)
        if section in SECTIONS:
            _read_section(reader, items[section], value, Place(key, section))
        elif key in ABOUT_THE_FILE and not is_blank(value):
            reader.understood(Place(key, key))
        elif key not in (*ABOUT_THE_FILE, *BASICS_PLACES, *BASICS_ALONE):
            reader.kept(Place("", "").field(key, key).path, value)
    profiles = _read_profiles(reader, basics)
    return Sections(basics=basics, items={"profiles": profiles, **items}, receipt=reader.receipt())


def _read_basics(reader: Reader, document: Mapping[str, object]) -> Item:
    """Read `basics`, and what other dialects have in its stead; location and profiles are read from within."""
    basics = Item()
    for key in BASICS_PLACES:
        reader.fill(basics, document.get(key), BASICS, Place(key, "basics"))
    alone = {key: document[key] for key in BASICS_ALONE if key in document}
    reader.fill(basics, alone, BASICS, Place("", "basics"))
    location = Item()
    for value, place in basics.nested.get("location", []):
        reader.fill(location, value, LOCATION, place)
    where = join(", ", location.text("city"), location.text("region"), location.text("countryCode"))
    basics.texts["location"] = where or location.text("address")
    return basics


def _read_section(reader: Reader, items: list[Item], value: object, place: Place) -> None:
    """Read a section's list, or the lists within the object that FRESH has in its stead."""
    if isinstance(value, Mapping) and any(key in value for key in LISTS_WITHIN):
        for key, inner in value.items():
            if key in LISTS_WITHIN:
                _read_section(reader, items, inner, Place(f"{place.path}.{key}", place.standard))
            else:
                reader.kept(place.field(key, key).path, inner)
        return
    offset = 0 if place.path == place.standard else len(items)
    for number, entry in reader.entries(value, place):
        item = reader.item(entry, SECTIONS[place.standard], place.entry(number, offset=offset))
        if item:
            items.append(item)


def _read_profiles(reader: Reader, basics: Item) -> list[Item]:
    profiles = []
    for value, place in basics.nested.get("profiles", []):
        for number, entry in reader.entries(value, place):
            profiles.append(reader.item(entry, PROFILE, place.entry(number)))
    return profiles


def _resume(sections: Sections) -> ParsedResume:
    basics, items = sections.basics, sections.items
    return ParsedResume(
        full_name=basics.text("name") or join(" ", basics.text("firstName"), basics.text("lastName")),
        headline=basics.text("label"),
        email=basics.text("email"),
        phone=basics.text("phone"),
        url=basics.text("url"),
        location=basics.text("location"),
        summary=basics.text("summary"),
        work=tuple(map(_work, items["work"])),
        education=tuple(map(_education, items["education"])),
        projects=tuple(map(_project, items["projects"])),
        skills=tuple(map(_skill, items["skills"])),
        other=other_items(items),
        receipt=sections.receipt,
    )


def _work(item: Item) -> ParsedWork:
    return ParsedWork(
        company=item.text("name"),
        title=item.text("position"),
        location=item.text("location"),
        url=item.text("url"),
        start_date=item.text("startDate"),
        end_date=item.end,
        summary=join("\n", item.text("description"), item.text("summary")),
        highlights=item.list("highlights"),
    )


def _education(item: Item) -> ParsedEducation:
    return ParsedEducation(
        institution=item.text("institution"),
        degree=item.text("studyType"),
        area=item.text("area"),
        start_date=item.text("startDate"),
        end_date=item.end,
        score=item.text("score"),
        courses=item.list("courses"),
    )


def _project(item: Item) -> ParsedProject:
    roles = join(", ", *item.list("roles"), item.text("entity"))
    return ParsedProject(
        name=item.text("name"),
        description=join("\n", item.text("description"), roles),
        url=item.text("url"),
        start_date=item.text("startDate"),
        end_date=item.end,
        highlights=item.list("highlights"),
        keywords=item.list("keywords"),
    )


def _skill(item: Item) -> ParsedSkill:
    return ParsedSkill(name=item.text("name"), level=item.text("level"), keywords=item.list("keywords"))
