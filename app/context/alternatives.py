"""Which of the skills that a requirement names are needed, and which may stand for one another.

"Python and SQL" asks for both, "Python or Java" for one, "a cloud platform such as AWS or Azure" for one, and of
"SQL, PostgreSQL preferred" only the first is needed. "One of Java, Kotlin, Scala" asks for one, and so does
"Java/Kotlin". "Airflow or similar" is also met by what does the same. In doubt each is needed: better partly met than
wrongly met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.kinds import shown_by, similar_to
from app.vocabulary import Mention, mentions

OR = frozenset({"or", "ou"})
LIKE = (
    *(("such", "as"), ("e", "g"), ("for", "example"), ("par", "exemple")),
    *(("tel", "que"), ("telle", "que"), ("tels", "que"), ("telles", "que")),
)
SHORT_FOR_LIKE = (("e", "g", "."), ("par", "ex", "."), ("p", "ex", "."), ("eg", "."), ("ex", "."), ("ex", ":"))
CHOICE = (
    *(("one", "of"), ("any", "of"), ("more", "of"), ("either", "of")),
    *(("un", "de"), ("une", "de"), ("un", "des"), ("une", "des"), ("un", "parmi"), ("une", "parmi")),
)
AMONG = frozenset({"parmi", "among"})
ONE = frozenset({"one", "a", "an", "any", "un", "une"})
TO_CHOOSE_FROM = frozenset(
    {"the", "these", "those", "following", "ces", "les", "suivants", "suivantes", "programming", "languages", "tools"}
    | {"platforms", "frameworks", "databases", "langages", "outils", "plateformes", "technologies", "cloud"}
)
AND = frozenset({"and", "et"})
LIKE_ALONE = frozenset({"like", "eg", "comme", "including", "include", "includes", "comprennent", "notamment"})
AS_WELL_AS = frozenset({"a", "au", "en"})  # "à l'oral comme à l'écrit" gives no example
SIMILAR = frozenset(
    {"similar", "comparable", "equivalent", "related", "another", "other", "alike", "like", "semblable", "similaire"}
    | {"voisin", "voisine", "connexe", "autre", "apparente", "equivalente", "analogue", "any"}
)
OPTIONAL = frozenset(
    {"preferred", "preferably", "ideally", "bonus", "optional", "advantage", "asset", "desirable"}
    | {"atout", "souhaite", "souhaitee", "apprecie", "appreciee", "idealement"}
)
A_PLUS = (
    *(("a", "plus"), ("un", "plus"), ("big", "plus"), ("huge", "plus"), ("strong", "plus"), ("de", "preference")),
    *(("un", "atout"), ("an", "asset"), ("a", "bonus")),
)
CLAUSE_ENDS = frozenset(",;.()\n")
PREPOSITIONS = frozenset({"in", "with", "en", "avec", "de", "d", "du", "des", "le", "la", "l"})
SETTINGS = frozenset({"government"})  # where a skill is used; asked for only where nothing else is
FILLERS = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Skills of which one is enough; optional if the posting merely prefers it."""

    terms: tuple[str, ...]
    optional: bool = False
    similar: frozenset[str] = frozenset()  # what may stand for them, where the posting says "or similar"


def groups(text: str, terms: frozenset[str]) -> tuple[Group, ...]:
    """The skills named in a requirement (`terms`: those that it asks for), grouped."""
    tokens, named = mentions(text)
    tokens = _spelled_out(tokens)
    found = [
        one for number, one in enumerate(named) if one.term in terms and not _sets_the_scene(tokens, named, number)
    ]
    found = [one for one in found if one.term not in SETTINGS] or found
    if not found:
        return tuple(Group((term,)) for term in sorted(terms))
    joined: list[list[int]] = [[0]]
    lists_examples, chooses = _leads_to_examples(tokens[: found[0].start]), _leads_to_choice(tokens, found[0])
    for number in range(1, len(found)):
        between = tokens[found[number - 1].stop : found[number].start]
        begins = (_gives_examples(between) and not {";", "\n", "."} & set(between)) or _opens_a_list(
            tokens, found, number
        )
        lists_examples = (lists_examples or begins) and not {";", "\n", ")", "."} & set(between)
        is_example = lists_examples and not (begins and _is_apart(found, number))
        is_choice = chooses and set(between) <= PREPOSITIONS | OR | AND | {","}
        if is_example or is_choice or _offers(between) or _is_comma_before_or(tokens, found, number):
            joined[-1].append(number)
        elif not between and found[number].term in similar_to(found[number - 1].term):
            joined[-1].append(number)  # "Java/Kotlin": no sign stands between them but the stroke
        else:
            joined.append([number])
        chooses = (is_choice and set(between).isdisjoint(OR | AND)) or _leads_to_choice(tokens, found[number])
    return tuple(_group(tokens, found, one) for one in joined)


