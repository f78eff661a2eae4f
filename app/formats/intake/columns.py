"""The order in which a page's pieces of text are read: columns one after the other, never across.

A piece is a run of text without a wide gap. A page has columns where a heading of a section begins to the right of a
gutter that no piece crosses, with another heading to the left of it: so a side bar is a column, and dates along the
right margin, which have no heading, stay in their lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.intake.headings import section_of

LEAST_PIECES = 3  # on either side of a gutter
_GUTTER = 4.0  # points; what stands out less to the left is the same edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text on a page: its edges in points, `top` counted downwards."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


Row = tuple[Piece, ...]
"""Pieces side by side, from left to right."""


def in_reading_order(pieces: Sequence[Piece], *, gutters: Sequence[float] = ()) -> tuple[list[list[Row]], list[float]]:
    """The page as blocks of rows, and the gutters that were found; `gutters` are those of the page before.

    A column that goes on from the page before needs no heading on this one.
    """
    split = _split(pieces, gutters)
    if split is None:
        return ([_rows(pieces)] if pieces else []), []
    above, left, right, below, gutter = split
    blocks, found = [], [gutter]
    for part in (above, left, right, below):
        inner, more = in_reading_order(part, gutters=[one for one in gutters if abs(one - gutter) > _GUTTER])
        blocks += inner
        found += more
    return blocks, found


_Split = tuple[list[Piece], list[Piece], list[Piece], list[Piece], float]


def _split(pieces: Sequence[Piece], gutters: Sequence[float]) -> _Split | None:
    """What stands above, left of, right of and below the longest run of rows that a gutter divides."""
    best: tuple[int, _Split] | None = None
    headed = {piece.left - 1 for piece in pieces if section_of(piece.text)}
    for gutter in sorted({*headed, *gutters}):
        for run in _runs(pieces, gutter):
            left = [piece for piece in run if piece.right <= gutter + 1]
            right = [piece for piece in run if piece.right > gutter + 1]
            if min(len(left), len(right)) < LEAST_PIECES:
                continue
            known = any(abs(gutter - one) < _GUTTER for one in gutters)
            if not known and not (_has_heading(left) and _has_heading(right)):
                continue
            if best is None or len(run) > best[0]:
                top, bottom = min(piece.top for piece in run), max(piece.bottom for piece in run)
                rest = [piece for piece in pieces if piece not in run]
                above = [piece for piece in rest if piece.top < top]
                below = [piece for piece in rest if piece.top >= top and piece.bottom > bottom]
                within = [piece for piece in rest if piece not in above and piece not in below]
                best = (len(run), ([*above, *within], left, right, below, gutter))
    return best[1] if best else None


def _runs(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """The groups of pieces, from top to bottom, between those that cross the gutter."""
    runs: list[list[Piece]] = [[]]
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.left < gutter and piece.right > gutter + 1:
            runs.append([])
        else:
            runs[-1].append(piece)
    return runs


def _has_heading(pieces: Sequence[Piece]) -> bool:
    return any(section_of(piece.text) for piece in pieces)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces whose middles are at one height, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        if rows and _beside(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _beside(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)
