"""What the rules read in people's messages, beside what a careful person entered who had not seen the rules' answer.

A fact is one text at one place, as it was changed: "experience.company of the first job is Acme", or that it is gone.
Names, dates and addresses must be the same but for case, accents and signs. Texts of several words (bullets, summary,
descriptions) must share three quarters of their words. Items of a section are paired by what they share.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cv.data import Data, from_json, to_json
from app.cv.patch import apply
from app.cv.paths import kind_of
from app.cv.rules import read_message
from app.vocabulary import fold
from benchmarks.figures import Figure

MESSAGES = Path(__file__).parents[1] / "tests" / "data" / "cv_messages.toml"
SECTIONS = ("experience", "education", "key_projects_achievements")
ALIKE = 0.75
Fact = tuple[str, str, str]  # field, item, folded text


@dataclass(frozen=True, kw_only=True)
class Written:
    """One message of the file."""

    name: str
    said: str
    asked: str
    before: Data
    after: Data
    held_out: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one message: the facts that are right, those too many and those missed."""

    message: Written
    right: tuple[Fact, ...]
    too_many: tuple[Fact, ...]
    missed: tuple[Fact, ...]
    invented: int


def run() -> list[Figure]:
    """All figures of this kind."""
    outcomes = [outcome_of(message) for message in messages()]
    tuned = [outcome for outcome in outcomes if not outcome.message.held_out]
    apart = [outcome for outcome in outcomes if outcome.message.held_out]
    for line in (*_table(outcomes), *_remarks(tuned)):
        print(line)
    return [
        Figure(what="facts read in messages that are right: precision", value=precision(outcomes), least=0.95),
        Figure(what="facts of messages that were read: recall", value=recall(outcomes), least=0.85),
        Figure(what="  precision in messages held out", value=precision(apart)),
        Figure(what="  recall in messages held out", value=recall(apart)),
        Figure(what="values stored that no message holds", value=sum(one.invented for one in outcomes), most=0),
    ]


def messages() -> list[Written]:
    """The file."""
    read = tomllib.loads(MESSAGES.read_text(encoding="utf-8"))["message"]
    return [_written(one) for one in read]


def _written(one: Mapping[str, Any]) -> Written:
    doc_type = one.get("doc_type", "cv")
    before = one.get("before", {})
    return Written(
        name=one["id"],
        said=one["said"].strip("\n"),
        asked=one.get("asked", ""),
        before=from_json(doc_type, before),
        after=from_json(doc_type, one.get("after", before)),
        held_out=one.get("held_out", False),
    )


def outcome_of(message: Written) -> Outcome:
    """Read a message, and hold what comes of it against what was entered."""
    patch = read_message(message.said, message.before, asked=message.asked)
    got = apply(message.before, patch)
    before, wanted, found = to_json(message.before), to_json(message.after), to_json(got)
    names = {
        section: _paired(wanted[section], found[section], before[section]) for section in SECTIONS if section in wanted
    }
    had = Counter(_facts(before, names, 2))
    expected, given = Counter(_facts(wanted, names, 0)), Counter(_facts(found, names, 1))
    entered = list((expected - had).elements()) + [_gone(fact) for fact in (had - expected).elements()]
    read = list((given - had).elements()) + [_gone(fact) for fact in (had - given).elements()]
    right: list[Fact] = []
    for fact in list(read):
        match = next((one for one in entered if _same(one, fact)), None)
        if match:
            entered.remove(match)
            read.remove(fact)
            right.append(fact)
    return Outcome(
        message=message,
        right=tuple(right),
        too_many=tuple(read),
        missed=tuple(entered),
        invented=sum(not _is_held(fact, message, had) for fact in (given - had)),
    )


def precision(outcomes: Sequence[Outcome]) -> float:
    right, read = sum(len(one.right) for one in outcomes), sum(len(one.right) + len(one.too_many) for one in outcomes)
    return right / read if read else 1


def recall(outcomes: Sequence[Outcome]) -> float:
    right, entered = sum(len(one.right) for one in outcomes), sum(len(one.right) + len(one.missed) for one in outcomes)
    return right / entered if entered else 1


def _gone(fact: Fact) -> Fact:
    return fact[0], fact[1], f"(gone) {fact[2]}"


def _paired(*lists: Any) -> list[dict[int, str]]:
    """For each list of items, a name for each: that of the item of the first list with which it shares the most."""
    wanted = lists[0]
    names = [{at: f"#{at}" for at in range(len(wanted))}]
    for which, items in enumerate(lists[1:], 1):
        pairs = sorted(
            (
                (_shared(item, other), -at, -there)
                for at, item in enumerate(items)
                for there, other in enumerate(wanted)
            ),
            reverse=True,
        )
        named: dict[int, str] = {}
        for shared, at, there in pairs:
            if shared and -at not in named and f"#{-there}" not in named.values():
                named[-at] = f"#{-there}"
        names.append({at: named.get(at, f"list {which}, #{at}") for at in range(len(items))})
    return names


def _shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return sum(isinstance(one[key], str) and bool(one[key]) and _folded(one[key]) == _folded(other[key]) for key in one)


def _facts(tree: Mapping[str, Any], names: Mapping[str, list[dict[int, str]]], which: int) -> Iterator[Fact]:
    for path, value in tree.items():
        if path in SECTIONS:
            for at, item in enumerate(value):
                for field, inner in item.items():
                    yield from _of(f"{path}.{field}", names[path][which][at], inner)
        elif isinstance(value, dict):
            for field, inner in value.items():
                yield from _of(f"{path}.{field}", "", inner)
        else:
            yield from _of(path, "", value)


def _of(field: str, item: str, value: Any) -> Iterator[Fact]:
    for text in [value] if isinstance(value, str) else value:
        if text:
            yield field, item, _folded(text)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[\w+#@%$]+", fold(text).lower()))


def _same(one: Fact, other: Fact) -> bool:
    if one[:2] != other[:2]:
        return False
    if one[2] == other[2] or kind_of(one[0]) != "prose":
        return one[2] == other[2]
    mine, theirs = set(one[2].split()), set(other[2].split())
    return len(mine & theirs) / len(mine | theirs) >= ALIKE


def _is_held(fact: Fact, message: Written, had: Counter[Fact]) -> bool:
    """Whether each word of a text stands in the message, or in what was there before; of a date, its year does."""
    field, _, text = fact
    said = set(_folded(" ".join([message.said, *(before for _, _, before in had)])).split())
    if kind_of(field) == "date":
        return text == "present" or any(text[-2:] == word[-2:] for word in said if word[-2:].isdigit())
    return set(text.split()) <= said


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each field's figures over all messages."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        for kind in ("right", "too_many", "missed"):
            for fact in getattr(one, kind):
                counts[fact[0]][kind] += 1
    width = max(map(len, counts))
    yield f"{'field':<{width}}  entered  precision  recall"
    for field, count in sorted(counts.items()):
        right, read, entered = count["right"], count["right"] + count["too_many"], count["right"] + count["missed"]
        shown = (f"{right / of:.2f}" if of else "-" for of in (read, entered))
        yield f"{field:<{width}}  {entered:>7}  {next(shown):>9}  {next(shown):>6}"


def _remarks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What somebody should look at; nothing of the messages that are held out, so that nobody does."""
    for one in outcomes:
        for kind in ("too_many", "missed"):
            for field, item, text in getattr(one, kind):
                yield f"  {one.message.name:<22} {kind.replace('_', ' '):<9} {field} {item} {text}"
