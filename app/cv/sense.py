"""Whether a rewording keeps the sense of the sentence that it was made from.

The words of a sentence can be kept and its sense lost: two numbers change places, what was only hoped for is done, or
what somebody else did becomes the user's deed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from app.cv.dates import dates_in
from app.cv.rewording import number_of, stem_of
from app.cv.sayings import BREAK, Saying
from app.cv.texts import words_of

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
# What is said with these was not done, or not wholly, or only seen.
_DOUBTED: Final = (
    "almost,nearly,barely,hardly,scarcely,unable,hope hoped hopes hoping,try tried tries trying,fail failed failing,"
    "attempt attempted attempts attempting,wish wished wishing,want wanted wants wanting,watch watched watching,"
    "witness witnessed witnessing,would,might,supposed,intend intended intends intending,refuse refused,nobody,without,"
    "struggle struggled struggling,not dont didnt doesnt cannot cant couldnt wasnt isnt never no"
)
_DOUBTS: Final[Mapping[str, str]] = {form: forms.split()[0] for forms in _DOUBTED.split(",") for form in forms.split()}
_DOUBTS_WITH_TO: Final = frozenset(
    str.split(
        "plan planned plans planning aim aimed aims aiming going about expect expected expecting like need needed"
    )
)
_OTHERS: Final = frozenset(
    str.split(
        "manager managers boss supervisor director leader team teammate colleague colleagues coworker coworkers "
        "company firm client clients customer customers friend friends wife husband partner partners department "
        "employer mentor assistant intern interns ceo cto cfo owner founder brother sister father mother dad mom "
        "predecessor staff vendor contractor agency he she they someone somebody everyone everybody nobody people"
    )
)
_OWNERS: Final = frozenset(str.split("my our the his her their a an one"))
_LINKS: Final = frozenset(str.split("and but then when while because so as after before that where who also"))
_SELF: Final = frozenset({"i", "ive", "we", "weve", "im"})


class Sentence(Saying):
    """A sentence by itself, and what it is found by."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(_stems(words_of(self.raw)))

    @cached_property
    def numbers(self) -> list[tuple[int, str]]:
        """The places and forms of its numbers that are not of a date."""
        return _numbers(self)

    @cached_property
    def is_doubtful(self) -> bool:
        """Whether it may have words of doubt, or somebody else in it."""
        return not self.forms.isdisjoint(_DOUBTS.keys() | _DOUBTS_WITH_TO | _OTHERS)


def sentences_of(sayings: Iterable[Saying]) -> list[Sentence]:
    """The sentences of texts, each by itself."""
    return [Sentence(part.strip()) for saying in sayings for part in _SENTENCE.split(saying.raw) if part.strip()]


def nearest(sentences: Iterable[Sentence], text: str, *, number: str = "") -> list[Sentence]:
    """The sentences that share the most words with a text, of those that have a number if one is given."""
    wanted = _stems(words_of(text))
    shared = [
        (len(wanted & sentence.stems), sentence)
        for sentence in sentences
        if not number or any(found == number for _, found in sentence.numbers)
    ]
    most = max((count for count, _ in shared), default=0)
    return [sentence for count, sentence in shared if most and count == most]


def keeps_numbers(sentences: Iterable[Sentence], text: str) -> bool:
    """Whether the numbers of a sentence that has several stand in their order, beside the same words."""
    sentences, wanted = list(sentences), Sentence(text)
    mine = [number for _, number in wanted.numbers]
    for at, number in wanted.numbers:
        sources = nearest(sentences, text, number=number)
        if sources and not any(_is_in_place(wanted, at, number, mine, source) for source in sources):
            return False
    return True


def keeps_sense(sentences: Iterable[Sentence], text: str, *, of_others: bool = False) -> bool:
    """Whether what was hoped for or denied stays so, and, but for a text `of_others`, what others did stays theirs."""
    sentences = list(sentences)
    return all(_keeps(nearest(sentences, part.raw), part, of_others=of_others) for part in sentences_of([Saying(text)]))


def _keeps(sources: list[Sentence], wanted: Sentence, *, of_others: bool) -> bool:
    if not sources or not (wanted.is_doubtful or all(source.is_doubtful for source in sources)):
        return True
    return any(
        _doubts(source, wanted) == _doubts(wanted, source) and (of_others or _keeps_doer(source, wanted))
        for source in sources
    )


