"""Which of the skills that a requirement names are needed, and which may stand for one another.

"Python and SQL" asks for both, "Python or Java" for one, "a cloud platform such as AWS or Azure" for one, and of
"SQL, PostgreSQL preferred" only the first is needed. In doubt each is needed: better partly met than wrongly met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.vocabulary import Mention, mentions

OR = frozenset({"or", "ou"})
LIKE = (
    *(("such", "as"), ("e", "g"), ("for", "example"), ("par", "exemple")),
    *(("tel", "que"), ("telle", "que"), ("tels", "que"), ("telles", "que")),
)
LIKE_ALONE = frozenset({"like", "eg", "comme", "including"})
OPTIONAL = frozenset(
    {"preferred", "preferably", "ideally", "bonus", "optional", "advantage", "asset", "desirable"}
    | {"atout", "souhaite", "souhaitee", "apprecie", "appreciee", "idealement"}
)
A_PLUS = (("a", "plus"), ("un", "plus"), ("big", "plus"), ("huge", "plus"), ("strong", "plus"))
CLAUSE_ENDS = frozenset(",;.()\n")
FILLERS = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Skills of which one is enough; optional if the posting merely prefers it."""

    terms: tuple[str, ...]
    optional: bool = False


def groups(text: str, terms: frozenset[str]) -> tuple[Group, ...]:
    """The skills named in a requirement (`terms`: all of them), grouped."""
    tokens, found = mentions(text) if len(terms) > 1 else ((), ())
    if len(found) < 2:
        return tuple(Group((term,)) for term in sorted(terms))
    joined: list[list[int]] = [[0]]
    lists_examples = False
    for number in range(1, len(found)):
        between = tokens[found[number - 1].stop : found[number].start]
        lists_examples = (lists_examples or _gives_examples(between)) and not {";", "\n"} & set(between)
        if lists_examples or _offers(between) or _is_comma_before_or(tokens, found, number):
            joined[-1].append(number)
        else:
            joined.append([number])
    return tuple(_group(tokens, found, one) for one in joined)


def _offers(between: Sequence[str]) -> bool:
    return len(between) <= FILLERS and not OR.isdisjoint(between) and CLAUSE_ENDS.isdisjoint(set(between) - {","})


def _is_comma_before_or(tokens: Sequence[str], found: Sequence[Mention], number: int) -> bool:
    """Whether this comma is one of a list that ends in "or C"."""
    while number < len(found):
        between = tokens[found[number - 1].stop : found[number].start]
        if list(between) != [","]:
            return _offers(between)
        number += 1
    return False


def _gives_examples(between: Sequence[str]) -> bool:
    pairs = pairwise(between)
    return not LIKE_ALONE.isdisjoint(between) or any(pair in LIKE for pair in pairs)


def _group(tokens: Sequence[str], found: Sequence[Mention], numbers: Sequence[int]) -> Group:
    start, stop = found[numbers[0]].start, found[numbers[-1]].stop
    while start > 0 and tokens[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while stop < len(tokens) and tokens[stop] not in CLAUSE_ENDS:
        stop += 1
    return Group(tuple(dict.fromkeys(found[one].term for one in numbers)), _is_optional(tokens[start:stop]))


def _is_optional(clause: Sequence[str]) -> bool:
    pairs = pairwise(clause)
    return not OPTIONAL.isdisjoint(clause) or any(pair in A_PLUS for pair in pairs)
