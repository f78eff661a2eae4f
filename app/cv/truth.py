"""What of a patch the user's words hold. Nothing else is stored: no number, no name and no date that nobody said.

A value is looked for in the user's messages from the newest back, then in what the data holds already. The first text
that speaks of it decides: "it's Acme Ltd, not Acme Inc" holds the one and refuses the other, whatever was said before.
A name is held by its words, an address or a number by its characters, a date by the words that it was made from. A
sentence is the user's own, or a rewording that keeps their facts (`app.cv.rewording`); one that does not gives way to
the sentence that it was made from. What an old message holds does not replace what a newer one does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Final

from app.cv.changes import Add, Change, Patch, Put, Remove, Set
from app.cv.data import Data, to_json
from app.cv.dating import are_ordered, dates_apart
from app.cv.exact import holds_date, holds_email, holds_phone, holds_url
from app.cv.naming import denies_itself, holds_name, holds_parts, mends
from app.cv.patch import stored_form
from app.cv.paths import kind_of, paths_of
from app.cv.places import told_by_values
from app.cv.removal import is_wanted
from app.cv.rewording import Ground, ground_of, holds_sentence, is_held, nearest_sentence
from app.cv.sayings import Saying
from app.cv.sense import Sentence, keeps_numbers, keeps_sense, sentences_of
from app.cv.texts import folded

_SINGLE: Final = ("summary", "why_company", "closing")
_PLURAL: Final = ("key_areas_used", "core_competencies", "software_proficiency")
_REMARKED: Final = ("language_fluency", "certifications", "awards_and_recognitions")

_FREE: Final = ("company", "key_projects_achievements.name", "awards_and_recognitions")  # "No Isolation" is a company


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is held of a patch, what is not, and by `said_key` what the user had said where a text was polished."""

    patch: Patch
    refused: Patch
    said: Mapping[str, str] = field(default_factory=dict)


def held(patch: Patch, said: Sequence[str], *, data: Data | None = None) -> tuple[Patch, Patch]:
    """What the user's messages (the newest last) hold of a patch, and what they do not."""
    judgement = judge(patch, said, data=data)
    return judgement.patch, judgement.refused


def judge(
    patch: Patch,
    said: Sequence[str],
    *,
    data: Data | None = None,
    known: Sequence[str] = (),
    polished: Mapping[str, str] | None = None,
) -> Judgement:
    """Judge every text of a patch by the user's messages (the newest last) and by the data as it stands.

    `known` are other texts of the user's own, such as lines of their resume. `polished` has, by a text of the patch,
    the user's words that it is said to be made from: they are believed only if they stand in one of the texts.
    """
    court = _Court(said, known=known, data=data, polished=polished or {})
    court.notice(patch)
    parts = [court.part(change) for change in patch]
    return Judgement(
        patch=tuple(kept for kept, _ in parts if kept is not None),
        refused=tuple(refused for _, refused in parts if refused is not None),
        said=court.originals,
    )


def said_key(path: str, text: str) -> str:
    """The key under which a polished text's original is kept: its path, and in a list or an item the text, too."""
    return path if path in _SINGLE else f"{path}: {text}"


