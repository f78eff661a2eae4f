"""What a message changed, in plain words: the difference between the data before it and after it, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.cv.data import Data, to_json
from app.cv.paths import paths_of
from app.providers.embedded.builder.wording import bulleted, listed, quoted, say, shown

Item = Mapping[str, Any]
_ADDED = {"experience": "job", "education": "study", "key_projects_achievements": "project"}
_PLURAL = {"experience": "jobs", "education": "studies", "key_projects_achievements": "projects"}
_LONG = ("summary", "why_company", "closing")
_PROSE = ("description", "details")


def differences(before: Data, after: Data) -> list[str]:
    """The sentences that say what became of the data; none if nothing did."""
    had, has = to_json(before), to_json(after)
    texts = list(_texts(before, had, has))
    noted = [sentence for kind, sentence in texts if kind == "noted"]
    said = [say("added.noted", what=listed(noted))] if noted else []
    said += [sentence for kind, sentence in texts if kind == "changed"]
    for section in paths_of(before).sections:
        said += _items(section, _list(had, section), _list(has, section))
    removed = [sentence for kind, sentence in texts if kind == "removed"]
    for path in paths_of(before).lists:
        old, new = _list(had, path), _list(has, path)
        if added := [text for text in new if text not in old]:
            said.append(_added(path.rpartition(".")[2], added))
        removed += [shown(text) for text in old if text not in new]
    for section in paths_of(before).sections:
        removed += _gone(section, _list(had, section), _list(has, section))
    return [*said, say("added.removed", what=listed(removed))] if removed else said


def item_line(section: str, item: Item) -> str:
    """One job, course of study or project in a line: "**Analyst** at **Acme** (2017 – 2019)"."""
    match section:
        case "experience":
            head = " at ".join(f"**{shown(item[name])}**" for name in ("title", "company") if item[name])
            dates = " – ".join(item[name] for name in ("start_date", "end_date") if item[name])
            place = f", {shown(item['location'])}" if item["location"] else ""
            return f"{head}{place}{f' ({dates})' if dates else ''}"
        case "education":
            study = " in ".join(shown(item[name]) for name in ("degree", "field_of_study") if item[name])
            school = f"**{shown(item['institution'])}**" if item["institution"] else ""
            date = f" ({item['graduation_date']})" if item["graduation_date"] else ""
            return f"{', '.join(part for part in (study, school) if part)}{date}"
        case _:
            text = f": {shown(item['description'])}" if item["description"] else ""
            return f"**{shown(item['name'])}**{text}"


def _texts(data: Data, had: Item, has: Item) -> Iterator[tuple[str, str]]:
    for path in paths_of(data).texts:
        name = path.rpartition(".")[2]
        old, new = _at(had, path), _at(has, path)
        if old == new:
            continue
        if not old:
            yield "noted", say(f"set.{name}", value=f"**{shown(new)}**")
        elif not new:
            yield "removed", say(f"set.{name}", value=shown(old))
        elif name in _LONG:
            yield "changed", say("changed.rewritten", what=say(f"name.{name}"))
        else:
            yield "changed", say("changed.text", what=say(f"name.{name}"), new=f"**{shown(new)}**", old=shown(old))


def _items(section: str, old: Sequence[Item], new: Sequence[Item]) -> Iterator[str]:
    """What became of a section's items; they keep their places, and new ones come last."""
    if len(new) < len(old):
        return
    for before, after in zip(old, new, strict=False):
        yield from _changed(before, after)
    fresh = new[len(old) :]
    if len(fresh) == 1:
        line = say(f"added.{_ADDED[section]}", item=item_line(section, fresh[0]))
        done = fresh[0].get("description_bullets", ())
        yield f"{line}\n{bulleted([shown(text, 200) for text in done])}" if done else line
    elif fresh:
        yield f"{say(f'added.{_PLURAL[section]}')}\n{bulleted([item_line(section, item) for item in fresh])}"


def _changed(before: Item, after: Item) -> Iterator[str]:
    if before == after:
        return
    name = shown(
        next((before[key] for key in ("company", "institution", "name", "title", "degree") if before.get(key)), "")
    )
    filled: list[str] = []
    for field, old in before.items():
        new = after[field]
        if old == new:
            continue
        if isinstance(new, list | tuple):
            yield from _more(field, name, old, new)
        elif old and new and field not in _PROSE:
            yield say(
                "changed.item", item=f"**{name}**", what=say(f"field.{field}"), new=f"**{shown(new)}**", old=shown(old)
            )
        else:
            filled.append(
                f"{say(f'field.{field}')} ({shown(new)})" if new and field not in _PROSE else say(f"field.{field}")
            )
    if filled:
        yield say("added.filled", item=f"**{name}**", what=listed(filled))


def _more(field: str, name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    added = [text for text in new if text not in old]
    gone = [text for text in old if text not in new]
    if added and field == "description_bullets":
        yield f"{say('added.bullets', item=f'**{name}**')}\n{bulleted([shown(text, 200) for text in added])}"
    elif added:
        yield say("added.filled", item=f"**{name}**", what=listed([shown(text) for text in added]))
    if gone:
        yield say("added.removed", what=listed([quoted(text) for text in gone]))


def _gone(section: str, old: Sequence[Item], new: Sequence[Item]) -> list[str]:
    if len(new) >= len(old):
        return []
    kept = [item_line(section, item) for item in new]
    return [line for line in (item_line(section, item) for item in old) if line not in kept]


def _added(name: str, texts: Sequence[str]) -> str:
    if name == "proofs":
        return f"{say('added.proofs')}\n{bulleted([shown(text, 200) for text in texts])}"
    return say(f"added.{name}", what=listed([shown(text) for text in texts]))


def _at(tree: Item, path: str) -> Any:
    part: Any = tree
    for name in path.split("."):
        part = part[name]
    return part


def _list(tree: Item, path: str) -> Sequence[Any]:
    found: Sequence[Any] = _at(tree, path)
    return found
