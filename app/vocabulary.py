"""The words of the trade: which known skills a text names, and which of its other words matter.

`vocabulary.txt` lists the skills; both functions read a text once. English and French are treated alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
STOPWORDS = Path(__file__).with_name("stopwords.txt")

# A word, with the signs that are part of a name (C++, C#, .NET); or a sign that no name runs across.
TOKEN = re.compile(r"\w+[+#]*|[\n,;:()\[\]|•·&]|[.!?](?:(?=\s|$)|(?i:net)\b)")
MARKS = re.compile("[\u0300-\u036f]")
LINE_END = "\n"
ALONE = ""
NOTHING = frozenset({""})
STEMS_KEPT = 50_000
NOT_WORDS = frozenset("\n,;:()[]|•·&.!?")

# An ordinary word that is also a skill's name counts where it is written like the name; at the start of a sentence,
# where every word is, only what follows can tell: "Go, Python" and "Go developer", not "Go beyond".
AFTER_A_NAME = frozenset(
    {"and", "or", "et", "ou", "developer", "developers", "engineer", "engineers", "programming", "language", "code"}
    | {"services", "development", "framework", "application", "applications", "experience", "skills", "for", "pour"}
)
NEVER_AFTER = {
    "go": frozenset({"to", "the", "above", "beyond", "through", "live", "ahead"}),
    "c": frozenset({"level", "suite", "street", "corp", "class", "section"}),
    "r": frozenset({"&"}),
}
CHEER = "go"  # "(Go Sooners!)"
LETTER_COMPANY = frozenset(
    {"programming", "language", "languages", "code", "coding", "developer", "langage", "langages", "programmation"}
    | {"driver", "drivers", "firmware", "kernel", "compiler", "microcontroller", "microcontrollers", "statistical"}
    | {"pilotes", "noyau", "compilateur", "microcontroleur", "microcontroleurs", "statistiques"}
)
LETTER_WINDOW = 4
BEFORE_A_LETTER = frozenset({"in", "with", "using", "en", "avec", "de"})
AFTER_A_LETTER = frozenset({"package", "packages", "script", "scripts", "skills", "skill", "scripting"})
# What somebody asks about may be in another language than the question.
QUOTED = re.compile(r"«[^»]{0,2000}»|“[^”]{0,2000}”|\"[^\"]{0,2000}\"|^>.*$", re.MULTILINE)

Language = Literal["en", "fr"]


class Marks(NamedTuple):
    """What one line names: known skills by their canonical names, and its significant words, folded and stemmed."""

    terms: frozenset[str]
    words: frozenset[str]


class Mention(NamedTuple):
    """A known skill, and the words of a text that name it: from `start` up to, not including, `stop`."""

    start: int
    stop: int
    term: str


class _Name(NamedTuple):
    """One spelling of a skill: its words, and the same in their exact case where only that case counts."""

    words: tuple[str, ...]
    exact: tuple[str, ...] | None
    term: str


def terms(text: str) -> frozenset[str]:
    """The known skills that the text names, whole words only, by their canonical names ("k8s" → "kubernetes")."""
    tokens, lowered = _tokens(text)
    return frozenset(mention.term for mention in _found(tokens, lowered))


def mentions(text: str) -> tuple[Sequence[str], tuple[Mention, ...]]:
    """The text's words and signs in lower case, and where among them each known skill is named."""
    tokens, lowered = _tokens(text)
    return lowered, tuple(_found(tokens, lowered))


def words(text: str) -> frozenset[str]:
    """The text's significant words: folded (case, accents), lightly stemmed, without the words that say nothing."""
    return _significant(_tokens(text)[1])


def mark(text: str) -> Marks:
    """Both of a text as a whole."""
    tokens, lowered = _tokens(text)
    return Marks(frozenset(mention.term for mention in _found(tokens, lowered)), _significant(lowered))


def marks(lines: Sequence[str]) -> list[Marks]:
    """Both for each of many lines (none holds a newline), in one pass over all of them."""
    tokens, lowered = _tokens(LINE_END.join(lines))
    found: list[set[str]] = [set() for _ in lines]
    ends = [index for index, token in enumerate(tokens) if token == LINE_END]
    line = 0
    for mention in _found(tokens, lowered):
        while line < len(ends) and ends[line] < mention.start:
            line += 1
        found[line].add(mention.term)
    starts = [0, *(end + 1 for end in ends)]
    spans = zip(starts, [*ends, len(tokens)], strict=True)
    return [
        Marks(frozenset(terms), _significant(lowered[start:end]))
        for terms, (start, end) in zip(found, spans, strict=False)
    ]


def union(*many: Marks) -> Marks:
    """All that any of them names."""
    return Marks(
        terms=frozenset().union(*(each.terms for each in many)),
        words=frozenset().union(*(each.words for each in many)),
    )


def language_of(text: str) -> Language:
    """English or French, by the commonest words of each outside what is quoted; English when neither wins."""
    said = QUOTED.sub(" ", text)
    lowered = (said if said.strip() else text).lower()
    found = set(_tokens(lowered)[1])
    english, french, asking = _stopwords()
    french |= asking
    accented = 1 if re.search("[éèêàçùâîôûœ]|\\b[dljmnqst]['’]", lowered) else 0
    return "fr" if len(found & (french - english)) + accented > len(found & (english - french)) else "en"


def fold(text: str) -> str:
    """The text without accents and compatibility forms; its case stays."""
    return text if text.isascii() else MARKS.sub("", unicodedata.normalize("NFKD", text))


def _tokens(text: str) -> tuple[list[str], list[str]]:
    """The text's words and signs, as written and in lower case."""
    tokens: list[str] = TOKEN.findall(fold(text))
    return tokens, "\0".join(tokens).lower().split("\0") if tokens else []