def _stems(words: Iterable[str]) -> set[str]:
    return {stem for word in words if (stem := stem_of(word))}


def _numbers(saying: Saying) -> list[tuple[int, str]]:
    """The places and forms of the numbers of a text that are not of a date."""
    spans = [(dated.start, dated.end) for dated in dates_in(saying.text)]
    return [
        (at, number)
        for at, token in enumerate(saying.tokens)
        if (number := number_of(saying, at)) and not any(start <= token.start < end for start, end in spans)
    ]


def _is_in_place(wanted: Saying, at: int, number: str, mine: list[str], source: Sentence) -> bool:
    theirs = source.numbers
    if len(theirs) < 2:
        return True
    order = [one for _, one in theirs]
    kept = iter(order)
    if not all(one in kept for one in mine if one in order):
        return False
    beside = [_beside(source, place) for place, one in theirs if one == number]
    return _beside(wanted, at) in beside


def _beside(saying: Saying, at: int) -> tuple[str, str]:
    """The words that say something, or numbers, next to a number on both sides."""
    return _next(saying, at, -1), _next(saying, at, 1)


def _next(saying: Saying, at: int, step: int) -> str:
    here = at + step
    while 0 <= here < len(saying.tokens):
        if number := number_of(saying, here):
            return number
        if BREAK.search(saying.tokens[max(here, here - step)].before):
            return ""
        if stem := stem_of(saying.tokens[here].word):
            return stem
        here += step
    return ""


def _doubts(saying: Saying, other: Saying) -> set[tuple[str, str]]:
    """The words of doubt and denial, each with the word that it is said of, where both texts speak of that."""
    spoken = _stems(form for token in other.tokens for form in token.forms)
    found = set()
    for at, token in enumerate(saying.tokens):
        doubt = _DOUBTS.get(token.word, "")
        if not doubt and token.word in _DOUBTS_WITH_TO and _word(saying, at + 1) == "to":
            doubt = token.word
        reached = list(_reached(saying, at)) if doubt else []
        if not spoken.isdisjoint(reached):
            found.add((doubt, reached[0]))
    return found


def _word(saying: Saying, at: int) -> str:
    return saying.tokens[at].word if at < len(saying.tokens) else ""


def _reached(saying: Saying, at: int) -> Iterator[str]:
    """The stems of what a word of doubt is said of: the rest of its clause."""
    for token in saying.tokens[at + 1 : saying.clause_of(at).stop]:
        if token.word in _SELF or token.word in {"but", "because", "since"}:
            return
        if stem := stem_of(token.word):
            yield stem


def _keeps_doer(source: Saying, wanted: Saying) -> bool:
    """Whether a text that has deeds of somebody else names them."""
    mine = {form for token in wanted.tokens for form in token.forms}
    spoken = _stems(mine)
    for at, token in enumerate(source.tokens):
        if token.word not in _OTHERS or token.word in mine or not _begins_clause(source, at):
            continue
        deed = range(at + 1, _deed_end(source, at))
        theirs = _stems(source.tokens[place].word for place in deed)
        others = _stems(one.word for place, one in enumerate(source.tokens) if place not in deed)
        is_joint = any(source.tokens[place].word in _SELF for place in range(at, min(at + 3, len(source.tokens))))
        if not is_joint and (theirs - others) & spoken:
            return False
    return True


def _begins_clause(saying: Saying, at: int) -> bool:
    """Whether a person is what a clause is about: "my old manager", "and the team"."""
    tokens = saying.tokens
    here = at
    while here and at - here < 3 and not BREAK.search(tokens[here].before) and tokens[here].word not in _OWNERS:
        here -= 1
    if tokens[here].word not in _OWNERS and here != at:
        here = at if not BREAK.search(tokens[at].before) else here
    return not here or bool(BREAK.search(tokens[here].before)) or tokens[here - 1].word in _LINKS


def _deed_end(saying: Saying, at: int) -> int:
    for place in range(at + 1, len(saying.tokens)):
        token = saying.tokens[place]
        if token.word in _SELF or BREAK.search(token.before):
            return place
    return len(saying.tokens)
