"""DOCX → lines: paragraphs, tables, text boxes, content controls, and what stands in headers and footers."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from app.formats.intake.lines import COLUMN, Line, Text, clean, without_bullet
from app.formats.intake.refusals import Refused

ENTRIES = 1000
UNFOLDED = 40_000_000  # bytes of all parts: pictures too
UNFOLDED_XML = 8_000_000  # bytes of a part that is parsed
CHARACTERS = 60_000
DEPTH = 20  # tables within tables
LEAST_CHARACTERS = 20
BODY = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LINE_BREAK = "\n"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), _FALLBACK, qn("w:pPr"), qn("w:rPr"), qn("w:instrText")}
_MARKS = {qn("w:tab"): COLUMN, qn("w:ptab"): COLUMN, qn("w:br"): _LINE_BREAK, qn("w:cr"): _LINE_BREAK}
_HYPHENS = {qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes) -> Text:
    """The lines of a DOCX; raise `Refused` for one that cannot be read."""
    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_of_document(document))
    except Refused:
        raise
    except Exception:  # noqa: BLE001  (python-docx and lxml have an error of their own for every kind of damage)
        raise Refused("damaged") from None
    lines = tuple(paragraphs)
    if sum(len(line.text) for line in lines) > CHARACTERS:
        raise Refused("too_long")
    if sum(c.isalnum() for line in lines for c in line.text) < LEAST_CHARACTERS:
        raise Refused("no_text")
    return Text(source="docx", lines=lines, pages=1)


def check_archive(data: bytes) -> None:
    """Refuse what is no DOCX, is encrypted, or would unfold beyond its bounds, before anything is unfolded.

    The sizes are those that the archive declares: no more than that is ever read of a part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise Refused("damaged") from None
    if BODY not in {entry.filename for entry in entries}:
        raise Refused("not_a_document")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    parsed = [entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNFOLDED or sum(parsed) > UNFOLDED_XML:
        raise Refused("unfolds")


def _of_document(document: Any) -> Iterator[Line]:
    """The lines of the headers, once each, of the body, and of the footers."""
    looks = _Looks(document)
    seen: set[str] = set()
    for name in ("header", "footer"):
        if name == "footer":
            yield from _of_blocks(document.element.body, looks)
        for section in document.sections:
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                for line in _of_blocks(part._element, looks):  # noqa: SLF001  (python-docx has no other way in)
                    if line.text not in seen:
                        yield line
                    seen.add(line.text)


class _Looks:
    """What the styles of a document say: which are headings, and which are lists."""

    def __init__(self, document: Any) -> None:
        self.headings: set[str] = set()
        self.lists: set[str] = set()
        for style in document.styles.element.findall(qn("w:style")):
            key = style.get(qn("w:styleId")) or ""
            named = style.find(qn("w:name"))
            name = (named.get(qn("w:val")) or "").casefold() if named is not None else ""
            if name.startswith(("heading", "titre")):
                self.headings.add(key)
            if name.startswith("list") or style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
                self.lists.add(key)


def _of_blocks(parent: Any, looks: _Looks, depth: int = 0) -> Iterator[Line]:
    """The lines of a body, a cell, a text box or a content control, in their order."""
    if depth > DEPTH:
        raise Refused("unfolds")
    for block in parent.iterchildren():
        if block.tag == qn("w:p"):
            yield from _of_paragraph(block, looks, depth)
        elif block.tag == qn("w:tbl"):
            yield from _of_table(block, looks, depth)
        elif block.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _of_blocks(block, looks, depth + 1)


def _of_table(table: Any, looks: _Looks, depth: int) -> Iterator[Line]:
    """A row of cells with a line each is one line; otherwise the cells come one after the other, like columns."""
    for row in table.iter(qn("w:tr")):
        if _nearest(row, qn("w:tbl")) is not table:
            continue
        cells = [list(_of_blocks(cell, looks, depth + 1)) for cell in row.findall(qn("w:tc"))]
        if len(cells) > 1 and all(len(cell) <= 1 for cell in cells):
            side_by_side = [line for cell in cells for line in cell]
            if side_by_side:
                yield _joined(side_by_side)
        else:
            for cell in cells:
                yield from cell


def _joined(lines: list[Line]) -> Line:
    first = lines[0]
    text = COLUMN.join(line.text for line in lines)
    return Line(text=text, bullet=first.bullet, heading=first.heading and len(lines) == 1, bold=first.bold)


def _nearest(element: Any, tag: str) -> Any:
    """The closest element around this one that has a tag."""
    return next(element.iterancestors(tag), None)


def _of_paragraph(paragraph: Any, looks: _Looks, depth: int) -> Iterator[Line]:
    """A paragraph's lines, and after them those of the text boxes that are anchored in it."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    key = style.get(qn("w:val")) if style is not None else ""
    listed = key in looks.lists or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    runs: list[tuple[str, bool]] = []
    boxes: list[Any] = []
    _gather(paragraph, runs, boxes)
    shown = [(text, bold) for text, bold in runs if text.strip()]
    bold = bool(shown) and all(bold for _, bold in shown)
    for number, text in enumerate("".join(text for text, _ in runs).split(_LINE_BREAK)):
        words, bullet = without_bullet(clean(text))
        if words:
            bullet = bullet or (listed and number == 0 and key not in looks.headings)
            yield Line(text=words, bullet=bullet, heading=key in looks.headings, bold=bold)
    for box in boxes:
        yield from _of_blocks(box, looks, depth + 1)


def _gather(element: Any, runs: list[tuple[str, bool]], boxes: list[Any], bold: bool = False) -> None:
    """Collect the text below an element, without what was deleted, and the text boxes, whose text is their own.

    Of the two forms in which Word keeps a text box only the newer is read. Nothing is nested deeper than lxml takes.
    """
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:txbxContent"):
            boxes.append(child)
        elif child.tag == qn("w:t"):
            runs.append((child.text or "", bold))
        elif child.tag in _MARKS:
            runs.append((_MARKS[child.tag], bold))
        elif child.tag in _HYPHENS:
            runs.append((_HYPHENS[child.tag], bold))
        else:
            _gather(child, runs, boxes, _is_bold(child) if child.tag == qn("w:r") else bold)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false"}