def _found(tokens: Sequence[str], lowered: Sequence[str]) -> Iterator[Mention]:
    """Each known skill in its place, in order; the longest name wins."""
    names = _names()
    last = len(lowered) - 1
    end = 0
    for index in [index for index, token in enumerate(lowered) if token in names]:
        if index < end:
            continue
        following = names[lowered[index]]
        candidates = following.get(ALONE, ())
        if index < last and lowered[index + 1] in following:
            candidates = following[lowered[index + 1]] + candidates
        for name in candidates:
            stop = index + len(name.words)
            if len(name.words) > 2 and tuple(lowered[index:stop]) != name.words:
                continue
            if name.exact and not (tuple(tokens[index:stop]) == name.exact and _is_meant(tokens, lowered, index, stop)):
                continue
            yield Mention(index, stop, name.term)
            end = stop
            break


def _is_meant(tokens: Sequence[str], lowered: Sequence[str], index: int, stop: int) -> bool:
    """Whether an ordinary word, or a letter, stands here for the skill of that name."""
    word = lowered[index]
    before = tokens[index - 1] if index else LINE_END
    after = tokens[stop] if stop < len(tokens) else LINE_END
    if after.lower() in NEVER_AFTER.get(word, ()) or before == "&":
        return False
    if len(word) == 1 and stop == index + 1:
        return _has_company(tokens, lowered, index)
    starts_sentence = before in "\n.!?•·("
    if word == CHEER and starts_sentence and after.istitle() and after.lower() not in AFTER_A_NAME:
        return _is_name(after, after.lower())
    return not (starts_sentence and after[0].islower() and after not in AFTER_A_NAME)


def _has_company(tokens: Sequence[str], lowered: Sequence[str], index: int) -> bool:
    """Whether a single letter is alone on its line, or near another skill, and is no initial ("D.C.", "John R.")."""
    before = tokens[index - 1] if index else LINE_END
    after = tokens[index + 1] if index + 1 < len(tokens) else LINE_END
    if before == LINE_END and after == LINE_END:
        return True
    if len(before) == 1 and before.isupper():
        return False
    if after.lower() in AFTER_A_LETTER or (before.lower() in BEFORE_A_LETTER and _ends_there(tokens, index + 1)):
        return True
    for step in (-1, 1):
        for one in range(index + step, index + step * (LETTER_WINDOW + 1), step):
            if not 0 <= one < len(tokens) or tokens[one] == LINE_END:
                break
            if lowered[one] in LETTER_COMPANY or _is_name(tokens[one], lowered[one]):
                return True
    return False


def _ends_there(tokens: Sequence[str], at: int) -> bool:
    """Whether a list or a sentence goes on or ends here, and no name ("in C, Java", not "with C. Dupont")."""
    after, next_one = (*tokens[at : at + 2], LINE_END, LINE_END)[:2]
    if after == ".":
        return next_one == LINE_END
    return after in "\n,;)" or (after.lower() in AFTER_A_NAME and next_one != "D")


def _is_name(token: str, lowered: str) -> bool:
    """Whether this one word, written so, is a skill and no mere letter."""
    alone = _names().get(lowered, {}).get(ALONE, ())
    return len(token) > 1 and any(name.exact in (None, (token,)) for name in alone)


def _significant(lowered: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_STEMS.__getitem__, lowered)) - NOTHING


def stem(word: str) -> str:
    """The word without the commonest endings of English and French; crude, the same for the forms of one word."""
    for ending, instead, least in (
        ("ies", "y", 5),
        ("sses", "ss", 5),
        ("aux", "al", 5),
        ("s", "", 4),
        ("x", "", 5),
    ):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    for ending in ("ement", "ment", "ing", "ed", "ee", "er"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            word = word[: -len(ending)]
            break
    if word.endswith(("tion", "sion")) and len(word) > 6:
        word = word[:-3]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl" else word


class _Stems(dict[str, str]):
    """The stem of each word met so far, empty for one that says nothing; a lookup is all that most words cost."""

    def __missing__(self, word: str) -> str:
        if len(self) >= STEMS_KEPT:
            self.clear()
        self[word] = found = "" if word in _insignificant() else stem(word)
        return found


_STEMS = _Stems()


@cache
def _insignificant() -> frozenset[str]:
    english, french, _ = _stopwords()
    return english | french | NOT_WORDS | set("abcdefghijklmnopqrstuvwxyz0123456789")


@cache
def _stopwords() -> tuple[frozenset[str], ...]:
    """English, French, and what short questions in French are made of: the three parts of the file."""
    return tuple(map(_listed, re.split("# French.*\n", STOPWORDS.read_text(encoding="utf-8"))))


def _listed(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in fold(line).lower().split())


@cache
def _names() -> dict[str, dict[str, tuple[_Name, ...]]]:
    """Every spelling by its first word, then its second (`ALONE` where there is none), the longest first."""
    found: dict[str, dict[str, list[_Name]]] = {}
    for line in VOCABULARY.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        term, _, aliases = (part.strip() for part in line.partition(" = "))
        for spelling in [term, *filter(None, (alias.strip() for alias in aliases.split(",")))]:
            name = _name(spelling, term.lstrip("!").lower())
            second = name.words[1] if len(name.words) > 1 else ALONE
            found.setdefault(name.words[0], {}).setdefault(second, []).append(name)
    return {
        first: {second: tuple(sorted(names, key=lambda one: -len(one.words))) for second, names in seconds.items()}
        for first, seconds in found.items()
    }


def _name(spelling: str, term: str) -> _Name:
    tokens, lowered = _tokens(spelling.lstrip("!"))
    return _Name(tuple(lowered), tuple(tokens) if spelling.startswith("!") else None, term)
