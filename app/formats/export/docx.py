"""A page as a Word document, with Word's own styles for its title, headings and lists, so that it can be worked on."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.formats.export.outline import Contact, Entry, Outline, Section

_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What makes a template's document differ."""

    font: str
    size: float
    accent: RGBColor
    centred: bool = False


LOOKS = {
    "default": Look(font="Calibri", size=10.5, accent=RGBColor(0x1F, 0x23, 0x28)),
    "professional": Look(font="Georgia", size=10.5, accent=RGBColor(0x1F, 0x23, 0x28), centred=True),
    "modern": Look(font="Segoe UI", size=10, accent=RGBColor(0x14, 0x56, 0x6B)),
}


def render_docx(page: Outline, *, template_code: str, title: str) -> bytes:
    """The document's bytes."""
    look = LOOKS[template_code]
    document = Document()
    _prepare(document, look)
    document.core_properties.title, document.core_properties.author = title[:255], page.name[:255]
    document.core_properties.comments = ""
    _write_head(document, page, look)
    for section in page.sections:
        _write_section(document, section)
    _finish(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _finish(document: WordDocument) -> None:
    """Set what is written from right to left so; Word does not find that out itself."""
    for paragraph in document.paragraphs:
        directions = map(unicodedata.bidirectional, paragraph.text)
        if next((one for one in directions if one in ("L", "R", "AL")), "L") != "L":
            style = paragraph._p.get_or_add_pPr()  # noqa: SLF001  (nor does python-docx)
            style.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _prepare(document: WordDocument, look: Look) -> None:
    """The paper, and the styles that everything below is written in."""
    paper = document.sections[0]
    paper.page_width, paper.page_height = PAGE_WIDTH, PAGE_HEIGHT
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = MARGIN
    sizes = {"Title": 24.0, "Subtitle": 13.0, "Heading 1": 12.0, "Heading 2": look.size, "List Bullet": look.size}
    for name, size in {"Normal": look.size, **sizes}.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = look.font, Pt(size)
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn(script), look.font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_after = Pt(3)
        if name in sizes and name != "List Bullet":
            style.font.color.rgb, style.font.italic = look.accent, False
    document.styles["Heading 1"].paragraph_format.space_before = Pt(14)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(8)
    document.styles["Subtitle"].font.bold = False
    title: Any = document.styles["Title"].element
    for border in title.pPr.findall(qn("w:pBdr")):
        title.pPr.remove(border)


def _write_head(document: WordDocument, page: Outline, look: Look) -> None:
    head: list[Paragraph] = []
    if page.name:
        head.append(_add(document, page.name, "Title"))
    if page.headline:
        head.append(_add(document, page.headline, "Subtitle"))
    if page.contacts:
        head.append(line := document.add_paragraph())
        for number, contact in enumerate(page.contacts):
            line.add_run("  ·  " if number else "")
            _write_contact(line, contact)
    for paragraph in head if look.centred else ():
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write_contact(line: Paragraph, contact: Contact) -> None:
    run = line.add_run(contact.text)
    if contact.address:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), line.part.relate_to(contact.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        line._p.append(link)  # noqa: SLF001  (python-docx writes no links itself)
        link.append(run._r)  # noqa: SLF001


def _write_section(document: WordDocument, section: Section) -> None:
    if section.title:
        _add(document, section.title, "Heading 1")
    for words in section.paragraphs:
        document.add_paragraph(words)
    for entry in section.entries:
        _write_entry(document, entry)
    for group in section.groups:
        line = document.add_paragraph()
        line.add_run(f"{group.label}: ").bold = True
        line.add_run(", ".join(group.items))
    _write_bullets(document, section.bullets)


def _write_entry(document: WordDocument, entry: Entry) -> None:
    if entry.heading:
        heading = _add(document, entry.heading, "Heading 2")
        if entry.period:
            heading.paragraph_format.tab_stops.add_tab_stop(PAGE_WIDTH - 2 * MARGIN, WD_TAB_ALIGNMENT.RIGHT)
            heading.add_run(f"\t{entry.period}").bold = False
    for words in _below(entry):
        document.add_paragraph(words).paragraph_format.keep_with_next = bool(entry.bullets)
    _write_bullets(document, entry.bullets)
    if entry.keywords:
        document.add_paragraph().add_run(", ".join(entry.keywords)).italic = True


def _below(entry: Entry) -> Iterator[str]:
    named = " · ".join(filter(None, (entry.beside, entry.place, "" if entry.heading else entry.period)))
    yield from filter(None, (named, *entry.lines))


def _write_bullets(document: WordDocument, bullets: tuple[str, ...]) -> None:
    for bullet in bullets:
        _add(document, bullet, "List Bullet")


def _add(document: WordDocument, words: str, style: str) -> Paragraph:
    """Add a paragraph in a style; python-docx would go through all its styles for each."""
    paragraph = document.add_paragraph(words)
    paragraph._p.style = _style_id(style)  # noqa: SLF001  (its own way takes a name)
    return paragraph


@cache
def _style_id(name: str) -> str:
    """What a style of python-docx's own template, in which every document begins, is called within it."""
    return str(Document().styles[name].style_id)
