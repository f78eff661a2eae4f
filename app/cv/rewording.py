"""What a polished text may say: the facts of what the user said, in nearly the user's words.

A rewording is held if

- every number is held with its sign (5% is not 5), beside a word that it had beside it,
- every date and every known skill or tool is held, and every word with a capital, in or at the start of a sentence,
- every word that makes a deed or a person greater ("led", "award-winning", "several") is held,
- every other significant word is, inflected or not, or is one of the plain words of polishing ("reducing", "built"),
- and of those are less than a third.

What the user denies is not held, unless the text denies it, too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final

from app.cv.dates import PRESENT, dates_in
from app.cv.sayings import BREAK, STOP, Saying, Token, tokens_of
from app.cv.texts import foreign_signs, words_of
from app.vocabulary import terms, words

SHARE: Final = Fraction(2, 3)
NEAR: Final = 3  # significant words to each side of a number
FAR: Final = 12  # words of any kind

_UNITS: Final = frozenset(
    str.split("year years month months week weeks day days hour hours minute minutes people percent")
)
_NEW_PHRASE: Final = frozenset(str.split("with and or in for at on while plus including over has have"))
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_DIGITS: Final = {
    word: str(number)
    for number, word in enumerate(str.split("two three four five six seven eight nine ten eleven twelve"), 2)
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50"}
_FORMS: Final = (
    "lead led leads leading,build built,write wrote written,run ran,grow grew grown,teach taught,make made,sell sold,"
    "drive drove driven,win won,keep kept,hold held,take took taken,oversee oversaw overseen,begin began begun,"
    "give gave given,bring brought,buy bought,speak spoke spoken,get got,send sent,spend spent,choose chose chosen,"
    "rise rose risen,meet met,pay paid,find found,think thought,break broke broken,catch caught,deal dealt"
)
_BASE: Final = {form: group.split()[0] for group in _FORMS.split(",") for form in group.split()}
# What makes more of a deed or a person than was said has to be said.
_GREATER: Final = frozenset(
    str.split(
        "lead head headed spearhead spearheaded direct directed own owned architect architected pioneer "
        "pioneered found founded launch launched transform transformed revolutionize revolutionized manage "
        "managed supervise supervised oversee mentor mentored award awarded certified expert expertise senior "
        "principal chief fluent native extensive proven demonstrated successful successfully significantly "
        "substantially dramatically exceptional outstanding excellent great good strong solid high higher "
        "highly winning class seasoned driven passionate dedicated motivated accomplished skilled skills "
        "proficient proficiency best top first only leading multiple several numerous various different "
        "countless many most majority dozen dozens hundred hundreds thousand thousands million millions "
        "billion billions double doubled doubling triple tripled tripling twice half halved halving quarter "
        "every entire whole global international national enterprise large complex critical key major record "
        "knowledge understanding ideal ideally"
    )
)
# What a polished sentence may add: words that claim no more than that something was done.
_PLAIN: Final = frozenset(
    stem
    for word in str.split(
        "build built design develop create implement deliver improve reduce cut decrease increase raise "
        "support help assist work use write prepare handle maintain run set produce perform provide "
        "contribute complete conduct coordinate organize organise plan collaborate report achieve result "
        "results lower enable ensure apply carry execute improvement improvements reduction reductions "
        "development implementation process processes task tasks based basis part focus through thereby "
        "resulting way order"
    )
    for stem in words(word)
)


@dataclass(slots=True)
class Ground:
    """What a rewording can stand on: words, numbers, dates and known skills; and what was taken back of each."""

    forms: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    numbers: dict[str, set[str]] = field(default_factory=dict)  # each with the stems beside it
    dates: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)


def ground_of(sayings: Sequence[Saying], *, with_denied: bool = False) -> Ground:
    """The ground that texts give, the newest first: what a newer one takes back, an older one does not hold."""
    ground = Ground()
    for saying in sayings:
        forms, dates, skills = _parts_of(saying.text if with_denied else saying.affirmed, saying)
        ground.signs |= set(saying.raw)
        ground.forms |= forms - ground.denied
        ground.dates |= dates - ground.denied
        ground.terms |= skills - ground.denied
        for at, token in enumerate(saying.tokens):
            if token.word in forms and token.word not in ground.denied and (number := number_of(saying, at)):
                ground.numbers.setdefault(number, set()).update(_beside(saying, at))
        if not with_denied and saying.denials:
            taken_back = set().union(*_parts_of(saying.text, saying)) - forms - dates - skills
            ground.denied |= taken_back - ground.forms - ground.dates - ground.terms
    ground.stems = {stem for form in ground.forms if (stem := stem_of(form))}
    return ground


def _parts_of(text: str, saying: Saying) -> tuple[set[str], set[str], set[str]]:
    """The words of a text in all their forms, its dates, and the known skills that it names."""
    whole = text == saying.text
    return (
        {form for token in (saying.tokens if whole else tokens_of(text)) for form in token.forms},
        {form for dated in (saying.dates if whole else dates_in(text)) for form in dated.forms},
        set(terms(text)),
    )


def is_held(text: str, ground: Ground) -> bool:
    """Whether a rewording says no more than its ground."""
    saying = Saying(text)
    places = list(_outside_dates(saying))
    stems = [stem for at in places if not number_of(saying, at) and (stem := stem_of(saying.tokens[at].word))]
    strange = [stem for stem in stems if stem not in ground.stems]
    return (
        bool(stems)
        and len(strange) <= len(stems) * (1 - SHARE)
        and set(strange) <= _PLAIN
        and foreign_signs(text) <= ground.signs
        and all(term in ground.terms or ground.forms.issuperset(words_of(term)) for term in terms(text))
        and all(_is_date_held(dated.forms, ground) for dated in dates_in(text))
        and all(_is_word_held(saying, at, ground) for at in places)
    )


def holds_sentence(saying: Saying, text: str) -> bool | None:
    """Whether a text holds another word for word; False if it only takes it back, None if it has it nowhere."""
    wanted = _parsed(text)
    if not wanted.tokens:
        return True if text in saying.raw else None
    if not foreign_signs(text) <= set(saying.raw):
        return None
    if wanted.tokens[0].word not in saying.lowered:
        return None
    length = len(wanted.tokens)
    starts = (at for at in saying.places.get(wanted.tokens[0].word, ()) if at + length <= len(saying.tokens))
    places = [at for at in starts if _is_same_from(saying, at, wanted)]
    return not all(saying.denies(at, at + length - 1) for at in places) if places else None


@lru_cache(maxsize=64)
def _parsed(text: str) -> Saying:
    """A sentence that is looked for in one text after the other."""
    return Saying(text)


def _is_same_from(saying: Saying, at: int, wanted: Saying) -> bool:
    for number, word in enumerate(wanted.tokens):
        token = saying.tokens[at + number]
        if word.word not in token.forms or number_of(saying, at + number) != number_of(wanted, number):
            return False
        if number and STOP.search(token.before) and not BREAK.search(word.before):
            return False
    return True


def nearest_sentence(sayings: Iterable[Saying], text: str) -> str:
    """The sentence, as the user wrote it, that shares the most words with a text."""
    wanted = {stem for word in words_of(text) if (stem := stem_of(word))}

    def shared(sentence: str) -> int:
        return len(wanted & {stem_of(word) for word in words_of(sentence)})

    sentences = (sentence.strip() for saying in sayings for sentence in _SENTENCE.split(saying.raw))
    return max((sentence for sentence in sentences if sentence), key=shared, default="")


@lru_cache(maxsize=10_000)
def stem_of(word: str) -> str:
    """What the forms of a word share ("led", "leading"); empty for a word that says nothing by itself."""
    return next(iter(words(_BASE.get(word, word))), "")


def number_of(saying: Saying, at: int) -> str:
    """The number at a place with its sign: "5", "40%", "$5"; empty for a word that is none."""
    token = saying.tokens[at]
    digits = _DIGITS.get(token.word) or (token.word if token.is_number else "")
    if not digits:
        return ""
    behind = saying.text[token.end : token.end + 9].lower()
    percent = "%" if re.match(r"\s?%|\s?per ?cent", behind) else ""
    currency = next((sign for sign in "$€£" if saying.text[: token.start].endswith(sign)), "")
    return f"{currency}{digits}{percent}{'+' if behind.startswith('+') or token.raw.endswith('+') else ''}"


def _is_date_held(forms: Iterable[str], ground: Ground) -> bool:
    return tuple(forms) == (PRESENT,) or next(iter(forms)) in ground.dates


def _outside_dates(saying: Saying) -> Iterator[int]:
    spans = [(dated.start, dated.end) for dated in dates_in(saying.text) if dated.forms != (PRESENT,)]
    for at, token in enumerate(saying.tokens):
        if not any(start <= token.start < end for start, end in spans):
            yield at


def _is_word_held(saying: Saying, at: int, ground: Ground) -> bool:
    token = saying.tokens[at]
    number = number_of(saying, at)
    if number:
        beside = ground.numbers.get(number)
        return beside is not None and all(word in beside for word in _next_to(saying, at, ground))
    if not ground.forms.isdisjoint(token.forms):
        return True
    base = _BASE.get(token.word, token.word)
    if token.word in _GREATER or base in _GREATER:
        return any(_BASE.get(form, form) == base for form in ground.forms)
    if not any(letter.isupper() for letter in token.raw):
        return True
    if (not at or STOP.search(token.before)) and token.raw[1:].islower():
        return True  # it is held, or plain
    return token.word.removesuffix("s") in ground.forms or len(token.raw) == 1


def _next_to(saying: Saying, at: int, ground: Ground) -> Iterator[str]:
    """The user's words on both sides of a number: "managed" and "engineers" of "managed 5 engineers"."""
    before = next((stem for word, stem in _words_from(saying.tokens, at, -1) if stem or word in _NEW_PHRASE), "")
    after = next((word for word, _ in _words_from(saying.tokens, at, 1)), "")
    if before in ground.stems:
        yield before
    if after in _UNITS or stem_of(after) in ground.stems:
        yield stem_of(after) or after


def _beside(saying: Saying, at: int) -> Iterator[str]:
    """The words around a number in its clause, stemmed where that says something."""
    for step in (-1, 1):
        count = 0
        for word, stem in _words_from(saying.tokens, at, step):
            yield stem or word
            count += bool(stem)
            if count == NEAR:
                break


def _words_from(tokens: Sequence[Token], at: int, step: int) -> Iterator[tuple[str, str]]:
    """The words of a clause from a place on, one after the other, each with its stem."""
    here = at + step
    while 0 <= here < len(tokens) and abs(here - at) <= FAR and not BREAK.search(tokens[max(here, here - step)].before):
        yield tokens[here].word, stem_of(tokens[here].word)
        here += step
