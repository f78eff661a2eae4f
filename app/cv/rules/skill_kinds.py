"""Which skills are software, and which are what somebody can do."""

from functools import cache
from pathlib import Path

from app.vocabulary import fold, mentions

SOFTWARE = Path(__file__).with_name("software.txt")


def is_software(skill: str) -> bool:
    """Whether a skill names a program, a programming language or a library that the vocabulary knows."""
    words, found = mentions(skill)
    if not found:
        return False
    named = sum(mention.stop - mention.start for mention in found)
    return any(mention.term.lower() in _software() for mention in found) and named * 2 >= len(words)


def software_in(text: str) -> tuple[str, ...]:
    """The names of software that a text holds, as the text writes them, in its order."""
    words, found = mentions(text)
    folded = fold(text)
    lowered = folded.lower()
    if len(folded) != len(text):
        return ()
    named: list[str] = []
    at = 0
    for mention in found:
        first = lowered.find(words[mention.start], at)
        last = first
        for word in words[mention.start : mention.stop]:
            last = lowered.find(word, last) + len(word)
        at = max(last, at)
        if mention.term.lower() in _software() and first >= 0 and last > first:
            named.append(text[first:last])
    return tuple(dict.fromkeys(named))


@cache
def _software() -> frozenset[str]:
    lines = SOFTWARE.read_text(encoding="utf-8").splitlines()
    return frozenset(name.strip() for line in lines if not line.startswith("#") for name in line.split(","))
