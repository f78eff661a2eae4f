"""HTML, Markdown, plain text and Word: hostile text stays text, and everything is in it."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from docx.styles.styles import Styles
from markdown_it import MarkdownIt

from app.cv.data import CvData, Experience, PersonalInfo
from app.errors import InvalidInput
from app.formats.cv_resume import to_json_resume
from app.formats.export import FORMATS, TEMPLATES, Format, export
from app.formats.export.text import escape
from tests.cvs import a_cv, a_letter

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1)) ![y](http://evil.example/y.png) <http://evil.example>",
    "# Heading",
    "- item",
    "1. item",
    "2) item",
    "+ item",
    "> quote",
    "*bold* _emph_ `code` ~~struck~~ ***",
    "| a | b |",
    "```",
    "---",
    "===",
    "&lt;b&gt; &#60;b&#62;",
    "http://evil.example www.evil.example ann@example.com",
    "\\*not bold\\*",
    "{{ 7*7 }} {% raw %} ${7*7} <%= 7 %>",
    "a  \tb",
    "    indented code",
    "[ref]: http://evil.example",
    "<!-- comment",
    "]]> <![CDATA[",
)


def written(format_: Format, data: Any, template: Any = "default") -> bytes:
    return export(data, format=format_, template_code=template, title="A <b>CV</b>").content


class Shown(HTMLParser):
    """What a page of HTML shows, and of what it is made."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= set(attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def a_hostile_cv() -> CvData:
    info = PersonalInfo(full_name=HOSTILE[0], title=HOSTILE[1], website="javascript:alert(1)", email='"@x" <a@b.c>')
    job = Experience(title=HOSTILE[0], company=HOSTILE[1], location=HOSTILE[2], description_bullets=HOSTILE)
    return a_cv(personal_info=info, summary="\n".join(HOSTILE), experience=(job,), awards_and_recognitions=HOSTILE)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_of_html_shows_hostile_text_and_does_nothing(template: str) -> None:
    page = Shown(written("html", a_hostile_cv(), template).decode())
    for hostile in HOSTILE:
        assert page.text.count(" ".join(hostile.split())) >= 3
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "article"),
        *("h1", "h2", "h3", "p", "ul", "li", "a", "dl", "dt", "dd"),
    }
    assert {name for name, _ in page.attributes} <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "dir",
        "href",
    }
    assert not [value for name, value in page.attributes if name == "href"]


