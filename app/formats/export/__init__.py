"""CVs and letters as files: PDF, Word, HTML, Markdown, plain text, and for CVs JSON Resume."""

import json
import re
from dataclasses import dataclass
from typing import Literal, get_args

from app.cv.data import CvData, Data
from app.errors import InvalidInput
from app.formats.cv_resume import to_json_resume
from app.formats.export.docx import render_docx
from app.formats.export.html import html_policy, render_html
from app.formats.export.outline import clean_line, outline
from app.formats.export.pdf import render_pdf
from app.formats.export.text import render_markdown, render_text

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "SLOW_FORMATS",
    "TEMPLATES",
    "Exported",
    "Format",
    "Template",
    "export",
    "html_policy",
]

Format = Literal["pdf", "docx", "html", "md", "txt", "jsonresume"]
Template = Literal["default", "professional", "modern"]
FORMATS: tuple[Format, ...] = get_args(Format)
SLOW_FORMATS: frozenset[Format] = frozenset({"pdf", "docx"})
"""Those that take seconds for a long CV; the others never wait behind them."""
TEMPLATES: tuple[Template, ...] = get_args(Template)
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "jsonresume": "application/json",
}
NAME_LENGTH = 80  # characters of a file's name; some file systems take 255 bytes
_UNSAFE_IN_A_NAME = re.compile(r'[\\/:*?"<>|;%\x00-\x1f]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file. `left_out` are the characters that a PDF does not show, because no font has them."""

    content: bytes
    media_type: str
    filename: str
    left_out: str = ""


def export(data: Data, *, format: Format, template_code: Template, title: str) -> Exported:  # noqa: A002
    """Write a CV or a letter as a file; blocks for as long as that takes, so call it through `offload`.

    Raises `InvalidInput` for a letter as a JSON Resume. Templates tell PDF, Word and HTML apart, and nothing else.
    """
    page, left_out = outline(data), ""
    title = clean_line(title)
    match format:
        case "pdf":
            content, left_out = render_pdf(page, template_code=template_code, title=title)
        case "docx":
            content = render_docx(page, template_code=template_code, title=title)
        case "html":
            content = render_html(page, template_code=template_code, title=title).encode()
        case "md":
            content = render_markdown(page).encode()
        case "txt":
            content = render_text(page).encode()
        case "jsonresume":
            content = _json_resume(data)
    name = f"{_file_name(title)}.{'json' if format == 'jsonresume' else format}"
    return Exported(content=content, media_type=MEDIA_TYPES[format], filename=name, left_out=left_out)


def _json_resume(data: Data) -> bytes:
    if not isinstance(data, CvData):
        raise InvalidInput(fields={"format": ["A cover letter is no resume: jsonresume is for CVs alone."]})
    return json.dumps(to_json_resume(data), ensure_ascii=False, indent=2).encode()


def _file_name(title: str) -> str:
    """The title as every file system takes it: no separators, no leading dot."""
    return " ".join(_UNSAFE_IN_A_NAME.sub(" ", title).split())[:NAME_LENGTH].strip(" .") or "document"
