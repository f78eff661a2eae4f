"""PDF → lines, by the places of its characters: their order in the file is often not the order of reading."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from app.formats.intake.columns import Piece, Row, in_reading_order
from app.formats.intake.lines import BULLETS, COLUMN, Line, Text, clean, without_bullet
from app.formats.intake.refusals import Refused

PAGES = 20
CHARACTERS = 60_000
LEAST_CHARACTERS = 20  # letters and digits; below that a file is a picture
_APART = 1.3  # in heights of a character: a wider gap separates two pieces of a row
_SAME_ROW = 0.5
_BOLD = 600
_HYPHEN = "\x02"  # how PDFium says that a word goes on in the next line


def read_pdf(data: bytes) -> Text:
    """The lines of a PDF in reading order; raise `Refused` for one that cannot be read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Refused("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from None
    with document:
        if len(document) > PAGES:
            raise Refused("too_many_pages")
        try:
            return _text_of(document)
        except pdfium.PdfiumError:
            raise Refused("damaged") from None


def _text_of(document: pdfium.PdfDocument) -> Text:
    lines: list[Line] = []
    blank: list[int] = []
    gutters: list[float] = []
    left = CHARACTERS
    for number, page in enumerate(document, start=1):
        pieces = list(_pieces(page))
        left -= sum(len(piece.text) for piece in pieces)
        if left < 0:
            raise Refused("too_long")
        if not pieces:
            blank.append(number)
        blocks, gutters = in_reading_order(pieces, gutters=gutters)
        for rows in blocks:
            lines += _lines(rows, number)
    if sum(c.isalnum() for line in lines for c in line.text) < LEAST_CHARACTERS:
        raise Refused("no_text")
    return Text(source="pdf", lines=tuple(lines), pages=len(document), blank_pages=tuple(blank))


def _pieces(page: pdfium.PdfPage) -> Iterator[Piece]:
    """The page's characters, joined as long as they follow each other in a row without a wide gap."""
    text_page = page.get_textpage()
    height = page.get_height()
    current: list[_Character] = []
    for character in _characters(text_page):
        if current and (character.text in "\r\n" or not _follows(current, character)):
            yield from _piece(current, height)
            current = []
        if character.text not in "\r\n":
            current.append(character)
    yield from _piece(current, height)


class _Character:
    """One character of a page, in the page's own points, which count upwards."""

    __slots__ = ("bold", "bottom", "left", "right", "size", "text", "top")

    def __init__(self, text: str, box: raw.FS_RECTF, size: float, bold: bool) -> None:
        self.text, self.size, self.bold = text, size, bold
        self.left, self.right, self.bottom, self.top = box.left, box.right, box.bottom, box.top


def _characters(text_page: pdfium.PdfTextPage) -> Iterator[_Character]:
    box = raw.FS_RECTF()
    for index in range(min(text_page.count_chars(), CHARACTERS + 1)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        height = abs(box.top - box.bottom)
        yield _Character(text, box, height, raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD)


def _follows(current: list[_Character], character: _Character) -> bool:
    """Whether a character goes on with what came before it in its row."""
    last = next((one for one in reversed(current) if one.text.strip()), current[-1])
    if not character.text.strip():
        return True
    height = max(last.size, character.size, 1.0)
    return bool(
        abs(last.bottom - character.bottom) < _SAME_ROW * height
        # A ligature is several characters with one box.
        and character.left > last.left - _SAME_ROW * height
        and character.left - last.right < _APART * height
    )


def _piece(characters: list[_Character], height: float) -> Iterator[Piece]:
    """The characters as one piece, if any of them shows."""
    shown = [one for one in characters if one.text.strip()]
    text = clean("".join(one.text if one.text != _HYPHEN else "\u2010" for one in characters))
    if not text or not shown:
        return
    yield Piece(
        text=text,
        left=min(one.left for one in shown),
        right=max(one.right for one in shown),
        top=height - max(one.top for one in shown),
        bottom=height - min(one.bottom for one in shown),
        size=round(max(one.size for one in shown), 1),
        bold=sum(one.bold for one in shown) * 2 > len(shown),
    )


def _lines(rows: list[Row], page: int) -> Iterator[Line]:
    """The rows of a block as lines."""
    edge = max((row[-1].right for row in rows), default=0.0)
    bottom: float | None = None
    for row in rows:
        text, bullet = without_bullet(COLUMN.join(piece.text for piece in row))
        first = row[1] if bullet and row[0].text in BULLETS and len(row) > 1 else row[0]
        height = first.bottom - first.top
        if text:
            yield Line(
                text=text,
                page=page,
                bullet=bullet,
                bold=first.bold,
                size=first.size,
                left=first.left,
                full=row[-1].right > edge - 6 * height,
                gap=bottom is not None and first.top - bottom > 0.6 * height,
            )
        bottom = max(piece.bottom for piece in row)
