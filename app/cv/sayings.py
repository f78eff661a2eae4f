"""What a text says, word by word, and which of its words it takes back: "Acme Ltd, not Acme Inc" denies "Acme Inc".

A denial reaches as far as its clause; "no longer" and "not only" deny nothing, and "no, it's Acme" does not deny Acme.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from app.cv.dates import Dated, dates_in
from app.cv.texts import unaccented

# A number as it is written, a sign of a script without spaces, or a word with the signs that are part of it.
_TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+)+(?!\w)|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|"
    r"(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\w)+(?:['’](?:(?![\u3040-\u30ff\u3400-\u9fff])\w)+)*[+#]*"
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LEFT_OUT: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|['’]")
_NO_WORD: Final = re.compile(r"[^\w+#]+")
BREAK: Final = re.compile(r"[,;:.!?\n()\[\]{}|•·→/\"“”«»。、，]|\s[-–—]+\s|[–—]|->|=>")
STOP: Final = re.compile(r"[;!?\n。]|\.(?=\s|$)")
REACH: Final = 8

_NOT: Final = frozenset(
    str.split(
        "not never no without cannot cant isnt wasnt arent werent dont didnt doesnt havent hasnt hadnt wont wouldnt "
        "couldnt neither nor except pas jamais sans aucun aucune nicht kein keine ohne nie hate dislike detest lack"
    )
)
_ORDERS: Final = frozenset(
    str.split(
        "remove delete drop forget scratch replace change omit exclude erase discard ignore strike cancel correct fix "
        "supprime supprimez enleve enlevez retire retirez remplace remplacez"
    )
)
_BEFORE_ORDERS: Final = frozenset(str.split("please and also then just you to now actually so ok okay me"))
_NO_DENIAL_AFTER: Final = frozenset(
    str.split("only just merely simply longer problem problems worries doubt forget forgetting mind")
)
_NEW_THOUGHT: Final = frozenset(
    str.split(
        "but its it i im ive id my mine were we our actually rather that thats this here heres instead because since"
    )
)
# These begin a new thought, too, but not right behind a denial: "I don't use Excel", "not Acme use Globex".
_NEW_VERBS: Final = frozenset(str.split("add use put make write say"))
_HOW: Final = frozenset(str.split("really even ever personally currently please just yet also to"))
# "Excel is not something I know" and "Excel I don't know" take back what stands before.
_SOMETHING: Final = frozenset({"something", "anything", "among"})
_DONE_WITH: Final = frozenset(str.split("know use speak have like want need"))
_PAIRS: Final = frozenset({("instead", "of"), ("rather", "than"), ("other", "than"), ("au", "lieu"), ("plutot", "que")})
_WRONG: Final = frozenset({"wrong", "incorrect", "outdated", "false", "mistaken"})
_INSTEAD: Final = frozenset({"to", "with", "by", "into", "par", "en"})
_NO_LONGER: Final = frozenset({"anymore", "longer"})
_IS: Final = frozenset({"is", "was", "are", "were", "its", "thats"})
_SUBJECTS: Final = frozenset(str.split("i we you they do did could can"))
_BEFORE_I: Final = frozenset(str.split("and but or because since if when while what which that so as where why how"))
_LEGAL: Final = frozenset(str.split("inc ltd llc llp plc gmbh corp co ag sa sas sarl bv pty limited incorporated"))


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, its forms in lower case ("sarah's" is also "sarah"), and what stands before it."""

    raw: str
    forms: tuple[str, ...]
    before: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """Its first form: all of it, without apostrophes."""
        return self.forms[0]

    @property
    def is_number(self) -> bool:
        """Whether it has a digit."""
        return any(sign.isdigit() for sign in self.raw)


def tokens_of(text: str) -> list[Token]:
    """The words of a text, without accents."""
    plain = unaccented(text)
    tokens, end = [], 0
    for match in _TOKEN.finditer(plain):
        raw = match[0]
        tokens.append(Token(raw, _forms(raw), plain[end : match.start()], match.start(), match.end()))
        end = match.end()
    return tokens


def _forms(raw: str) -> tuple[str, ...]:
    if _THOUSANDS.fullmatch(raw):
        return (raw.replace(",", ""),)
    parts = raw.lower().replace("’", "'").split("'")
    whole = "".join(parts)
    return (whole, parts[0]) if len(parts) == 2 and parts[1] == "s" else (whole,)


class Denial(NamedTuple):
    """The place of the word that denies, and those of the words that it denies."""

    cue: int
    words: range


