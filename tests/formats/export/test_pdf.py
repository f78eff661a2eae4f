"""PDFs: every word can be read in its order, text stays text, and nothing is too long for a page."""

import ctypes
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from app.cv.data import CvData, Data, Experience, PersonalInfo, Skills, to_json
from app.formats.export import TEMPLATES, Template, export, fonts, pdf
from app.formats.export.outline import clean_line, clean_lines
from tests.cvs import AMARA, a_cv, a_letter, text_of

# Each stands for a way out of a text: of typst's markup and code, of a string, of JSON, of a path.
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.1.0": *',
    '#image("/etc/hosts.png")',
    '#sys.inputs #eval("1") #panic()',
    "= Heading *bold* _emph_ `raw` $x^2$ <label> @ref // comment /* comment */",
    '"] }) \\" \\u{41} \\',
    "[link](javascript:alert(1)) <script>alert(1)</script> -- --- ... ~",
    "{{ config }} {% include %}",
)


def written(data: Data, template: Template = "default", title: str = "CV") -> bytes:
    return export(data, format="pdf", template_code=template, title=title).content


def words_of(text: str) -> str:
    """A text without white space: where lines end is the page's affair."""
    return "".join(text.split())


def strings_in(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from (line.removeprefix("- ") for line in clean_lines(part))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from strings_in(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from strings_in(inner)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("data", [a_cv(), a_letter()], ids=["cv", "letter"])
def test_everything_that_is_in_it_can_be_read_in_its_order(data: Data, template: Template) -> None:
    text = words_of(text_of(written(data, template)))
    for string in strings_in(to_json(data)):
        assert words_of(string) in text
    assert text.startswith("AmaraOseiBackendEngineer")
    if isinstance(data, CvData):
        bullets = [text.index(words_of(bullet)) for job in data.experience for bullet in job.description_bullets]
        assert bullets == sorted(bullets)


@pytest.mark.parametrize("template", TEMPLATES)
def test_text_stays_text(template: Template) -> None:
    cv = a_cv(
        summary="\n".join(HOSTILE), experience=tuple(_job(text) for text in HOSTILE), awards_and_recognitions=HOSTILE
    )
    text = words_of(text_of(written(cv, template, title=HOSTILE[0])))
    for hostile in HOSTILE:
        assert text.count(words_of(hostile)) >= 5
    assert "root:x:0" not in text


def _job(text: str) -> Experience:
    return Experience(title=text, company=text, location="Leeds", description_bullets=(text,))


def test_the_templates_load_nothing_but_each_other_and_what_they_are_given() -> None:
    loading = re.compile(
        r"\b(?:read|image|plugin|csv|xml|yaml|toml|cbor|json|eval|bibliography|raw|import|include)\b[ (][^\n]*"
    )
    for template in pdf.TEMPLATES.glob("*.typ"):
        code = re.sub(r"//.*", "", template.read_text())
        allowed = ["json(bytes(sys.inputs.page))"] if template.stem == "base" else ['import "base.typ": *']
        assert loading.findall(code) == allowed, template.name


@pytest.mark.parametrize("template", TEMPLATES)
def test_two_hundred_jobs_and_a_bullet_of_ten_thousand_characters_fit(template: Template) -> None:
    jobs = tuple(
        Experience(title=f"Job {number}.", company="Acme", description_bullets=(f"Did {number}.",))
        for number in range(200)
    )
    endless = Experience(title="x" * 500, description_bullets=("many words " * 1000, "y" * 10_000), start_date="z" * 80)
    text = words_of(text_of(written(a_cv(experience=(endless, *jobs)), template)))
    assert text.count("manywords") >= 1000 - 40  # some stand on two pages
    assert text.count("y") >= 10_000
    assert all(f"Did{number}." in text for number in range(200))


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_word_is_so_long_that_it_leaves_the_page(template: Template) -> None:
    long = "W" * 300
    info = PersonalInfo(full_name=long, title=long, email=long, location=long, website=f"https://{long}.example")
    job = Experience(title=long, company=long, location=long, start_date=long, description_bullets=(long,))
    skills = Skills(core_competencies=(long,))
    document = pypdfium2.PdfDocument(
        written(CvData(personal_info=info, summary=long, experience=(job,), skills=skills), template)
    )
    for page in document:
        width, _ = page.get_size()
        text = page.get_textpage()
        for number in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(number)
            assert left >= 0
            assert right <= width


def test_pages_have_numbers_from_the_second_one() -> None:
    long = a_cv(experience=a_cv().experience * 12)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(written(long))]
    assert len(pages) > 2
    assert f"1 / {len(pages)}" not in pages[0]
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages[1:], start=2))


def test_a_bullet_is_not_torn_between_two_pages() -> None:
    bullets = tuple(f"Bullet {number} {'with many words ' * 12}ends {number}." for number in range(60))
    cv = a_cv(experience=(dataclasses.replace(a_cv().experience[0], description_bullets=bullets),))
    for page in pypdfium2.PdfDocument(written(cv)):
        text = page.get_textpage().get_text_bounded()
        assert re.findall(r"Bullet (\d+)", text) == re.findall(r"ends (\d+)\.", text)


