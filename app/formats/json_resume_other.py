"""The sections of a JSON Resume that have no table, as lines of text."""

from collections.abc import Mapping, Sequence

from app.formats.json_resume_reader import Item
from app.formats.resume import OtherItem

HEADS: Mapping[str, tuple[str, ...]] = {
    "volunteer": ("position", "organization"),
    "awards": ("title", "awarder", "date"),
    "certificates": ("name", "issuer", "date"),
    "publications": ("name", "publisher", "releaseDate"),
    "languages": ("language", "fluency"),
    "interests": ("name",),
    "references": ("name",),
    "profiles": ("network", "username", "url"),
}
"""The kinds, in the order in which they are shown, and the fields that name an item of each."""


def other_items(items: Mapping[str, Sequence[Item]]) -> tuple[OtherItem, ...]:
    """One text an item: `AWS Solutions Architect, Amazon, 2021`, then its summary and its `- ` bullets as lines."""
    texts = ((kind, _text(item, head)) for kind, head in HEADS.items() for item in items[kind])
    return tuple(OtherItem(kind=kind, text=text) for kind, text in texts if text)


def join(separator: str, *parts: str) -> str:
    """The parts that hold something, joined."""
    return separator.join(filter(None, parts))


def _text(item: Item, head: Sequence[str]) -> str:
    named = join(", ", *(item.text(field) for field in head))
    start, end = item.text("startDate"), item.end
    if start or end:
        named = join(" ", named, f"({join(' – ', start, end or 'present')})")
    named = join(": ", named, join(", ", *item.list("keywords")), item.text("reference"))
    return join("\n", named, item.text("summary"), *(f"- {bullet}" for bullet in item.list("highlights")))
