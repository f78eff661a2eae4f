"""Awards and recognitions."""

import re
from collections.abc import Sequence

from app.cv.changes import Add, Patch
from app.cv.rules.periods import MARKS, dated
from app.cv.rules.text import SENTENCE, TAKEN, capital, listed, trim

_WON = re.compile(
    r"\b(?:(?:i |we |also |have |has |and )*(?:won|was awarded|were awarded|been awarded|received|was given"
    r"|earned|got|was named|was voted|was nominated for|was recogni[sz]ed (?:as|with)))\b(?: the| an?"
    r"| my)* (?P<what>[^.!?;\n]{3,160})",
    re.IGNORECASE,
)
_AWARD = re.compile(
    r"\b(?:awards?|prizes?|medals?|scholarships?|fellowship|trophy|honou?rs?|of the (?:year|month|quarter)"
    r"|dean's list|first place|second place|third place|runner[- ]up|best \w+|winner|hackathon|recognition|grant"
    r"|competition|bursary|distinction)\b",
    re.IGNORECASE,
)
_END = re.compile(
    rf"[,;:]|[{MARKS}]| (?:which|where|when|while|because|and|super|for my|for the|in my|last|this year|back)\b"
)


def read_awards(sentence: str) -> Patch:
    """The awards that a sentence says somebody was given."""
    if len(sentence) > SENTENCE or not _AWARD.search(sentence):
        return ()
    marked = dated(sentence)
    match = _WON.search(marked.text)
    if not match or not _AWARD.search(match.group()):
        return ()
    what = match["what"]
    end = _END.search(what)
    name = trim(what[: end.start()] if end else what)
    date = next((period.last for period in marked.within(what) if period.last), "")
    return award_changes([f"{name} ({date[-4:]})" if date and name else name])


def read_listed(lines: Sequence[str]) -> Patch:
    """The awards of a list."""
    found: list[str] = []
    for line in lines:
        said = read_awards(line)
        found += [value for change in said if isinstance(change, Add) for value in change.values] or listed_awards(line)
    return award_changes(found)


def listed_awards(line: str) -> list[str]:
    """The awards of one line; a date after a comma belongs to what stands before it."""
    found: list[str] = []
    for item in listed(line):
        if found and re.fullmatch(r"(?:\w+ )?(?:19|20)\d\d", item):
            found[-1] = f"{found[-1]} ({item})"
        else:
            found.append(item)
    return found


def award_changes(names: Sequence[str]) -> Patch:
    """Awards as changes."""
    kept = tuple(capital(name) for name in names if 3 <= len(name) <= 160 and TAKEN not in name)
    return (Add(path="awards_and_recognitions", values=kept),) if kept else ()