class _Court:
    """The texts that can hold a value, newest first, and the originals of what was found to be polished."""

    def __init__(
        self, said: Sequence[str], *, known: Sequence[str], data: Data | None, polished: Mapping[str, str]
    ) -> None:
        self.originals: dict[str, str] = {}
        self._data = data
        self._state = to_json(data) if data else {}
        self._newest = Saying(said[-1] if said else "")
        self._sayings = [self._newest, *map(Saying, (*reversed(said[:-1]), *known))]
        self._there = set(_texts_in(self._state))
        self._polished = polished
        self._added: dict[str, list[str]] = {}

    @cached_property
    def _all(self) -> list[Saying]:
        """The messages and other texts, and all texts of the data as one, each on lines of its own."""
        return [*self._sayings, Saying("\n".join(_texts_in(self._state)))]

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return sentences_of(self._all)

    @cached_property
    def _ground(self) -> Ground:
        return ground_of(self._all)

    @cached_property
    def _ground_and_denied(self) -> Ground:
        return ground_of(self._all, with_denied=True)

    @cached_property
    def _there_folded(self) -> set[str]:
        return {folded(text) for text in self._there}

    def notice(self, patch: Patch) -> None:
        """Take note of what a patch adds to lists: a text that is removed may be one that is put right."""
        for change in patch:
            match change:
                case Add(path=path, values=values):
                    self._added.setdefault(path, []).extend(values)
                case Put(section=section, lists=lists):
                    for name, values in lists.items():
                        self._added.setdefault(f"{section}.{name}", []).extend(values)

    def part(self, change: Change) -> tuple[Change | None, Change | None]:
        """What is held of a change, and what is not."""
        match change:
            case Set(path=path, value=value):
                text = self._form(path, value, instead_of=self._text_at(path))
                return (replace(change, value=text), None) if text else (None, change)
            case Add(path=path, values=values):
                kept, refused = self._texts(path, values)
                return (
                    replace(change, values=kept) if kept else None,
                    replace(change, values=refused) if refused else None,
                )
            case Put():
                return self._put(change)
            case Remove():
                return (change, None) if self._is_unwanted(change) else (None, change)

    def _is_unwanted(self, remove: Remove) -> bool:
        """Whether the user wants it removed, or corrects it, and the patch has what is right."""
        return is_wanted(remove, self._newest, there=self._text_at(remove.path), holds=_how(remove.path)) or any(
            mends(self._newest, remove.which, text) for text in self._added.get(remove.path, ())
        )

    def _put(self, put: Put) -> tuple[Change | None, Change | None]:
        item = self._item_of(put)
        values = {
            name: self._form(f"{put.section}.{name}", value, instead_of=item.get(name, ""))
            for name, value in put.values.items()
        }
        for name in self._misdated(put, item, values):
            values[name] = ""
        lists = {name: self._texts(f"{put.section}.{name}", texts) for name, texts in put.lists.items()}
        kept = replace(
            put,
            values={name: text for name, text in values.items() if text},
            lists={name: texts for name, (texts, _) in lists.items() if texts},
        )
        refused = replace(
            put,
            values={name: value for name, value in put.values.items() if not values[name]},
            lists={name: texts for name, (_, texts) in lists.items() if texts},
        )
        return kept if kept.values or kept.lists else None, refused if refused.values or refused.lists else None

    def _misdated(self, put: Put, item: Mapping[str, Any], values: Mapping[str, str]) -> list[str]:
        """The fields of dates that are of something else, or in the wrong order."""
        dates = {name: value for name, value in values.items() if name.endswith("_date") and value}
        both = {**item, **dates}
        if not are_ordered(both.get("start_date", ""), both.get("end_date", "")):
            return list(dates)
        named = [name for name in ("company", "institution", "title", "degree") if values.get(name)]
        return [] if item or not named else dates_apart(dates, [values[named[0]]], self._sayings)

    def _texts(self, path: str, values: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The values of a list that are held, as they may be stored, and those that are not."""
        forms = [self._form(path, value) for value in values]
        refused = tuple(value for value, form in zip(values, forms, strict=True) if not form)
        return tuple(form for form in forms if form), refused

    def _form(self, path: str, value: str, *, instead_of: str = "") -> str:
        """The value as it may be stored, or nothing if it is not held or older than what it would replace."""
        form = stored_form(path, value)
        if not form:
            return ""
        if kind_of(path) == "prose":
            return self._sentence(path, form)
        if kind_of(path) in ("name", "words") and not path.endswith(_FREE) and denies_itself(form):
            return ""
        age = self._age(path, form)
        if age is None:
            return form if instead_of and _is_mended(path, self._newest, instead_of, form) else ""
        if instead_of and folded(instead_of) != folded(form):
            newer = self._age(path, instead_of)
            return "" if newer is not None and newer < age else form
        return form

    def _age(self, path: str, value: str) -> int | None:
        """The number of the text that holds a value, counted from the newest; None if it is not held."""
        holds = _how(path)
        for age, saying in enumerate(self._sayings):
            standing = holds(saying, value)
            if standing is not None:
                return age if standing else None
        is_there = value in self._there
        if kind_of(path) in ("name", "words"):
            is_there = is_there or folded(value) in self._there_folded
        return len(self._sayings) if is_there else None

    def _sentence(self, path: str, text: str) -> str:
        claimed = self._polished.get(text, "")
        original = stored_form(path, claimed) if claimed and self._is_verbatim(claimed) else ""
        if self._is_verbatim(text):
            return text if text == original or self._keeps_sense(path, text) else original
        if not is_held(text, self._ground_and_denied if Saying(text).denials else self._ground):
            return original
        if not self._keeps_sense(path, text):
            return original
        if not keeps_numbers(self._sentences, text):
            return original or stored_form(path, nearest_sentence(self._sayings, text))
        self.originals[said_key(path, text)] = original or nearest_sentence(self._sayings, text)
        return text

    def _keeps_sense(self, path: str, text: str) -> bool:
        return keeps_sense(self._sentences, text, of_others=path == "why_company")

    def _is_verbatim(self, text: str) -> bool:
        standings = (holds_sentence(saying, text) for saying in self._all)
        return next((standing for standing in standings if standing is not None), False)

    def _text_at(self, path: str) -> str:
        parent, _, name = path.rpartition(".")
        owner: Any = self._state.get(parent, {}) if parent else self._state
        text = owner.get(name, "") if isinstance(owner, dict) else ""
        return text if isinstance(text, str) else ""

    def _item_of(self, put: Put) -> Mapping[str, Any]:
        """The item that a change would change; nothing if it adds one."""
        sections = paths_of(self._data).sections if self._data else {}
        if put.section not in sections:
            return {}
        items: Any = self._state[put.section]
        at = told_by_values(items, sections[put.section], which=put.which, values=put.values)
        item: Mapping[str, Any] = items[at] if at is not None and at >= 0 else {}
        return item


def _how(path: str) -> Callable[[Saying, str], bool | None]:
    """How the texts of a path are held."""
    match kind_of(path):
        case "email":
            return holds_email
        case "phone":
            return holds_phone
        case "url":
            return holds_url
        case "date":
            return holds_date
        case _ if path.endswith(_REMARKED):
            return holds_parts
        case _:
            return partial(holds_name, plural=path.endswith(_PLURAL))


def _is_mended(path: str, newest: Saying, old: str, new: str) -> bool:
    """Whether the newest message corrects a part of a text that is there."""
    return kind_of(path) in ("name", "words") and mends(newest, old, new, may_grow=path.endswith("full_name"))


def _texts_in(part: object) -> Iterator[str]:
    """Every text of data."""
    if isinstance(part, str) and part:
        yield part
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _texts_in(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _texts_in(inner)
