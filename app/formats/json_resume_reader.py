"""Reading one object of a resume after another, and writing down what became of each field."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.errors import InvalidInput
from app.formats.json_resume_names import Kind, Shape
from app.formats.resume import ImportReceipt, NotUnderstood, Renamed

ENTRIES = 500
EVERYTHING = 5_000  # fields and entries of one document: a real one has a few hundred, and reading takes its time
DATE_LENGTH = 40
KEY_LENGTH = 80
UNKNOWN_END = "?"  # an end that nobody can read is still an end; empty would say that it goes on
STILL = frozenset({"present", "current", "now", "today", "ongoing", "présent", "actuel", "aujourd'hui", "en cours"})
_DATE = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_NAMES: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in the file, and where the standard would have it: `work[0].company`, `work[0].name`."""

    path: str
    standard: str

    @property
    def dotted(self) -> str:
        """The path as the errors of requests spell it: `work.0.company`."""
        return self.path.replace("[", ".").replace("]", "")

    def field(self, key: str, name: str) -> "Place":
        """The place of the field `key` of an object that stands here, whose standard name is `name`."""
        return Place(f"{self.path}.{_short(key)}".lstrip("."), f"{self.standard}.{name}")

    def entry(self, number: int, *, offset: int = 0) -> "Place":
        """The place of an entry of a list that stands here; `offset` entries of the standard's list came before."""
        return Place(f"{self.path}[{number}]", f"{self.standard}[{offset + number}]")


