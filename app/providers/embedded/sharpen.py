"""A bullet, sharpened with the words that it holds: a strong verb first, the figure forward, nothing added.

Each step is a pure function from text to text that leaves alone what it doesn't recognise, so the worst that can happen
is the bullet as it was.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.providers.embedded.text import counts_something, number_in, one_line

_DETERMINER = r"(?:the|a|an|our|their|its|all|two|three|\d)\b"
# "Responsible for mentoring juniors and the handbook": the verb belongs to one of the two only.
_TWO_THINGS = re.compile(rf" and {_DETERMINER}")
_PRONOUN = re.compile(r"(?:its|their|his|her|it|them|ses|son|sa)\b")

_CUT_SHORT = re.compile(r"\b(?:by|through|and|or|while|of|for|with|to|en|et|de)$")
# Where a clause begins that tells how, for whom or with what: the deed stands without it.
_CLAUSE = re.compile(
    r"(?:, (?:using|with|while|including|which|working|enabling|leading|allowing|ce qui|avec|en \w+ant|notamment|dont)"
    r"| (?:using|through|via|by \w+ing|such as|including|alongside|en utilisant|grâce à|à l[’']aide de|au moyen de)) "
)
LEAST_WORDS = 3


def sharpen(bullet: str, *, renamed: Mapping[str, str]) -> str:
    """The bullet without weak openers and empty words, its result first, its skills renamed (theirs by ours)."""
    text = one_line(bullet).rstrip(".")
    for step in (_without_empty_words, _without_opener, _result_first, _range_first):
        text = step(text)
    for ours, theirs in renamed.items():
        text = re.sub(rf"(?<![\w+#]){re.escape(ours)}(?![\w+#])", lambda _, name=theirs: name, text)  # type: ignore[misc]
    return text[:1].upper() + text[1:]


def shorten(bullet: str) -> str:
    """The bullet without its last clause, as long as that holds no figure and a deed stays; else as it is."""
    text = _without_opener(_without_empty_words(one_line(bullet).rstrip(".")))
    text = text[:1].upper() + text[1:]
    for match in reversed(list(_CLAUSE.finditer(text))):
        kept, cut = text[: match.start()].rstrip(" ,"), text[match.start() :]
        if len(kept.split()) >= LEAST_WORDS and not counts_something(cut) and not _CUT_SHORT.search(kept):
            text = kept
    return text


def tells_a_result(bullet: str) -> bool:
    """Whether a bullet says what came of the work: by a figure, or by a verb that tells a result."""
    results = _table()["results"]
    verbs = {verb for verbs in results.values() for verb in verbs} | set(results["deeds"])
    return counts_something(bullet) or any(f" {verb} " in f" {bullet.lower()} " for verb in verbs)


def _without_empty_words(text: str) -> str:
    for words in _table()["drop"]["words"]:
        text = re.sub(rf"(?<!\w){re.escape(words)}", "", text, flags=re.IGNORECASE)
    for long, short in _table()["replace"].items():
        text = re.sub(rf"(?<!\w){re.escape(long)}", short, text, flags=re.IGNORECASE)
    return text


def _without_opener(text: str) -> str:
    """`Responsible for managing X` → `Managed X`; an opener before any other word stays."""
    lowered = text.lower()
    for opener in _table()["openers"]["en"]:
        rest = text[len(opener) :]
        verb = rest.split(" ")[0]
        if lowered.startswith(opener) and verb.endswith("ing") and not _TWO_THINGS.search(rest):
            return _second_verb(_past(verb) + rest[len(verb) :])
    for opener in _table()["openers"]["fr"]:
        if lowered.startswith(opener):
            return text[len(opener) :]
    return text


def _second_verb(text: str) -> str:
    """`managed and training` → `managed and trained`, so that both verbs stand in one tense."""
    text = re.sub(r"^(\w+ and )(\w+ing)\b", lambda match: match[1] + _past(match[2]), text)
    return re.sub(rf"( and )(\w+ing)(?= {_DETERMINER})", lambda match: match[1] + _past(match[2]), text)


def _past(gerund: str) -> str:
    """`reviewing` → `reviewed`, `carrying` → `carried`, `leading` → `led`."""
    stem = gerund.lower().removesuffix("ing")
    regular = stem[:-1] + "ied" if re.search(r"[^aeiou]y$", stem) else stem + "ed"
    return str(_table()["past"].get(gerund.lower(), regular))


def _result_first(text: str) -> str:
    """`Built X, reducing Y by 30%` → `Reduced Y by 30%: built X`; also `that cut Y by 30%`, `ce qui a réduit Y…`."""
    table = _table()
    gerunds, english, french = (
        "|".join(table["results"]["gerunds"]),
        "|".join(table["results"]["en"]),
        "|".join(table["results"]["fr"]),
    )
    for expression, colon in (
        (rf"^(?P<deed>[^:]{{15,}}?),? (?P<verb>{gerunds}) (?P<result>[^,;]+)$", ": "),
        (rf"^(?P<deed>[^:]{{15,}}?),? (?:that|which) (?P<verb>{english}) (?P<result>[^,;]+)$", ": "),
        (rf"^(?P<deed>[^:]{{15,}}?), and (?P<verb>{english}) (?P<result>[^,;]+)$", ": "),
        (rf"^(?P<deed>[^:]{{15,}}?), ce qui a (?P<verb>{french}) (?P<result>[^,;]+)$", "\u00a0: "),
    ):
        match = re.match(expression, text)
        if match and _stands_alone(match["deed"], match["result"]):
            verb = _past(match["verb"]) if match["verb"].endswith("ing") else match["verb"]
            return f"{verb} {match['result']}{colon}{_decapitalised(match['deed'])}"
    return text


def _range_first(text: str) -> str:
    """`Moved X to Y, from 6 hours to 40 minutes` → `From 6 hours to 40 minutes: moved X to Y`."""
    match = re.match(r"^(?P<deed>[^:,]{15,}), (?P<range>(?:from|de|d’|d') ?\d[^,:]* (?:to|à) \d[^,:]*)$", text)
    if match is None:
        return text
    colon = ": " if match["range"].startswith("from") else "\u00a0: "
    return f"{match['range']}{colon}{_decapitalised(match['deed'])}"


def _stands_alone(deed: str, result: str) -> bool:
    """Whether a bullet can be cut here: the figure is in the result, and neither half needs the other's words."""
    whole = not _CUT_SHORT.search(deed) and not _PRONOUN.match(result)
    return bool(number_in(result)) and not number_in(deed) and whole


def _decapitalised(text: str) -> str:
    """The first word in lower case if it is a verb; a name or an abbreviation stays as it is."""
    first = text.split(" ", 1)[0]
    verb = first.lower() in _table()["past"].values() or first.endswith(("ed", "é", "u", "i", "is", "it"))
    return text[:1].lower() + text[1:] if verb and first[1:].islower() else text


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("bullets.toml").read_text(encoding="utf-8"))
