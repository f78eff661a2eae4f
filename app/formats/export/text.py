"""A page as plain text and as Markdown. In Markdown every sign that could mean something is escaped."""

import re
from collections.abc import Iterable, Iterator

from app.formats.export.outline import Contact, Entry, Outline, Section

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$!{}^=])")
_AT_THE_START = re.compile(r"(?m)^(\s*)([-+])|^(\s*\d{1,9})([.)])")
_SCHEME = re.compile(r"(?i)\b(https?|ftp)(:)(?=//)")
_WWW = re.compile(r"(?i)\b(www)(\.)")


def render_text(page: Outline) -> str:
    """The page as lines of plain text, headings in capitals."""
    head = [page.name.upper(), page.headline, *(contact.text for contact in page.contacts)]
    parts = ["\n".join(filter(None, head)), *map(_text_of, page.sections)]
    return "\n\n".join(filter(None, parts)) + "\n"


def render_markdown(page: Outline) -> str:
    """The page as CommonMark: titles as headings, bullets as lists, addresses as links."""
    head = [
        f"# {escape(page.name)}" if page.name else "",
        f"**{escape(page.headline)}**" if page.headline else "",
        " · ".join(map(_markdown_contact, page.contacts)),
    ]
    return "\n\n".join(filter(None, (*head, *map(_markdown_of, page.sections)))) + "\n"


def escape(text: str) -> str:
    """A line of text such that Markdown shows these very characters and nothing else: no HTML, link or list."""
    quoted = _SIGNS.sub(r"\\\1", text)
    quoted = _AT_THE_START.sub(lambda found: _backslashed(*found.groups("")), quoted)
    return _WWW.sub(r"\1\\\2", _SCHEME.sub(r"\1\\\2", quoted))


def _backslashed(space: str, sign: str, number: str, stop: str) -> str:
    return f"{space}\\{sign}" if sign else f"{number}\\{stop}"


def _text_of(section: Section) -> str:
    lines = [
        *section.paragraphs,
        "\n\n".join("\n".join(_entry_lines(entry)) for entry in section.entries),
        *(f"{group.label}: {', '.join(group.items)}" for group in section.groups),
        *(f"- {bullet}" for bullet in section.bullets),
    ]
    return "\n".join(filter(None, (section.title.upper(), *lines)))


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield from filter(None, (entry.heading, ", ".join(filter(None, (entry.beside, entry.place))), entry.period))
    yield from entry.lines
    yield from (f"- {bullet}" for bullet in entry.bullets)
    if entry.keywords:
        yield ", ".join(entry.keywords)


def _markdown_contact(contact: Contact) -> str:
    shown = escape(contact.text)
    return f"[{shown}](<{contact.address}>)" if contact.address else shown


def _markdown_of(section: Section) -> str:
    blocks = [f"## {escape(section.title)}"] if section.title else []
    blocks += map(escape, section.paragraphs)
    blocks += (block for entry in section.entries for block in _markdown_entry(entry))
    groups = (f"**{escape(group.label)}:** {escape(', '.join(group.items))}" for group in section.groups)
    return "\n\n".join(filter(None, (*blocks, *groups, _markdown_list(section.bullets))))


def _markdown_entry(entry: Entry) -> Iterator[str]:
    if entry.heading:
        yield f"### {escape(entry.heading)}"
    yield " · ".join(map(escape, filter(None, (entry.beside, entry.place, entry.period))))
    yield from map(escape, entry.lines)
    yield _markdown_list(entry.bullets)
    yield f"_{escape(', '.join(entry.keywords))}_" if entry.keywords else ""


def _markdown_list(bullets: Iterable[str]) -> str:
    return "\n".join(f"- {escape(bullet)}" for bullet in bullets)