class Saying:
    """One text of the user: its words, and which of them it denies."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self.text = unaccented(text)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words in order."""
        return tokens_of(self.text)

    @cached_property
    def forms(self) -> frozenset[str]:
        """All forms of all of its words."""
        return frozenset(form for token in self.tokens for form in token.forms)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each form of a word stands."""
        places: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            for form in token.forms:
                places.setdefault(form, []).append(at)
        return places

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, with its words as their forms have them."""
        return _LEFT_OUT.sub("", self.text.lower())

    @cached_property
    def letters(self) -> str:
        """The same without anything between the words."""
        return _NO_WORD.sub("", self.lowered)

    @cached_property
    def dates(self) -> list[Dated]:
        """Every date that it speaks of."""
        return dates_in(self.text)

    @cached_property
    def denials(self) -> list[Denial]:
        """All that it takes back."""
        return list(_denials(self.tokens))

    @cached_property
    def affirmed(self) -> str:
        """The text with spaces for the words that it takes back."""
        letters = list(self.text)
        for token in (self.tokens[at] for denial in self.denials for at in denial.words):
            letters[token.start : token.end] = " " * (token.end - token.start)
        return "".join(letters)

    def denies(self, first: int, last: int) -> bool:
        """Whether one of the words from `first` to `last` is denied by a word that is not among them."""
        return any(
            denial.words.start <= last and first < denial.words.stop and not first <= denial.cue <= last
            for denial in self.denials
        )

    def denies_at(self, start: int, end: int) -> bool:
        """The same for characters."""
        places = [at for at, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return bool(places) and self.denies(places[0], places[-1])

    def sentence_of(self, at: int) -> range:
        """The places of the words of the sentence that the word at a place is in."""
        return _around(self.tokens, at, STOP)

    def clause_of(self, at: int) -> range:
        """The same of its clause, which any punctuation ends."""
        return _around(self.tokens, at, BREAK)


def _around(tokens: Sequence[Token], at: int, mark: re.Pattern[str]) -> range:
    first, last = at, at + 1
    while first and not mark.search(tokens[first].before):
        first -= 1
    while last < len(tokens) and not mark.search(tokens[last].before):
        last += 1
    return range(first, last)


def _denials(tokens: Sequence[Token]) -> Iterator[Denial]:
    for at, (token, following) in enumerate(pairwise(tokens)):
        pair = (token.word, following.word)
        if pair == ("should", "be"):
            yield Denial(at, _backwards(tokens, at))
        if "→" in following.before or "->" in following.before or (token.word in _IS and following.word in _WRONG):
            yield Denial(at + 1, _backwards(tokens, at + 1))
        if token.word in _NOT and following.word in _SOMETHING and at and tokens[at - 1].word not in _SUBJECTS:
            yield Denial(at, _backwards(tokens, at))
        if _is_trailing(tokens, at):
            yield Denial(at, _backwards(tokens, at - 1))
        if pair in _PAIRS:
            yield Denial(at, _reach(tokens, at + 2, frozenset()))
        elif token.word in _ORDERS and _is_order(tokens, at):
            yield Denial(at, _reach(tokens, at + 1, _INSTEAD))
        elif token.word in _NOT and following.word not in _NO_DENIAL_AFTER and not BREAK.search(following.before):
            yield Denial(at, _reach(tokens, at + 1, frozenset()))


def _is_trailing(tokens: Sequence[Token], at: int) -> bool:
    """Whether a denial ends its clause, with what it denies before it: "Excel I don't know"."""
    if at < 2 or tokens[at].word not in _NOT or tokens[at - 1].word != "i" or BREAK.search(tokens[at - 1].before):
        return False
    is_last = at + 2 == len(tokens) or bool(BREAK.search(tokens[at + 2].before))
    return tokens[at + 1].word in _DONE_WITH and is_last and tokens[at - 2].word not in _BEFORE_I


def _is_order(tokens: Sequence[Token], at: int) -> bool:
    if not at or BREAK.search(tokens[at].before):
        return True
    return tokens[at - 1].word in _BEFORE_ORDERS


def _reach(tokens: Sequence[Token], first: int, ends: frozenset[str]) -> range:
    """The words of a denial that begins with the word at a place."""
    at = first
    while at < len(tokens) and at - first < REACH:
        token = tokens[at]
        if token.word in ends or (token.word in _NEW_THOUGHT and not (ends and token.word == "my")):
            break
        if token.word in _NEW_VERBS and any(earlier.word not in _HOW for earlier in tokens[first:at]):
            break
        if at > first and BREAK.search(token.before) and token.word not in _LEGAL and not _within(token.before):
            break
        at += 1
    lasts_no_more = any(token.word in _NO_LONGER for token in tokens[first : at + 1])
    return range(first, first if lasts_no_more else at)


def _within(before: str) -> bool:
    """Whether what stands before a word leaves it in the same name: "Node.js", "and/or", an opening quote."""
    return not before.strip("'\"“”«» ") or before in {".", "/"}


def _backwards(tokens: Sequence[Token], stop: int) -> range:
    """The words of a clause that what comes after them takes back: "Acme Inc is wrong"."""
    first = stop - 1
    while first > 0 and stop - first < REACH and not BREAK.search(tokens[first].before):
        if tokens[first - 1].word in {"but", "and"}:
            break
        first -= 1
    return range(max(first, 0), stop)
