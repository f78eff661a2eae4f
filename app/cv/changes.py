"""What a message may change, as single changes. Whoever reads a message, be it a model or rules, gives these.

A change names a place by its path in the data: `personal_info.email`, `summary`, `skills.certifications`, `proofs`; an
item of a list by its section and by words that tell which one it is (`which`: its company, institution or name).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Fill or correct one text."""

    path: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Add texts to a list of texts; what is there already, however written, is not added again."""

    path: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Add an item to a section, or fill and correct the one that `which` tells; an empty `which` is told by the values.

    `values` has the item's texts that were spoken of, `lists` what is added to its lists.
    """

    section: str
    which: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take something away that the user wants gone: a text by its path, texts of a list, or an item of a section.

    `which` tells the item, or the text of a list; empty for a single text.
    """

    path: str
    which: str = ""


Change = Set | Add | Put | Remove
Patch = tuple[Change, ...]
