"""What a PDF and a DOCX have in common once they are opened: lines of text in reading order, and how they look."""

import re
import unicodedata
from dataclasses import dataclass

COLUMN = "\t"
"""Between two pieces of a line that stand apart, like a title and the dates at the right margin."""

BULLETS = "•‣▪▫●○◦◉∙⁃■□◆◇❖❯➢➤►▸▶✓✔✦★☆·"
_DASHED = re.compile(r"(?:[-–—*>]|o)[ \t]+(?=\S)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc-\ufffe]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_NOT_TEXT = {"Cc", "Cs", "Cn"}
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf06e\uf0a8", "•"))
"""How Word's symbol fonts spell bullets."""
_ICONS = re.compile("[\ue000-\uf8ff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. Lengths are in points; a DOCX, whose lines have no place on a page, has zeros.

    `text` is without its bullet, `left` where it begins (after the bullet), `full` whether it reaches the right edge of
    its column, so that the next line may go on with it.
    """

    text: str
    number: int = 0  # among the lines of its file
    page: int = 1
    bullet: bool = False
    heading: bool = False  # its file calls it one
    bold: bool = False
    size: float = 0.0
    left: float = 0.0
    full: bool = False
    gap: bool = False  # more space above than within a paragraph

    @property
    def pieces(self) -> list[str]:
        """The pieces that stand apart."""
        return [piece for each in self.text.split(COLUMN) if (piece := each.strip())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of a file."""

    source: str  # "pdf" or "docx"
    lines: tuple[Line, ...]
    pages: int
    blank_pages: tuple[int, ...] = ()  # those that hold pictures only


def clean(text: str) -> str:
    """Text as people read it: ligatures spelled out, no controls or invisible characters, single blanks.

    An icon stands between pieces.
    """
    text = _INVISIBLE.sub("", text.translate(_LIGATURES))
    text = _ICONS.sub(COLUMN, text.translate(_SYMBOL_BULLETS))
    text = "".join(c if c in "\t\n" or unicodedata.category(c) not in _NOT_TEXT else " " for c in text)
    text = re.sub(r"[^\S\t]+", " ", text)
    return re.sub(r" ?\t[\t ]*", COLUMN, text).strip()


def trimmed(text: str, marks: str = " ,;|–—-•·:") -> str:
    """The text without separators around it, nor a bracket whose other half is elsewhere."""
    text = text.strip(marks)
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip(marks)
    return text


def without_bullet(text: str) -> tuple[str, bool]:
    """The text after its bullet, and whether it had one."""
    stripped = text.lstrip(BULLETS + " \t") if text[:1] in BULLETS else text
    if stripped != text:
        return stripped, True
    if match := _DASHED.match(text):
        return text[match.end() :], True
    return text, False
