"""What a message says for a CV or a cover letter, read by rules: always alike, in time that grows with its length.

English only. Each subject has its module; `held` has the last word, so that nothing is taken that nobody said.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.cv.answer import MOST_CHANGES, MOST_VALUES, TEXT_CHARS
from app.cv.changes import Add, Change, Patch, Put
from app.cv.data import CvData, Data
from app.cv.lead import place_of
from app.cv.rules.curriculum import read_cv
from app.cv.rules.letter import read_letter
from app.cv.rules.text import distinct, tidy
from app.cv.truth import held


def read_message(message: str, data: Data, *, asked: str = "") -> Patch:
    """The changes that a message asks for. `asked` is the path that was asked for last, for answers such as "Boston".

    >>> read_message("I'm in Boston, MA", CvData())
    (Set(path='personal_info.location', value='Boston, MA'),)
    """
    return read_with_refused(message, data, asked=asked)[0]


def read_with_refused(message: str, data: Data, *, asked: str = "") -> tuple[Patch, Patch]:
    """The changes that a message asks for, and those that the user's words do not hold."""
    text = tidy(message)
    asked = asked if _is_open(data, asked) else ""
    patch = read_cv(text, data, asked) if isinstance(data, CvData) else read_letter(text, data, asked)
    return held(_bounded(patch), (message,), data=data)


def _bounded(patch: Patch) -> Patch:
    """The patch without repetitions, and no longer than an answer may be: nobody tells more in one message."""
    bounded = (
        replace(change, values=_listed(change.values))
        if isinstance(change, Add)
        else replace(change, lists={name: _listed(texts) for name, texts in change.lists.items()})
        if isinstance(change, Put)
        else change
        for change in patch[: MOST_CHANGES * 2]
    )
    kept: list[Change] = []
    for change in bounded:
        if change not in kept:
            kept.append(change)
    return tuple(kept[:MOST_CHANGES])


def _listed(texts: Sequence[str]) -> tuple[str, ...]:
    return distinct(text for text in texts if len(text) <= TEXT_CHARS)[:MOST_VALUES]


def _is_open(data: Data, asked: str) -> bool:
    """Whether what was asked for can still be answered: a text that is there by now is only changed by its name."""
    parent, _, name = place_of(asked).rpartition(".")
    owner = getattr(data, parent, None) if parent else data
    value = getattr(owner, name, "")
    return not (isinstance(value, str) and value)