def test_addresses_are_links_and_nothing_else_is() -> None:
    info = dataclasses.replace(
        AMARA, linkedin="javascript:alert(1)", website="amara.example", location="file:/etc/passwd"
    )
    document = pypdfium2.PdfDocument(written(a_cv(personal_info=info)))
    assert set(_links(document[0])) == {"mailto:amara@example.com", "tel:+442079460321", "https://amara.example"}


def _links(page: pypdfium2.PdfPage) -> Iterator[str]:
    at, link, address = ctypes.c_int(0), raw.FPDF_LINK(), ctypes.create_string_buffer(2000)
    while raw.FPDFLink_Enumerate(page, at, link):
        raw.FPDFAction_GetURIPath(page.pdf, raw.FPDFLink_GetAction(link), address, len(address))
        yield address.value.decode()


def test_it_has_real_headings_and_a_title() -> None:
    document = pypdfium2.PdfDocument(written(a_cv(), title="Amara's CV"))
    assert document.get_metadata_dict()["Title"] == "Amara's CV"
    assert document.get_metadata_dict()["Author"] == "Amara Osei"
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert titles[:3] == ["Amara Osei", "Summary", "Experience"]
    assert document.is_tagged()


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    "text",
    [
        "Zoë Müller-Łukasiewicz, Ærø, naïveté, Ελληνικά, русский язык",
        "株式会社山田製作所でソフトウェアを開発",
        "软件工程师，负责支付系统",
        "소프트웨어 엔지니어",
        "מהנדסת תוכנה עם עשר שנות ניסיון",
        "مهندسة برمجيات في القاهرة",
        "सॉफ्टवेयर इंजीनियर",
        "ქართული ენა, ภาษาไทย",
        "→ ✓ ★ ☎ • — … € ₹ ½ 10⁶",
    ],
)
def test_scripts_of_the_world_can_be_read(template: Template, text: str) -> None:
    exported = export(a_cv(summary=text), format="pdf", template_code=template, title="CV")
    assert exported.left_out == ""
    assert words_of(clean_line(text)) in words_of(text_of(exported.content)).replace("\u00ad", "")


def test_what_no_font_has_is_left_out_and_told() -> None:
    exported = export(a_cv(summary="Party 🎉 in தமிழ் time"), format="pdf", template_code="modern", title="🎉")
    assert exported.left_out == "🎉தமிழ்"
    assert "Party in time" in text_of(exported.content)


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_item_of_nothing_but_such_signs_is_left_out_whole(template: Template) -> None:
    only = ("🎉", "🎉\u200d🎉\ufe0f", "தமிழ்")
    info = dataclasses.replace(AMARA, location="🎉", website="🎉")
    jobs = (Experience(title="Engineer", description_bullets=(*only, "Built 🎉 it", "🎉 Ran it")), _job("🎉"))
    cv = CvData(personal_info=info, experience=jobs, skills=Skills(core_competencies=only))
    shown = text_of(written(cv, template))
    assert [line for line in shown.splitlines() if line.strip("\r\u200d\ufe0f ") in ("•", "·", "|")] == []
    assert shown.count("•") == 2
    assert "Core competencies" not in shown
    assert "Skills" not in shown
    assert "Ran it" in shown


def test_what_cannot_be_seen_is_not_there() -> None:
    cv = a_cv(summary="evil\u202egnp.exe\u202c \u2066x\u2069 a\u200bb\x00\x07c\u2028next \ufeffend")
    exported = export(cv, format="pdf", template_code="default", title="CV")
    assert "evilgnp.exe x abc next end" in text_of(exported.content)
    assert exported.left_out == ""


def test_a_page_from_right_to_left_is_set_from_the_right() -> None:
    info = PersonalInfo(full_name="نور الدين", title="مهندس برمجيات")
    cv = CvData(personal_info=info, summary="مهندس برمجيات مع عشر سنوات من الخبرة في أنظمة الدفع")
    page = pypdfium2.PdfDocument(written(cv))[0]
    text = page.get_textpage()
    lefts = [text.get_charbox(number)[0] for number in range(20)]
    assert min(lefts) > page.get_size()[0] / 2


def test_the_same_content_gives_the_same_bytes() -> None:
    assert written(a_cv()) == written(a_cv())


def test_an_empty_cv_is_an_empty_page() -> None:
    for template in TEMPLATES:
        assert len(pypdfium2.PdfDocument(written(CvData(), template, title=""))) == 1


def test_the_fonts_are_laid_out_once(tmp_path: Path) -> None:
    target = tmp_path / "new" / "font.ttf"
    fonts._lay_out(target, b"font")
    before = target.stat().st_mtime_ns
    fonts._lay_out(target, b"font")
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (b"font", before)
    assert [path.name for path in target.parent.iterdir()] == ["font.ttf"]
