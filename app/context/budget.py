"""The budget: what of a context is kept when it is longer than there is room for.

`pack` is the only truncation policy there is. It keeps or leaves out whole pieces (a bullet, a sentence, a paragraph),
never parts of one, and says in a receipt what it did.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal, NamedTuple

from app.tokens import Tokenizer, safe_lines

State = Literal["kept", "shortened", "left_out"]
LABELS, LABEL_LENGTH = 5, 60
LONG_LINE = 240  # characters
SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bInc\.)[ \t]+(?=[^\W_a-z])")


class Piece(NamedTuple):
    """One or more whole lines that are kept or left out together; a tuple, since a long text has thousands.

    The higher the rank, the longer the piece survives. `under` is the header of the item it belongs to, which goes with
    the first kept piece of that item and with nothing else.
    """

    text: str
    rank: float = 0
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a context: its pieces in the order in which they are read.

    Sections of a lower priority number are served first. `floor` is the room, in tokens, that no other section may
    take; `cap` the most this one may use, or None. Both count the heading, which stands only over something kept.
    """

    name: str
    heading: str = ""
    pieces: tuple[Piece, ...] = ()
    priority: int = 0
    floor: int = 0
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReceipt:
    """What became of one section, in tokens; `left_out_labels` are the beginnings of the first few pieces left out."""

    name: str
    state: State
    tokens_available: int
    tokens_kept: int
    pieces_left_out: int = 0
    left_out_labels: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The receipt as JSON."""
        return {
            "name": self.name,
            "state": self.state,
            "tokens_available": self.tokens_available,
            "tokens_kept": self.tokens_kept,
            "pieces_left_out": self.pieces_left_out,
            "left_out": list(self.left_out_labels),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the budget did: `budget` is what there was, `tokens_kept` what was used, `exact` whether the count is."""

    budget: int
    tokens_available: int
    tokens_kept: int
    exact: bool
    sections: tuple[SectionReceipt, ...]

    def as_dict(self) -> dict[str, Any]:
        """The receipt as JSON."""
        return {
            "budget": self.budget,
            "tokens_available": self.tokens_available,
            "tokens_kept": self.tokens_kept,
            "exact": self.exact,
            "sections": [section.as_dict() for section in self.sections],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Each section's text by its name, every line ended by a newline, and what it took; `tokens` is their exact sum."""

    texts: Mapping[str, str]
    tokens: int
    receipt: Receipt


def split_sentences(text: str) -> list[str]:
    """A text's lines, each over-long one split between its sentences: what may stand as pieces of their own."""
    parts: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if len(stripped) > LONG_LINE:
            parts += SENTENCE_END.split(stripped)
        elif stripped:
            parts.append(stripped)
    return parts


def pack(
    sections: Sequence[Section], *, budget: int, tokenizer: Tokenizer, counted: "Sequence[Counting]" = ()
) -> Packed:
    """Fit the sections into `budget` tokens, those in `counted` after them.

    Every section first gets what fits under its floor, by priority; then each in turn what fits under its cap. Within a
    section pieces are taken from the highest rank down, one that does not fit is passed over, and what was taken is put
    back in its own order. Since every step takes the same piece or runs out of budget, more budget never keeps less.
    """
    counts = (start_counting(sections, tokenizer), *counted)
    measured = [_Packing(section) for counting in counts for section in counting.result()]
    by_priority = sorted(measured, key=lambda one: one.counted.section.priority)
    room = budget
    for one in by_priority:
        room -= one.take(room=room, limit=one.counted.floor)
    for one in by_priority:
        room -= one.take(room=room, limit=one.counted.section.cap)
    receipt = Receipt(
        budget=budget,
        tokens_available=sum(one.counted.available for one in measured),
        tokens_kept=sum(one.used for one in measured),
        exact=tokenizer.exact,
        sections=tuple(one.receipt() for one in measured),
    )
    texts = {one.counted.section.name: one.text() for one in measured}
    return Packed(texts=texts, tokens=receipt.tokens_kept, receipt=receipt)


def start_counting(sections: Sequence[Section], tokenizer: Tokenizer) -> "Counting":
    """Begin to count some sections, so that a long text is encoded while other work is done."""
    laid_out = [_laid_out(section) for section in sections]
    lines = [line for one in laid_out for group in one.groups() for line in group]
    return Counting(laid_out, tokenizer.start_counting(lines))


class Counting:
    """Sections whose lines are being counted, all in one encoding; they can be packed again and again."""

    def __init__(self, laid_out: "Sequence[_LaidOut]", counts: Callable[[], list[int]]) -> None:
        self._laid_out = laid_out
        self._counts = counts
        self._result: tuple[_Counted, ...] | None = None

    def result(self) -> "tuple[_Counted, ...]":
        """The sections with their counts, once they are there."""
        if self._result is None:
            counts = iter(self._counts())
            self._result = tuple(_counted(one, counts) for one in self._laid_out)
        return self._result


class _LaidOut(NamedTuple):
    """A section as safe lines: of its heading, of the headers of its items, of its pieces; `item_of` each piece."""

    section: Section
    heading: list[str]
    items: list[list[str]]
    bodies: list[list[str]]
    item_of: list[int]

    def groups(self) -> Iterator[list[str]]:
        """All its lines, in the order in which they are counted."""
        return chain((self.heading,), self.items, self.bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A section with the tokens of all its parts; the pieces' numbers from the best to the worst."""

    section: Section
    lines: _LaidOut
    heading_tokens: int
    item_tokens: list[int]
    tokens: list[int]
    best_first: list[int]
    available: int

    @property
    def floor(self) -> int:
        """The room held for it, which is never over its cap."""
        floor, cap = self.section.floor, self.section.cap
        return floor if cap is None else min(floor, cap)


@dataclass(slots=True)
class _Packing:
    """What was taken of a section so far."""

    counted: _Counted
    taken: set[int] = field(default_factory=set)
    items_shown: set[int] = field(default_factory=set)
    used: int = 0

    def take(self, *, room: int, limit: int | None) -> int:
        """Take pieces, best first, while they fit; answer with the tokens that they took."""
        before, counted, item_of = self.used, self.counted, self.counted.lines.item_of
        end = before + room if limit is None else min(before + room, limit)
        for index in counted.best_first if end > before else ():
            item = item_of[index]
            cost = counted.tokens[index]
            cost += 0 if item in self.items_shown else counted.item_tokens[item]
            cost += 0 if self.used else counted.heading_tokens
            if self.used + cost <= end and index not in self.taken:
                self.taken.add(index)
                self.items_shown.add(item)
                self.used += cost
        return self.used - before

    def text(self) -> str:
        """The section as it goes into the prompt."""
        return "".join(f"{line}\n" for line in self._lines())

    def receipt(self) -> SectionReceipt:
        """What was kept and what was not."""
        lines = self.counted.lines
        left_out = [index for index in range(len(lines.bodies)) if index not in self.taken]
        state: State = "kept" if not left_out else "shortened" if self.taken else "left_out"
        return SectionReceipt(
            name=self.counted.section.name,
            state=state,
            tokens_available=self.counted.available,
            tokens_kept=self.used,
            pieces_left_out=len(left_out),
            left_out_labels=tuple(_label(lines, index) for index in left_out[:LABELS]),
        )

    def _lines(self) -> Iterator[str]:
        lines = self.counted.lines
        if self.taken:
            yield from lines.heading
        shown = -1
        for index in sorted(self.taken):
            if lines.item_of[index] != shown:
                shown = lines.item_of[index]
                yield from lines.items[shown]
            yield from lines.bodies[index]


def _laid_out(section: Section) -> _LaidOut:
    items: list[list[str]] = []
    item_of: list[int] = []
    under = None
    for piece in section.pieces:
        if piece.under != under or not items:
            under = piece.under
            items.append(safe_lines(under))
        item_of.append(len(items) - 1)
    bodies = [safe_lines(piece.text) for piece in section.pieces]
    return _LaidOut(section, safe_lines(section.heading), items, bodies, item_of)


def _counted(lines: _LaidOut, counts: Iterator[int]) -> _Counted:
    """Take a section's counts off the front of all counts."""
    heading = _sum_next(counts, lines.heading)
    items = [_sum_next(counts, item) for item in lines.items]
    tokens = [_sum_next(counts, body) for body in lines.bodies]
    ranks = [-piece.rank for piece in lines.section.pieces]
    return _Counted(
        section=lines.section,
        lines=lines,
        heading_tokens=heading,
        item_tokens=items,
        tokens=tokens,
        best_first=sorted(range(len(ranks)), key=ranks.__getitem__),
        available=heading + sum(items) + sum(tokens) if tokens else 0,
    )


def _sum_next(counts: Iterator[int], lines: Sequence[str]) -> int:
    return next(counts) if len(lines) == 1 else sum(islice(counts, len(lines)))


def _label(lines: _LaidOut, index: int) -> str:
    first = (lines.bodies[index] or lines.items[lines.item_of[index]] or [""])[0].strip()
    return first if len(first) <= LABEL_LENGTH else first[: LABEL_LENGTH - 1].rstrip() + "…"
