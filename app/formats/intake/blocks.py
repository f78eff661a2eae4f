"""The lines of a section as blocks: the head of an entry (who, what, when), and the paragraphs and bullets below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.formats.intake.dates import DURATION, span_in
from app.formats.intake.lines import COLUMN, Line
from app.formats.intake.places import is_place

HEAD_LINES = 4
_INDENT = 2.0  # points; a line that begins further right than its bullet goes on with it
_HYPHEN = "\u2010"  # where a word was divided at the end of a line
_COMPOUNDS = frozenset(
    word
    for words in (
        "self real full cloud cross end event data high low long short open multi non co pre post well user time day",
        "part on off in state client customer front back server large small first second third two three test hands",
        "role community object machine model decision mission business cost award micro peer family risk",
    )
    for word in words.split()
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one bullet or one paragraph."""

    lines: tuple[Line, ...]

    @property
    def bullet(self) -> bool:
        """Whether it has a bullet."""
        return self.lines[0].bullet

    @property
    def text(self) -> str:
        """The lines joined; a word divided at the end of a line is whole again."""
        text = ""
        for line in self.lines:
            text = joined(text, line.text.replace(COLUMN, " "))
        return text.replace(_HYPHEN, "-")


@dataclass(slots=True)
class Block:
    """One entry of a section. `asides` are what stands at the right margin beside its body: dates, a place."""

    head: list[Line] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)

    @property
    def dated(self) -> int | None:
        """The number of the head's line that has dates."""
        return next((number for number, line in enumerate(self.head) if is_dated(line)), None)


def joined(text: str, more: str) -> str:
    """A text and the line that goes on with it."""
    if not text.endswith(_HYPHEN):
        return f"{text} {more}".strip()
    word = re.split(r"[\s(/]", text[:-1])[-1].casefold()
    return text[:-1] + ("-" if word in _COMPOUNDS or not more[:1].islower() else "") + more


def is_dated(line: Line) -> bool:
    """Whether a line ends in dates, or has a piece that is nothing else."""
    span = span_in(line.text)
    if span is None:
        return False
    rest = line.text[span.ends :].strip(" )]\t.,|·•")
    return not rest or is_place(rest) or COLUMN in line.text[: span.begins] or span.begins == 0


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The entries of a section of jobs, studies, projects and the like."""
    blocks = [Block()]
    offset: int | None = None
    for line in lines:
        block = blocks[-1]
        if _is_body(line, block):
            _add_to_body(block, line)
            continue
        if block.body:
            blocks.append(Block(head=[line]))
        elif is_dated(line) and block.dated is not None and line.bold == block.head[block.dated].bold:
            offset = block.dated if offset is None else offset
            at = max(block.dated + 1, len(block.head) - offset)
            blocks.append(Block(head=[*block.head[at:], line]))
            del block.head[at:]
        else:
            block.head.append(line)
    return [block for block in blocks if block.head or block.body]


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The lines of a section that has no entries: one paragraph a bullet, and lines that go on joined."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and not line.bullet and _goes_on(paragraphs[-1], line):
            paragraphs[-1] = Paragraph((*paragraphs[-1].lines, line))
        else:
            paragraphs.append(Paragraph((line,)))
    return paragraphs


def _is_body(line: Line, block: Block) -> bool:
    """Whether a line says something about an entry, rather than beginning one or naming it."""
    if line.bullet or (block.body and _goes_on(block.body[-1], line)):
        return True
    if not block.head or (is_dated(line) and len(line.text.split()) <= 16):
        return False
    words = line.text.split()
    if len(words) > 14 or (len(words) > 6 and line.text.endswith((".", ";", ","))):
        return True
    if re.match(r"[^\W\d][\w' /&-]{2,40}:(?:\s|$)", line.text) and not line.bold:
        return True
    return block.dated is not None and len(block.head) >= HEAD_LINES - 1 and not block.body


def _goes_on(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line goes on with a paragraph; in a DOCX a paragraph is one line."""
    first, last = paragraph.lines[0], paragraph.lines[-1]
    if not line.size or line.bullet or (line.page != last.page and not line.text[:1].islower()):
        return False
    if first.bullet and line.left > first.left + _INDENT and not (line.bold and not first.bold):
        return True
    if last.text.endswith(_HYPHEN):
        return True
    return last.full and not line.gap and line.text[:1].islower() and abs(line.left - last.left) < 3 * line.size


def _add_to_body(block: Block, line: Line) -> None:
    """Add a line to the body, and what stands apart at its end to the asides."""
    pieces = line.pieces
    while len(pieces) > 1 and _is_aside(pieces[-1]):
        block.asides.append(replace(line, text=pieces.pop(), bullet=False))
    line = replace(line, text=COLUMN.join(pieces))
    if block.body and not line.bullet and _goes_on(block.body[-1], line):
        block.body[-1] = Paragraph((*block.body[-1].lines, line))
    else:
        block.body.append(Paragraph((line,)))


def _is_aside(piece: str) -> bool:
    span = span_in(piece)
    return bool(span and span.text == piece.strip("() ")) or bool(DURATION.fullmatch(piece)) or is_place(piece)
