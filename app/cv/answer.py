"""A structured answer: what is said to the user, and what the message changes, as one JSON object.

A model gives it by the schema here, and the built-in assistant in the very same form. What does not fit is left out
change by change: a slip in one must not cost the reply and the rest.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.cv.changes import Add, Change, Patch, Put, Remove, Set
from app.cv.data import DocType
from app.cv.paths import PATHS, Paths, Section, kind_of
from app.cv.texts import clean

MOST_CHANGES = 60
MOST_VALUES = 60
NAME_CHARS = 200
TEXT_CHARS = 2_000
REPLY_CHARS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply and a patch. `polished` tells, by a text of the patch, the user's words that it was made from."""

    reply: str
    patch: Patch
    polished: Mapping[str, str] = field(default_factory=dict)


def parse(doc_type: DocType, text: str) -> Answer:
    """Read an answer's JSON text; `ValueError` if it is no object with a reply and changes."""
    try:
        return load(doc_type, json.loads(text))
    except RecursionError:
        raise ValueError("the answer is nested too deeply") from None


def load(doc_type: DocType, answer: object) -> Answer:
    """Read an answer; changes that are not of its form, not of this document or too long are left out.

    `ValueError` if it is no object with a reply and a list of changes.
    """
    if not isinstance(answer, Mapping):
        raise ValueError("the answer is not an object")  # noqa: TRY004  (one error for whatever a model gets wrong)
    reply, changes = answer.get("reply"), answer.get("changes")
    if not isinstance(reply, str) or not reply.strip():
        raise ValueError("the answer has no reply")
    if not isinstance(changes, list):
        raise ValueError("the answer has no list of changes")  # noqa: TRY004  (as above)
    paths = PATHS[doc_type]
    read = (_change(paths, change) for change in changes[:MOST_CHANGES] if isinstance(change, Mapping))
    return Answer(
        reply=clean(reply)[:REPLY_CHARS],
        patch=tuple(change for change in read if change is not None),
        polished=dict(_polished(answer.get("polished"))),
    )


def dump(reply: str, patch: Patch, polished: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object that `load` reads."""
    return {
        "reply": reply,
        "changes": [_dumped(change) for change in patch],
        "polished": [
            {"path": _path_of(text, patch), "said": said, "text": text} for text, said in (polished or {}).items()
        ],
    }


def _path_of(text: str, patch: Patch) -> str:
    """Where a patch has a text; empty if it has it nowhere."""
    for change in patch:
        match change:
            case Set(path=path, value=value) if value == text:
                return path
            case Add(path=path, values=values) if text in values:
                return path
            case Put(section=section, values=fields, lists=lists):
                lists = {**{name: (value,) for name, value in fields.items()}, **lists}
                for name, texts in lists.items():
                    if text in texts:
                        return f"{section}.{name}"
    return ""


def _dumped(change: Change) -> dict[str, Any]:
    match change:
        case Set():
            return {"op": "set", "path": change.path, "value": change.value}
        case Add():
            return {"op": "add", "path": change.path, "values": list(change.values)}
        case Remove():
            return {"op": "remove", "path": change.path, "which": change.which}
        case Put():
            return {
                "op": "put",
                "section": change.section,
                "which": change.which,
                "values": [{"field": name, "value": value} for name, value in change.values.items()],
                "lists": [{"field": name, "values": list(values)} for name, values in change.lists.items()],
            }


def _change(paths: Paths, change: Mapping[str, Any]) -> Change | None:
    match change:
        case {"op": "set", "path": str(path), "value": str(value)} if path in paths.texts and _fits(path, value):
            return Set(path=path, value=clean(value))
        case {"op": "add", "path": str(path), "values": list(values)} if path in paths.lists:
            texts = _texts(path, values)
            return Add(path=path, values=texts) if texts else None
        case {"op": "put", "section": str(section)} if section in paths.sections:
            return _put(paths, section, change)
        case {"op": "remove", "path": str(path)} if path in paths.everywhere:
            return Remove(path=path, which=_which(change, TEXT_CHARS))
    return None


def _put(paths: Paths, section: str, change: Mapping[str, Any]) -> Put | None:
    known = paths.sections[section]
    values = {
        name: clean(value)
        for name, value in _pairs(change.get("values"), "value")
        if name in known.texts and isinstance(value, str) and _fits(name, value)
    }
    lists = {
        name: texts
        for name, value in _pairs(change.get("lists"), "values")
        if name in known.lists and isinstance(value, list) and (texts := _texts(name, value))
    }
    put = Put(section=section, which=_which(change, NAME_CHARS), values=values, lists=lists)
    return put if values or lists else None


def _pairs(pairs: object, key: str) -> Iterator[tuple[str, object]]:
    for pair in pairs[:MOST_VALUES] if isinstance(pairs, list) else ():
        if isinstance(pair, Mapping) and isinstance(pair.get("field"), str):
            yield pair["field"], pair.get(key)


def _texts(path: str, values: list[object]) -> tuple[str, ...]:
    return tuple(clean(value) for value in values[:MOST_VALUES] if isinstance(value, str) and _fits(path, value))


def _polished(entries: object) -> Iterator[tuple[str, str]]:
    for entry in entries[:MOST_CHANGES] if isinstance(entries, list) else ():
        match entry:
            case {"said": str(said), "text": str(text)} if said.strip() and 0 < len(text.strip()) <= TEXT_CHARS:
                yield clean(text), clean(said)[:TEXT_CHARS]


def _fits(path: str, value: str) -> bool:
    return 0 < len(value.strip()) <= (TEXT_CHARS if kind_of(path) == "prose" else NAME_CHARS)


def _which(change: Mapping[str, Any], most: int) -> str:
    which = change.get("which")
    return clean(which)[:most] if isinstance(which, str) else ""


def _closed(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(*names: str) -> dict[str, object]:
    return {"type": "string", "enum": list(names)}


def _list_of(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _schema(paths: Paths) -> dict[str, object]:
    text: Final = {"type": "string"}
    changes = [
        _closed(op=_one_of("set"), path=_one_of(*paths.texts), value=text),
        _closed(op=_one_of("add"), path=_one_of(*paths.lists), values=_list_of(text)),
        *(_put_schema(name, section) for name, section in paths.sections.items()),
        _closed(op=_one_of("remove"), path=_one_of(*paths.everywhere), which=text),
    ]
    prose = [path for path in paths.everywhere if kind_of(path) == "prose"]
    return _closed(
        reply=text,
        changes=_list_of({"anyOf": changes}),
        polished=_list_of(_closed(path=_one_of(*prose), said=text, text=text)),
    )


def _put_schema(name: str, section: Section) -> dict[str, object]:
    text: Final = {"type": "string"}
    values = _list_of(_closed(field=_one_of(*section.texts), value=text))
    named = {"op": _one_of("put"), "section": _one_of(name), "which": text, "values": values}
    if not section.lists:
        return _closed(**named)
    return _closed(**named, lists=_list_of(_closed(field=_one_of(*section.lists), values=_list_of(text))))


SCHEMA: Final[Mapping[DocType, Mapping[str, object]]] = {doc_type: _schema(paths) for doc_type, paths in PATHS.items()}
