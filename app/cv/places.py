"""Which item of a section is meant: the job at Acme, the degree from MIT. When more than one can be meant, none is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.cv.paths import Section
from app.cv.texts import folded, words_of

NEW: Final = -1
Items = Sequence[Mapping[str, Any]]
_LITTLE: Final = frozenset(str.split("a an and as at de du for from in job my of on role position the to"))


def told_by_words(items: Items, section: Section, which: str, *, several: bool = False) -> list[int]:
    """The places of the items that words tell, empty unless it is one; with `several` also all of one very name."""
    key, words = folded(which), set(words_of(which)) - _LITTLE
    for name in section.told_by:
        same = [at for at, item in enumerate(items) if key and folded(item[name]) == key]
        if same:
            return same if several or len(same) == 1 else []
    found = _by_words(items, section, words)
    return found if len(found) == 1 else []


def told_by_values(items: Items, section: Section, *, which: str, values: Mapping[str, str]) -> int | None:
    """The place of the item that `which` or else its values tell; `NEW` if there is none yet, None if it is unclear."""
    if which.strip():
        told = _candidates(items, section, which)
        if len(told) == 1:
            return NEW if _is_another(items[told[0]], section, values) else told[0]
        if told:
            return _best(items, section, told, values)
    if not any(values.get(name) for name in section.told_by):
        if which.strip() or len(items) > 1:
            return None
        return 0 if items else NEW
    found = _best(items, section, range(len(items)), values)
    if found is not None or any(_equal(item, section, values) for item in items):
        return found
    nameless = [at for at, item in enumerate(items) if not any(item[name] for name in section.told_by)]
    return nameless[0] if nameless else NEW


def _candidates(items: Items, section: Section, which: str) -> list[int]:
    several = told_by_words(items, section, which, several=True)
    return several or _by_words(items, section, set(words_of(which)) - _LITTLE)


def _by_words(items: Items, section: Section, words: set[str]) -> list[int]:
    """The items whose texts hold all of the words, or else whose name the words hold."""
    if not words:
        return []
    texts = [{word for name in section.texts for word in words_of(item[name])} for item in items]
    names = [set(words_of(item[section.told_by[0]])) - _LITTLE for item in items]
    holding = [at for at, held in enumerate(texts) if words <= held]
    return holding or [at for at, name in enumerate(names) if name and name <= words]


def _best(items: Items, section: Section, places: Sequence[int], values: Mapping[str, str]) -> int | None:
    """The item that contradicts none of the values by which items are told, and shares the most of them."""
    shared = {at: _equal(items[at], section, values) for at in places}
    most = max(shared.values(), default=0)
    best = [at for at, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _equal(item: Mapping[str, Any], section: Section, values: Mapping[str, str]) -> int:
    """How many of the texts by which items are told are the same; 0 if one of them differs."""
    pairs = [(folded(item[name]), folded(values.get(name, ""))) for name in section.told_by]
    both = [mine == theirs for mine, theirs in pairs if mine and theirs]
    return sum(both) if all(both) else 0


def _is_another(item: Mapping[str, Any], section: Section, values: Mapping[str, str]) -> bool:
    """Whether the values are of another item with the same name: its title and its dates are others, too."""
    first, *others = section.told_by
    dates = [name for name in section.texts if name.endswith("_date")]

    def differ(names: Sequence[str]) -> bool:
        return any(item[n] and values.get(n) and folded(item[n]) != folded(values[n]) for n in names)

    return folded(values.get(first, "")) == folded(item[first]) and differ(others) and differ(dates)