def _spelled_out(tokens: Sequence[str]) -> Sequence[str]:
    """The tokens with "such as" for "e.g.", whose full stop ends no sentence; each stays in its place."""
    told = list(tokens)
    for at in range(len(told)):
        for short in SHORT_FOR_LIKE:
            if tuple(told[at : at + len(short)]) == short:
                told[at : at + len(short)] = ["such", "as"] if len(short) == 2 else ["", "such", "as"]
    return told


def _leads_to_choice(tokens: Sequence[str], first: Mention) -> bool:
    """Whether one of a list is asked for that begins here: "one of the following languages: Java, Kotlin"."""
    at = first.start
    while at > 0 and (tokens[at - 1] in TO_CHOOSE_FROM or tokens[at - 1] == ":"):
        at -= 1
    before = tokens[max(0, at - 2) : at]
    if tuple(before) in CHOICE or (before and before[-1] == "either"):
        return True
    return bool(before) and before[-1] in AMONG and not {"one", "un", "une"}.isdisjoint(tokens[max(0, at - 4) : at])


def _opens_a_list(tokens: Sequence[str], found: Sequence[Mention], number: int) -> bool:
    """Whether a kind is asked for once, and what is of it stands in brackets: "one cloud platform (AWS, Azure)"."""
    kind = found[number - 1]
    return (
        list(tokens[kind.stop : found[number].start]) == ["("]
        and not ONE.isdisjoint(tokens[max(0, kind.start - 2) : kind.start])
        and found[number].term in shown_by(kind.term)
    )


def _leads_to_examples(before: Sequence[str]) -> bool:
    """Whether the first skill is named as an example of what the vocabulary doesn't know: "tools such as Docker"."""
    last = [one for one in before[-3:] if one != ","][-2:]
    return tuple(last) in LIKE or not {"like", "include", "includes", "comprennent"}.isdisjoint(last)


def _sets_the_scene(tokens: Sequence[str], named: Sequence[Mention], number: int) -> bool:
    """Whether this stands in brackets, before examples: "(ones seen in government include Java, Python)"."""
    before = tokens[: named[number].start]
    opened = len(before) - 1 - before[::-1].index("(") if "(" in before else -1
    if opened < 0 or ")" in before[opened:] or number + 1 == len(named):
        return False
    between = tokens[named[number].stop : named[number + 1].start]
    return ")" not in between and not {"include", "includes", "comprennent"}.isdisjoint(between)


def _is_apart(found: Sequence[Mention], number: int) -> bool:
    """Whether what stands before "such as" is no kind of what comes after: "Python, with tools like Docker"."""
    return not any(one.term in shown_by(found[number - 1].term) for one in found[number:])


def _offers(between: Sequence[str]) -> bool:
    return len(between) <= FILLERS and not OR.isdisjoint(between) and CLAUSE_ENDS.isdisjoint(set(between) - {","})


def _is_comma_before_or(tokens: Sequence[str], found: Sequence[Mention], number: int) -> bool:
    """Whether this comma is one of a list that ends in "or C"."""
    while number < len(found):
        between = tokens[found[number - 1].stop : found[number].start]
        if list(between[:1]) != [","] or not set(between[1:]) <= PREPOSITIONS:
            return _offers(between)
        number += 1
    return _or_similar(tokens, found[-1].stop)


def _or_similar(tokens: Sequence[str], start: int) -> bool:
    """Whether a list ends in "or something similar"; words of the last entry may stand between."""
    after = list(tokens[start : start + 2 * FILLERS])
    at = next((place for place, token in enumerate(after) if token in OR), None)
    if at is None or at > FILLERS or not CLAUSE_ENDS.isdisjoint(set(after[:at]) - {","}):
        return False
    return not SIMILAR.isdisjoint(after[at + 1 : at + 2 + FILLERS])


def _gives_examples(between: Sequence[str]) -> bool:
    pairs = [*pairwise(between)]
    alone = any(
        one in LIKE_ALONE and after not in AS_WELL_AS for one, after in [*pairs, *((one, "") for one in between[-1:])]
    )
    return alone or any(pair in LIKE for pair in pairs)


def _group(tokens: Sequence[str], found: Sequence[Mention], numbers: Sequence[int]) -> Group:
    start, stop = found[numbers[0]].start, found[numbers[-1]].stop
    while start > 0 and tokens[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while stop < len(tokens) and tokens[stop] not in CLAUSE_ENDS:
        stop += 1
    terms = tuple(dict.fromkeys(found[one].term for one in numbers))
    similar = (similar_to(term) for term in terms) if _or_similar(tokens, found[numbers[-1]].stop) else ()
    return Group(terms, _is_optional(tokens[start:stop]), frozenset().union(*similar))


def _is_optional(clause: Sequence[str]) -> bool:
    pairs = pairwise(clause)
    return not OPTIONAL.isdisjoint(clause) or any(pair in A_PLUS for pair in pairs)