def test_a_page_of_html_needs_nothing_else_and_forbids_itself_the_rest() -> None:
    page = written("html", a_cv()).decode()
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in page
    assert "default-src &#39;none&#39;" in page
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert " style=" not in page
    addresses = re.findall(r'href="([^"]+)"', page)
    assert addresses == [
        "mailto:amara@example.com",
        "tel:+442079460321",
        "https://www.linkedin.com/in/amaraosei",
        "https://amara.example.com",
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
def test_markdown_shows_a_text_as_it_is(text: str, dialect: str) -> None:
    reader = MarkdownIt(dialect, {"linkify": False})
    for before, tag in (("", "p"), ("- ", "li"), ("### ", "h3")):
        page = Shown(reader.render(before + escape(" ".join(text.split()))))
        assert page.text == " ".join(text.split())
        assert page.tags <= {tag, "ul"}


def test_markdown_has_titles_lists_and_links() -> None:
    page = Shown(MarkdownIt().render(written("md", a_cv()).decode()))
    assert {"h1", "h2", "h3", "ul", "li", "strong", "em", "a"} <= page.tags
    assert ("href", "https://amara.example.com") in page.attributes
    assert "Cut the tracking API's p99 from 900 ms to 120 ms" in page.text


def test_a_hostile_cv_in_markdown_is_text_only() -> None:
    page = Shown(MarkdownIt().render(written("md", a_hostile_cv()).decode()))
    assert page.tags <= {"h1", "h2", "h3", "p", "ul", "li", "strong", "em"}
    for hostile in HOSTILE:
        assert page.text.count(" ".join(hostile.split())) >= 3


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_word_document_has_words_own_styles(template: str) -> None:
    document = Document(io.BytesIO(written("docx", a_cv(), template)))
    styles = {paragraph.style.name: paragraph.text for paragraph in reversed(document.paragraphs) if paragraph.style}
    assert styles["Title"] == "Amara Osei"
    assert styles["Subtitle"] == "Backend Engineer"
    assert styles["Heading 1"] == "Summary"
    assert styles["Heading 2"] == "Senior Backend Engineer\t04/2020 – Present"
    assert styles["List Bullet"].startswith("Cut the tracking API's p99")
    assert document.core_properties.author == "Amara Osei"
    links = [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert "mailto:amara@example.com" in links


def test_a_word_document_looks_its_styles_up_no_more_often_for_a_long_cv(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[object] = []
    for name in ("get_style_id", "default", "__getitem__"):
        monkeypatch.setattr(Styles, name, _noting(getattr(Styles, name), looked_up))
    written("docx", a_cv())

    def look_ups(jobs: int) -> int:
        looked_up.clear()
        written("docx", a_cv(experience=a_cv().experience[:1] * jobs))
        return len(looked_up)

    assert look_ups(1) == look_ups(50)


def _noting(method: Callable[..., Any], calls: list[object]) -> Callable[..., Any]:
    def noted(*arguments: Any) -> Any:
        calls.append(arguments)
        return method(*arguments)

    return noted


def test_a_word_document_takes_any_text() -> None:
    cv = a_cv(summary="\x00\x0b\ufffe\uffff <w:p/> &amp; 日本語 עברית 🎉", experience=a_hostile_cv().experience * 20)
    texts = [paragraph.text for paragraph in Document(io.BytesIO(written("docx", cv))).paragraphs]
    assert "<w:p/> &amp; 日本語 עברית 🎉" in texts
    assert texts.count("<script>alert(1)</script>") >= 20


def test_a_word_document_runs_from_the_right_where_its_text_does() -> None:
    cv = a_cv(summary="מהנדסת תוכנה, Python\nEngineer, עברית")
    paragraphs = {paragraph.text: paragraph for paragraph in Document(io.BytesIO(written("docx", cv))).paragraphs}
    assert "<w:bidi/>" in paragraphs["מהנדסת תוכנה, Python"]._p.xml
    assert "<w:bidi/>" not in paragraphs["Engineer, עברית"]._p.xml


def test_plain_text_has_it_all_in_its_order() -> None:
    text = written("txt", a_cv()).decode()
    parts = ["AMARA OSEI", "SUMMARY", "EXPERIENCE", "Senior Backend Engineer", "Parcelwise, Leeds", "04/2020 – Present"]
    parts += ["- Cut the tracking", "EDUCATION", "SKILLS", "PROJECTS AND ACHIEVEMENTS", "AWARDS AND RECOGNITIONS"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_json_resume_is_the_cv_in_the_standards_words() -> None:
    assert json.loads(written("jsonresume", a_cv())) == to_json_resume(a_cv())


def test_a_letter_reads_like_one() -> None:
    text = written("txt", a_letter()).decode()
    assert text.split("\n\n", 1)[1] == (
        "Maria Lopez, Head of Engineering\nHarbourline\n\n"
        "APPLICATION FOR LEAD ENGINEER\nDear Maria Lopez,\nHarbourline runs fewer empty trucks every year.\n\n"
        "I cut a p99 from 900 ms to 120 ms. I led the move of 14 services.\n\n"
        "I would be glad to tell you more.\n\nYours sincerely,\nAmara Osei\n"
    )


def test_a_letter_without_a_name_greets_the_team_and_proofs_in_pieces_are_a_list() -> None:
    text = written("txt", a_letter(recipient="", proofs=("cut a p99", "led a move"), closing="Kind regards")).decode()
    assert "Dear Hiring Team," in text
    assert "- cut a p99\n- led a move" in text
    assert "Yours sincerely" not in text


def test_a_letter_is_no_resume() -> None:
    with pytest.raises(InvalidInput) as refused:
        written("jsonresume", a_letter())
    assert set(refused.value.fields or ()) == {"format"}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("A/B: CV", "A B CV"),
        ("", "document"),
        (".hidden", "hidden"),
        ("x" * 200, "x" * 80),
        ("a\u202ecod.exe", "acod.exe"),
    ],
)
def test_a_file_is_named_after_its_title(format_: Format, title: str, stem: str) -> None:
    name = export(a_cv(), format=format_, template_code="default", title=title).filename
    assert name == f"{stem}.{'json' if format_ == 'jsonresume' else format_}"
