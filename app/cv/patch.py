"""Applying a patch: what it names changes, and nothing else does.

A change that makes no sense is passed over: a patch comes from a model or from rules, and may be wrong in any way.
Applied twice, a change does what it did once.
"""

from collections.abc import Iterable
from typing import Any, Final

from app.cv.changes import Add, Patch, Put, Remove, Set
from app.cv.data import Data, from_json, to_json
from app.cv.dates import PRESENT, wire_date
from app.cv.paths import Paths, Section, doc_type_of, kind_of, paths_of
from app.cv.places import NEW, told_by_values, told_by_words
from app.cv.texts import clean, clean_name, folded, words_of

Item = dict[str, Any]
_CAN_LAST: Final = "end_date"


def apply(data: Data, patch: Patch) -> Data:
    """The data with the patch applied. Lists and sections keep their order; what is new comes last."""
    state = _opened(to_json(data))
    paths = paths_of(data)
    for change in patch:
        match change:
            case Set() if change.path in paths.texts and (value := stored_form(change.path, change.value)):
                _owner(state, change.path)[_name(change.path)] = value
            case Add() if change.path in paths.lists:
                _extend(_owner(state, change.path)[_name(change.path)], change.path, change.values)
            case Put() if change.section in paths.sections:
                _put(state[change.section], paths.sections[change.section], change)
            case Remove():
                _remove(state, paths, change)
            case _:
                pass
    return from_json(doc_type_of(data), state)


def stored_form(path: str, value: str) -> str:
    """The form in which a text is stored at a path; empty for what cannot stand there."""
    kind = kind_of(path)
    if kind == "date":
        date = wire_date(value)
        return "" if date == PRESENT and _name(path) != _CAN_LAST else date
    return clean(value) if kind == "prose" else clean_name(value)


def _opened(part: Any) -> Any:
    """The same with lists for tuples, to be changed in place."""
    if isinstance(part, dict):
        return {name: _opened(inner) for name, inner in part.items()}
    return [_opened(inner) for inner in part] if isinstance(part, tuple | list) else part


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _owner(state: dict[str, Any], path: str) -> Item:
    """The object that has the text or list of a path."""
    parent = path.rpartition(".")[0]
    owner: Item = state[parent] if parent else state
    return owner


def _extend(texts: list[str], path: str, values: Iterable[str]) -> None:
    there = {folded(text) for text in texts}
    for value in values:
        form = stored_form(path, value)
        if form and folded(form) not in there:
            there.add(folded(form))
            texts.append(form)


def _put(items: list[Item], section: Section, put: Put) -> None:
    values = {name: form for name in section.texts if (form := stored_form(name, put.values.get(name, "")))}
    lists = {name: put.lists[name] for name in section.lists if any(map(clean, put.lists.get(name, ())))}
    if not values and not lists:
        return
    at = told_by_values(items, section, which=put.which, values=values)
    if at is None:
        return
    if at is NEW:
        items.append({**dict.fromkeys(section.texts, ""), **{name: [] for name in section.lists}})
        at = len(items) - 1
    item = items[at]
    item.update(values)
    for name, texts in lists.items():
        _extend(item[name], name, texts)
    _merge_doubles(items, section, item)


def _merge_doubles(items: list[Item], section: Section, item: Item) -> None:
    """Join those items that a correction has made the same."""
    told = [folded(item[name]) for name in section.told_by]
    for double in [one for one in items if one is not item and [folded(one[n]) for n in section.told_by] == told]:
        for name in section.texts:
            item[name] = item[name] or double[name]
        for name in section.lists:
            _extend(item[name], name, double[name])
        items[:] = [one for one in items if one is not double]


def _remove(state: dict[str, Any], paths: Paths, remove: Remove) -> None:
    path, which = remove.path, remove.which
    if path in paths.texts:
        owner = _owner(state, path)
        if folded(which) in folded(owner[_name(path)]):
            owner[_name(path)] = ""
    elif path in paths.lists:
        texts = _owner(state, path)[_name(path)]
        gone = _told(texts, which) if which.strip() else set(texts)
        texts[:] = [text for text in texts if text not in gone]
    elif path in paths.sections:
        items = state[path]
        told = told_by_words(items, paths.sections[path], which, several=True) if which.strip() else range(len(items))
        items[:] = [item for at, item in enumerate(items) if at not in told]
    elif path in paths.fields:
        name, _, field = path.partition(".")
        _remove_field(state[name], paths.sections[name], field, which)


def _remove_field(items: list[Item], section: Section, field: str, which: str) -> None:
    """Take a text or a list away from one item, or one text from the lists of all."""
    if field in section.lists and which.strip():
        gone = _told([text for item in items for text in item[field]], which)
        for item in items:
            item[field] = [text for text in item[field] if text not in gone]
        if gone:
            return
    told = told_by_words(items, section, which) if which.strip() else range(len(items))
    if len(told) == 1:
        items[told[0]][field] = [] if field in section.lists else ""


def _told(texts: list[str], which: str) -> set[str]:
    """The texts that words tell: the same, or else the only one that has all of them."""
    same = {text for text in texts if folded(text) == folded(which)}
    words = set(words_of(which))
    having = {text for text in texts if words and words <= set(words_of(text))}
    return same or (having if len(having) == 1 else set())