@dataclass(slots=True)
class Item:
    """The fields of one object that hold something, by their standard names."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nested: dict[str, list[tuple[object, Place]]] = field(default_factory=dict)
    still: bool = False

    def __bool__(self) -> bool:
        return bool(self.texts or self.lists or self.nested)

    def text(self, name: str) -> str:
        """A text, or the empty one."""
        return self.texts.get(name, "")

    def list(self, name: str) -> tuple[str, ...]:
        """A list of texts, or the empty one."""
        return self.lists.get(name, ())

    @property
    def end(self) -> str:
        """The end date; empty means that it goes on."""
        return "" if self.still else self.text("endDate")


class Reader:
    """Reads objects, and collects the receipt on the way."""

    def __init__(self) -> None:
        self._mapped: list[str] = []
        self._renamed: list[Renamed] = []
        self._kept: list[str] = []
        self._not_understood: list[NotUnderstood] = []
        self._met = 0

    def receipt(self) -> ImportReceipt:
        """What became of everything read so far."""
        return ImportReceipt(
            mapped=tuple(self._mapped),
            renamed=tuple(self._renamed),
            kept=tuple(self._kept),
            not_understood=tuple(self._not_understood),
        )

    def kept(self, path: str, value: object) -> None:
        """Note a field that only the document holds, unless it holds nothing."""
        if not is_blank(value):
            self._kept.append(path)

    def understood(self, place: Place) -> None:
        """Note a field that was read."""
        if place.path == place.standard:
            self._mapped.append(place.path)
        else:
            self._renamed.append(Renamed(place.path, place.standard))

    def misunderstood(self, place: Place, reason: str) -> None:
        """Note a field that is not what its name promises."""
        self._not_understood.append(NotUnderstood(place.path, reason))

    def meet(self, number: int, place: Place) -> None:
        """Count the fields or entries found here; raise `InvalidInput` for a document with over `EVERYTHING`."""
        self._met += number
        if self._met > EVERYTHING:
            raise InvalidInput(
                f"The resume is too long: it has over {EVERYTHING} fields and entries.",
                fields={place.dotted: [f"At most {EVERYTHING} fields and entries in the whole document."]},
            )

    def entries(self, value: object, place: Place) -> list[tuple[int, object]]:
        """The entries of a list that hold something, with their numbers; what is no list is noted."""
        if is_blank(value):
            return []
        if not isinstance(value, list):
            self.misunderstood(place, f"{_kind_of(value)} where a list is expected.")
            return []
        if len(value) > ENTRIES:
            raise InvalidInput(
                f"The resume is too long: {place.path} has {len(value)} entries.",
                fields={place.dotted: [f"At most {ENTRIES} entries."]},
            )
        self.meet(len(value), place)
        return [(number, entry) for number, entry in enumerate(value) if not is_blank(entry)]

    def item(self, value: object, shape: Shape, place: Place) -> Item:
        """Read one object."""
        item = Item()
        self.fill(item, value, shape, place)
        return item

    def fill(self, item: Item, value: object, shape: Shape, place: Place) -> None:
        """Read one more object into an item; what a field holds already is not overwritten."""
        if is_blank(value):
            return
        if not isinstance(value, Mapping):
            reads = isinstance(value, str) and shape.bare
            self.misunderstood(
                place, f"{_kind_of(value)} where an object is expected{f'; read as its {shape.bare}' if reads else ''}."
            )
            if reads:
                item.texts.setdefault(shape.bare, str(value).strip())
            return
        self.meet(len(value), place)
        for key, inner in value.items():
            name = key if key in shape.fields else shape.old.get(key)
            given_twice = name is not None and name != key and not is_blank(value.get(name))
            if name is None or given_twice or name in item.texts or name in item.lists:
                self.kept(place.field(key, key).path, inner)
            elif not is_blank(inner):
                self._fill_field(item, name, shape.fields[name], inner, place.field(key, shape.parts.get(name, name)))

    def _fill_field(self, item: Item, name: str, kind: Kind, value: object, place: Place) -> None:
        match kind:
            case "text":
                self._take_text(item, name, place, _read_text(value))
            case "date":
                self._take_text(item, name, place, _read_date(value))
            case "end" if isinstance(value, str) and value.strip().casefold() in STILL:
                item.still = True
                self.understood(place)
            case "end":
                text, problem = _read_date(value)
                self._take_text(item, name, place, (text or UNKNOWN_END, problem))
            case "flag" if isinstance(value, bool):
                item.still = item.still or value
                self.understood(place)
            case "flag":
                self.misunderstood(place, f"{_kind_of(value)} where true or false is expected.")
            case "texts":
                self._take_texts(item, name, place, value)
            case "nested":
                item.nested.setdefault(name, []).append((value, place))

    def _take_text(self, item: Item, name: str, place: Place, reading: tuple[str, str]) -> None:
        text, problem = reading
        if text:
            item.texts[name] = text
        if problem:
            self.misunderstood(place, problem)
        else:
            self.understood(place)

    def _take_texts(self, item: Item, name: str, place: Place, value: object) -> None:
        if isinstance(value, str):
            item.lists[name] = (value.strip(),)
            self.misunderstood(place, "text where a list is expected; read as its only entry.")
            return
        found = []
        for number, entry in self.entries(value, place):
            text, problem = _read_text(entry)
            if problem:
                self.misunderstood(place.entry(number), problem)
            if text:
                found.append(text)
        if found:
            item.lists[name] = tuple(found)
            self.understood(place)


def is_blank(value: object) -> bool:
    """Whether a value holds nothing: null, white space, an empty list or object."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | Mapping) and not value)


def _read_text(value: object) -> tuple[str, str]:
    """The text, and what is wrong with the value: a number can be read all the same, and an object by its name."""
    if isinstance(value, str):
        return value.strip(), ""
    name = value.get("name") if isinstance(value, Mapping) else None
    if isinstance(name, str) and name.strip():
        return name.strip(), f"{_kind_of(value)} where text is expected; read as its name."
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value), f"{_kind_of(value)} where text is expected; read as {_short(str(value))}."
    return "", f"{_kind_of(value)} where text is expected."


def _read_date(value: object) -> tuple[str, str]:
    """The date as it is written, and what is wrong with it; one of more than `DATE_LENGTH` characters is none."""
    text, problem = _read_text(value)
    if problem or _is_date(text):
        return text, problem
    if len(text) > DATE_LENGTH:
        return "", "no date as YYYY, YYYY-MM or YYYY-MM-DD."
    return text, "no date as YYYY, YYYY-MM or YYYY-MM-DD; shown as it is written."


def _is_date(text: str) -> bool:
    parts = _DATE.fullmatch(text)
    if parts is None:
        return False
    try:
        dt.date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return False
    return True


def _kind_of(value: object) -> str:
    return next((name for kind, name in _NAMES.items() if isinstance(value, kind)), type(value).__name__)


def _short(key: str) -> str:
    return key if len(key) <= KEY_LENGTH else f"{key[:KEY_LENGTH]}…"
