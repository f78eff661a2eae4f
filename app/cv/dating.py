"""Whether the dates of a job or a degree are its own: in their order, and said beside its name."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.cv.dates import PRESENT
from app.cv.naming import spans_of
from app.cv.sayings import STOP, Saying

_MOST_LINES: Final = 3  # from a name to its dates, where each stands on a line of its own


def are_ordered(start: str, end: str) -> bool:
    """Whether something can begin and end at two dates of a CV; what is unknown of them is in order."""
    if not start or not end or end == PRESENT:
        return True
    first, last = _parts(start), _parts(end)
    if first[0] != last[0] or not first[1] or not last[1]:
        return first[0] <= last[0]
    return first <= last


def _parts(date: str) -> tuple[str, str]:
    month, _, year = date.rpartition("/")
    return year, month


def dates_apart(values: Mapping[str, str], names: Sequence[str], sayings: Sequence[Saying]) -> list[str]:
    """The fields whose dates are said of something else: none of the texts has them near the name.

    Near is the same sentence, one beside it, or a message of the user that comes right before or after the name's.
    """
    named = {at for at, saying in enumerate(sayings) for name in names if any(True for _ in spans_of(saying, name))}
    return [
        field
        for field, date in values.items()
        if field.endswith("_date") and date and named and _is_apart(date, names, sayings, named)
    ]


def _is_apart(date: str, names: Sequence[str], sayings: Sequence[Saying], named: set[int]) -> bool:
    dated = [at for at, saying in enumerate(sayings) if any(date in found.forms for found in saying.dates)]
    for at in dated:
        if at in named:
            if _is_near(date, names, sayings[at]):
                return False
        elif {at - 1, at + 1} & named:
            return False
    return bool(dated)


def _is_near(date: str, names: Sequence[str], saying: Saying) -> bool:
    for found in saying.dates:
        if date not in found.forms:
            continue
        for name in names:
            for first, last in spans_of(saying, name):
                start, end = saying.tokens[first].start, saying.tokens[last].end
                between = saying.text[end : found.start] if end <= found.start else saying.text[found.end : start]
                if _is_close(between):
                    return True
    return False


def _is_close(between: str) -> bool:
    stops = STOP.findall(between)
    lines = stops.count("\n")
    return len(stops) - lines <= 1 and lines <= _MOST_LINES
