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
    sections: Sequence[Section], *, budget: int, tokenizer: Tokenizer, counted: "Counting | None" = None
) -> Packed:
    """Fit the sections into `budget` tokens, those in `counted` after them.

    Every section first gets what fits under its floor, by priority; then each in turn what fits under its cap. Within a
    section pieces are taken from the highest rank down, one that does not fit is passed over, and what was taken is put
    back in its own order. Since every step takes the same piece or runs out of budget, more budget never keeps less.
    """
    measured = [*start_counting(sections, tokenizer).result(), *(counted.result() if counted else ())]
    by_priority = sorted(measured, key=lambda one: one.section.priority)
    room = budget
    for one in by_priority:
        room -= one.take(room=room, limit=one.floor)
    for one in by_priority:
        room -= one.take(room=room, limit=one.section.cap)
    receipt = Receipt(
        budget=budget,
        tokens_available=sum(one.available for one in measured),
        tokens_kept=sum(one.used for one in measured),
        exact=tokenizer.exact,
        sections=tuple(one.receipt() for one in measured),
    )
    texts = {one.section.name: one.text() for one in measured}
    return Packed(texts=texts, tokens=receipt.tokens_kept, receipt=receipt)


def start_counting(sections: Sequence[Section], tokenizer: Tokenizer) -> "Counting":
    """Begin to count some sections, so that a long text is encoded while other work is done."""
    measured = [_laid_out(section) for section in sections]
    lines = [line for one in measured for group in one.groups() for line in group]
    return Counting(measured, tokenizer.start_counting(lines))


@dataclass(frozen=True, slots=True)
class Counting:
    """Sections whose lines are being counted, all in one encoding."""

    _measured: list["_Measured"]
    _counts: Callable[[], list[int]]

    def result(self) -> list["_Measured"]:
        """The sections with their counts, once they are there."""
        counts = iter(self._counts())
        for one in self._measured:
            one.heading_tokens = _sum_next(counts, one.heading)
            for item in one.items:
                item.tokens = _sum_next(counts, item.lines)
            one.tokens = [_sum_next(counts, body) for body in one.bodies]
        return self._measured


@dataclass(slots=True)
class _Item:
    """The pieces that stand under one header."""

    lines: list[str]
    tokens: int = 0
    shown: bool = False


@dataclass(slots=True)
class _Measured:
    """A section while it is being packed: lines and tokens of each piece, and which were taken."""

    section: Section
    heading: list[str]
    bodies: list[list[str]]
    items: list[_Item]
    item_of: list[_Item]
    best_first: list[int]
    heading_tokens: int = 0
    tokens: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    used: int = 0

    def groups(self) -> Iterator[list[str]]:
        """All its lines, in the order in which they are counted."""
        return chain((self.heading,), (item.lines for item in self.items), self.bodies)

    @property
    def floor(self) -> int:
        """The room held for it, which is never over its cap."""
        floor, cap = self.section.floor, self.section.cap
        return floor if cap is None else min(floor, cap)

    @property
    def available(self) -> int:
        """What the whole section would take."""
        everything = sum(self.tokens) + sum(item.tokens for item in self.items)
        return everything + self.heading_tokens if self.bodies else 0

    def take(self, *, room: int, limit: int | None) -> int:
        """Take pieces, best first, while they fit; answer with the tokens that they took."""
        before = self.used
        end = before + room if limit is None else min(before + room, limit)
        for index in self.best_first if end > before else ():
            item = self.item_of[index]
            cost = self.tokens[index] + (0 if item.shown else item.tokens) + (0 if self.used else self.heading_tokens)
            if self.used + cost <= end and index not in self.taken:
                self.taken.add(index)
                self.used += cost
                item.shown = True
        return self.used - before

    def text(self) -> str:
        """The section as it goes into the prompt."""
        return "".join(f"{line}\n" for line in self._lines())

    def receipt(self) -> SectionReceipt:
        """What was kept and what was not."""
        left_out = [index for index in range(len(self.bodies)) if index not in self.taken]
        state: State = "kept" if not left_out else "shortened" if self.taken else "left_out"
        return SectionReceipt(
            name=self.section.name,
            state=state,
            tokens_available=self.available,
            tokens_kept=self.used,
            pieces_left_out=len(left_out),
            left_out_labels=tuple(_label(self.bodies[index], self.item_of[index]) for index in left_out[:LABELS]),
        )

    def _lines(self) -> Iterator[str]:
        if self.taken:
            yield from self.heading
        shown: _Item | None = None
        for index in sorted(self.taken):
            item = self.item_of[index]
            if item is not shown:
                yield from item.lines
                shown = item
            yield from self.bodies[index]


def _laid_out(section: Section) -> _Measured:
    items: list[_Item] = []
    item_of: list[_Item] = []
    under = None
    for piece in section.pieces:
        if piece.under != under or not items:
            under = piece.under
            items.append(_Item(safe_lines(under)))
        item_of.append(items[-1])
    bodies = [safe_lines(piece.text) for piece in section.pieces]
    ranks = [-piece.rank for piece in section.pieces]
    best_first = sorted(range(len(ranks)), key=ranks.__getitem__)
    return _Measured(section, safe_lines(section.heading), bodies, items, item_of, best_first)


def _sum_next(counts: Iterator[int], lines: Sequence[str]) -> int:
    return next(counts) if len(lines) == 1 else sum(islice(counts, len(lines)))


def _label(body: list[str], item: _Item) -> str:
    first = body[0].strip() if body else item.lines[0].strip() if item.lines else ""
    return first if len(first) <= LABEL_LENGTH else first[: LABEL_LENGTH - 1].rstrip() + "…"
