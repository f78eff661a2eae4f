"""What a message says for a CV or a cover letter, read by rules: always alike, in time that grows with its length.

English only. Each subject has its module; `held` has the last word, so that nothing is taken that nobody said.
"""

from app.cv.changes import Patch
from app.cv.data import CvData, Data
from app.cv.lead import place_of
from app.cv.rules.curriculum import read_cv
from app.cv.rules.letter import read_letter
from app.cv.rules.text import tidy
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
    return held(patch, (message,), data=data)


def _is_open(data: Data, asked: str) -> bool:
    """Whether what was asked for can still be answered: a text that is there by now is only changed by its name."""
    parent, _, name = place_of(asked).rpartition(".")
    owner = getattr(data, parent, None) if parent else data
    value = getattr(owner, name, "")
    return not (isinstance(value, str) and value)
