"""What is held by its words: names, titles, places, skills. Nothing is completed, put in another order or made up.

The words of a value stand in one text of the user side by side. Case, accents, apostrophes and punctuation are folded;
an article or "of" may be left out or put between, and where the value has a comma, the text may have "in" or a comma.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from app.cv.sayings import BREAK, Saying, Token, tokens_of
from app.cv.texts import foreign_signs

_ARTICLES: Final = frozenset(str.split("a an the of de du des d la le les l el der die das von van"))
_PLACING: Final = frozenset(str.split("in at from and on s is its it a en und et y dans bei"))
_ADDABLE: Final = frozenset(str.split("of the in and for de du des et la le"))
_LEGAL: Final = frozenset(str.split("inc ltd llc llp plc gmbh corp co ag sa sas sarl bv pty"))
MOST_SKIPPED: Final = 3
_SHORT: Final = 4  # letters of a word whose full stop is of an abbreviation: "Dr.", "St.", "Inc."
_LEVELS: Final = re.compile(
    r"native|fluent\w*|bilingual\w*|basic\w*|intermediate|advanced|conversational|beginner|proficient\w*|mother|working"
    r"|elementary|professional|[abc][12]|courant|maternelle|natif|native|notions"
)
_AND: Final = frozenset({"and", "or", "but", "et", "ou"})
_NOT: Final = frozenset(
    str.split("not never neither dont doesnt didnt isnt wasnt arent werent cannot cant wont havent hasnt aint")
)
_PARTS: Final = re.compile(r"\s*[()\[\]:,/]\s*|\s+[-–—]+\s+|[–—]")


def holds_name(saying: Saying, value: str, *, plural: bool = False) -> bool | None:
    """Whether the text holds the words of a value; False if it only takes them back, None if it has them nowhere.

    `plural` lets "REST API" be held by "REST APIs".
    """
    if not _words_of(value):  # signs alone
        return True if value in saying.raw else None
    spans = list(spans_of(saying, value, plural=plural))
    return not all(saying.denies(first, last) for first, last in spans) if spans else None


def denies_itself(value: str) -> bool:
    """Whether a value is no name but a denial of one: "Not John", "No degree"; "Not-for-Profit" is part of a name."""
    words = tokens_of(value)
    return any(
        (word.word in _NOT or (word.word == "no" and not at))
        and not (at + 1 < len(words) and words[at + 1].before.strip() in {"-", "."})
        for at, word in enumerate(words)
    )


def holds_parts(saying: Saying, value: str) -> bool | None:
    """The same for a value with a remark: "Spanish (fluent)" is held by "I speak fluent Spanish".

    The parts stand in one clause; in one sentence if the clause of the first has no level of a language at all.
    """
    whole = holds_name(saying, value, plural=True)
    first, *others = [part for part in _PARTS.split(value) if part] or [""]
    if whole is not None or not others:
        return whole
    standings = [
        not saying.denies(*span)
        for span in spans_of(saying, first)
        if all(_is_near(saying, span[0], part) for part in others)
    ]
    return any(standings) if standings else None


def _is_near(saying: Saying, at: int, part: str) -> bool:
    clause, sentence = saying.clause_of(at), saying.sentence_of(at)
    listed = _between(saying, clause, at, _AND)
    near = next((words for words in (listed, clause) if _has_level(saying, words)), sentence)
    spelled = (part, f"{part}ly") if _LEVELS.fullmatch(part.lower()) else (part,)
    return any(first in near and last in near for spelling in spelled for first, last in spans_of(saying, spelling))


def _between(saying: Saying, clause: range, at: int, marks: frozenset[str]) -> range:
    """The part of a clause, between such words as "and", that a place is in."""
    before = [place + 1 for place in clause if place < at and saying.tokens[place].word in marks]
    after = [place for place in clause if place > at and saying.tokens[place].word in marks]
    return range(max(before, default=clause.start), min(after, default=clause.stop))


def _has_level(saying: Saying, places: range) -> bool:
    return any(_LEVELS.fullmatch(saying.tokens[place].word) for place in places)


def mends(saying: Saying, old: str, new: str, *, may_grow: bool = False) -> bool:
    """Whether a text corrects a part of what is there: "it's Katarzyna, not Katarina" of "Katarina Nowak".

    `may_grow` lets a part be added, too: "my last name is Nowak" of "Katarzyna".
    """
    before, after = ([token.word for token in tokens_of(text)] for text in (old, new))
    first = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    while len(before) > first and len(after) > first and before[-1] == after[-1]:
        before.pop()
        after.pop()
    kept = bool(first) or len(tokens_of(new)) > len(after)
    changed = " ".join(after[first:])
    return kept and bool(changed) and (may_grow or len(before) > first) and holds_name(saying, changed) is True


def spans_of(saying: Saying, value: str, *, plural: bool = False) -> Iterator[tuple[int, int]]:
    """The places of the first and the last word, wherever the words of a value stand in a text."""
    words = _words_of(value)
    added = foreign_signs(value) | {sign for sign in "%$€£+#" if sign in value}
    if not words or not added <= set(saying.raw):
        return
    first, joined = words[0].word, "".join(word.word for word in words)
    starts: set[int] = set()
    if first.removesuffix("s") in saying.lowered:
        forms = (first, f"{first}s", f"{first}es", first.removesuffix("s")) if plural else (first,)
        starts |= {at for form in forms for at in saying.places.get(form, ())}
    if joined in saying.letters:
        starts |= {at for end in range(1, len(joined) + 1) for at in saying.places.get(joined[:end], ())}
    for at in sorted(starts):
        last = _match(saying.tokens, at, words, plural=plural)
        last = _match_joined(saying.tokens, at, words) if last is None else last
        if last is not None:
            yield at, last


@lru_cache(maxsize=128)
def _words_of(value: str) -> tuple[Token, ...]:
    """The words of a value, which is looked for in one text after the other."""
    return tuple(tokens_of(value))


def _match(tokens: Sequence[Token], at: int, words: Sequence[Token], *, plural: bool) -> int | None:
    """The place of the last of the words if they stand from a place on."""
    here = at
    for number, word in enumerate(words):
        skipped = 0
        while True:
            token = tokens[here] if here < len(tokens) else None
            punctuated = bool(number) and bool(BREAK.search(word.before))
            crossing = token is None or here == at or _may_cross(tokens, here, punctuated=punctuated)
            if token and crossing and _same(token, word, plural=plural):
                here += 1
                break
            if 0 < number < len(words) - 1 and word.raw in _ADDABLE:
                break  # "Head of Marketing" of "head marketing"
            if not number or token is None or not crossing or skipped == MOST_SKIPPED:
                return None
            if not (token.word in _ARTICLES or (punctuated and token.word in _PLACING)):
                return None
            skipped += 1
            here += 1
    return here - 1


def _may_cross(tokens: Sequence[Token], here: int, *, punctuated: bool) -> bool:
    """Whether a name can go on over what stands before a word."""
    before = tokens[here].before
    if punctuated or not BREAK.search(before) or before in {".", "/"}:
        return True
    if before.strip() == "." and len(tokens[here - 1].word) <= _SHORT:
        return True
    return before.strip() == "," and tokens[here].word in _LEGAL


def _same(token: Token, word: Token, *, plural: bool) -> bool:
    if not {*token.forms}.isdisjoint(word.forms[:1]):
        return True
    if not plural or token.is_number or len(token.word) < _SHORT:
        return False
    return token.word in {f"{word.word}s", f"{word.word}es"} or word.word == f"{token.word}s"


def _match_joined(tokens: Sequence[Token], at: int, words: Sequence[Token]) -> int | None:
    """The same for words written together or apart ("DataTech", "data tech"), but never for digits."""
    joined = "".join(word.word for word in words)
    if not joined.isalpha() or any(BREAK.search(word.before) and word.before != "." for word in words[1:]):
        return None
    length = 0
    for here in range(at, len(tokens)):
        token = tokens[here]
        if here > at and BREAK.search(token.before) and token.before != ".":
            return None
        if not joined.startswith(token.word, length):
            return None
        length += len(token.word)
        if length == len(joined):
            return here
    return None
