"""The budget: what of a context is kept when it is longer than there is room for.

`pack` is the only truncation policy there is. It keeps or leaves out whole pieces (a bullet, a sentence, a paragraph),
never parts of one, and says in a receipt what it did.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, NamedTuple

from app.tokens import Tokenizer, safe_lines

State = Literal["kept", "shortened", "left_out"]
LABELS, LABEL_LENGTH = 5, 60
LONG_LINE = 240  # characters
SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bInc\.)[ \t]+(?=[^\W_a-z])")


class Counted(NamedTuple):
    """A text as it is sent, each line of it ended by a newline, and its length in tokens."""

    text: str = ""
    tokens: int = 0


NO_TEXT = Counted()


class Piece(NamedTuple):
    """A counted text that is kept or left out as a whole: the higher its rank, the longer it survives."""

    text: str
    tokens: int
    rank: float = 0


class Item(NamedTuple):
    """Pieces under one header, which goes with the first of them that is kept and with nothing else."""

    header: Counted
    pieces: tuple[Piece, ...]


Uncounted = tuple[str, Sequence[tuple[str, float]]]
"""An item before it is counted: its header, its texts with their ranks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a context: its items, and their pieces, in the order in which they are read.

    Sections of a lower priority number are served first. `floor` is the room, in tokens, that no other section may
    take; `cap` the most this one may use, or None. Both count the heading, which stands only over something kept.
    """

    name: str
    heading: Counted = NO_TEXT
    items: tuple[Item, ...] = ()
    priority: int = 0
    floor: int = 0
    cap: int | None = None

    def texts(self) -> Iterator[str]:
        """All that may be sent of it."""
        yield self.heading.text
        for item in self.items:
            yield item.header.text
            yield from (piece.text for piece in item.pieces)


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


def count_texts(texts: Sequence[str], tokenizer: Tokenizer) -> list[Counted]:
    """Count texts, made safe to be sent one below the other, in one encoding of them all."""
    safe = [safe_lines(text) for text in texts]
    counts = iter(tokenizer.count_lines([line for lines in safe for line in lines]))
    return [Counted("".join(f"{line}\n" for line in lines), sum(islice(counts, len(lines)))) for lines in safe]


def count_items(items: Sequence[Uncounted], tokenizer: Tokenizer) -> tuple[Item, ...]:
    """Count items, all in one encoding."""
    texts = [text for header, ranked in items for text in (header, *(one for one, _ in ranked))]
    counted = iter(count_texts(texts, tokenizer))
    return tuple(
        Item(header=next(counted), pieces=tuple(Piece(*next(counted), rank) for _, rank in ranked))
        for _, ranked in items
    )


def pack(sections: Sequence[Section], *, budget: int, exact: bool = True) -> Packed:
    """Fit the sections into `budget` tokens; `exact` goes into the receipt: whether the counts are the model's own.

    Every section first gets what fits under its floor, by priority; then each in turn what fits under its cap. Within a
    section pieces are taken from the highest rank down, one that does not fit is passed over, and what was taken is put
    back in its own order. Since every step takes the same piece or runs out of budget, more budget never keeps less.
    """
    packing = [_Packing(section) for section in sections]
    by_priority = sorted(packing, key=lambda one: one.section.priority)
    room = budget
    for one in by_priority:
        room -= one.take(room=room, limit=one.floor)
    for one in by_priority:
        room -= one.take(room=room, limit=one.section.cap)
    receipt = Receipt(
        budget=budget,
        tokens_available=sum(one.available for one in packing),
        tokens_kept=sum(one.used for one in packing),
        exact=exact,
        sections=tuple(one.receipt() for one in packing),
    )
    return Packed(texts={one.section.name: one.text() for one in packing}, tokens=receipt.tokens_kept, receipt=receipt)


@dataclass(slots=True)
class _Packing:
    """What was taken of a section so far; its pieces are numbered through all its items."""

    section: Section
    pieces: list[Piece] = field(init=False)
    item_of: list[int] = field(init=False)
    best_first: list[int] = field(init=False)
    taken: set[int] = field(default_factory=set)
    items_shown: set[int] = field(default_factory=set)
    used: int = 0

    def __post_init__(self) -> None:
        items = self.section.items
        self.pieces = [piece for item in items for piece in item.pieces]
        self.item_of = [number for number, item in enumerate(items) for _ in item.pieces]
        ranks = [-piece.rank for piece in self.pieces]
        self.best_first = sorted(range(len(ranks)), key=ranks.__getitem__)

    @property
    def floor(self) -> int:
        """The room held for it, which is never over its cap."""
        floor, cap = self.section.floor, self.section.cap
        return floor if cap is None else min(floor, cap)

    @property
    def available(self) -> int:
        """The tokens of all of it."""
        if not self.pieces:
            return 0
        headers = sum(item.header.tokens for item in self.section.items if item.pieces)
        return self.section.heading.tokens + headers + sum(piece.tokens for piece in self.pieces)

    def take(self, *, room: int, limit: int | None) -> int:
        """Take pieces, best first, while they fit; answer with the tokens that they took."""
        before, items = self.used, self.section.items
        end = before + room if limit is None else min(before + room, limit)
        for number in self.best_first if end > before else ():
            item = self.item_of[number]
            cost = self.pieces[number].tokens
            cost += 0 if item in self.items_shown else items[item].header.tokens
            cost += 0 if self.used else self.section.heading.tokens
            if self.used + cost <= end and number not in self.taken:
                self.taken.add(number)
                self.items_shown.add(item)
                self.used += cost
        return self.used - before

    def text(self) -> str:
        """The section as it goes into the prompt."""
        return "".join(self._texts())

    def receipt(self) -> SectionReceipt:
        """What was kept and what was not."""
        left_out = [number for number in range(len(self.pieces)) if number not in self.taken]
        state: State = "kept" if not left_out else "shortened" if self.taken else "left_out"
        return SectionReceipt(
            name=self.section.name,
            state=state,
            tokens_available=self.available,
            tokens_kept=self.used,
            pieces_left_out=len(left_out),
            left_out_labels=tuple(self._label(number) for number in left_out[:LABELS]),
        )

    def _texts(self) -> Iterator[str]:
        if self.taken:
            yield self.section.heading.text
        shown = -1
        for number in sorted(self.taken):
            if self.item_of[number] != shown:
                shown = self.item_of[number]
                yield self.section.items[shown].header.text
            yield self.pieces[number].text

    def _label(self, number: int) -> str:
        text = self.pieces[number].text or self.section.items[self.item_of[number]].header.text
        first = text.split("\n", 1)[0].strip()
        return first if len(first) <= LABEL_LENGTH else first[: LABEL_LENGTH - 1].rstrip() + "…"
