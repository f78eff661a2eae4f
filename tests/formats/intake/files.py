"""Resumes as files, made by code: PDFs by typst, DOCX by python-docx, and both in every state but the right one."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pypdfium2 as pdfium
import typst

from app.formats.intake.lines import Line, Text, clean, without_bullet

ENGLISH = """\
Amara Osei
Backend Engineer
amara@example.com | +44 20 7946 0321 | Leeds, UK | linkedin.com/in/amara | https://amara.example.com

SUMMARY
Backend engineer with nine years in payments and logistics.

EXPERIENCE
Senior Backend Engineer — Parcelwise, Leeds, UK (Apr 2020 – Present)
- Cut the tracking API's p99 from 900 ms to 120 ms with PostgreSQL partitioning
- Led the move of 14 services to Kubernetes without an outage
Software Engineer — Tillpoint (Sept 2015 – Mar 2020)
- Built the card settlement service in Python and Flask

EDUCATION
BSc Computer Science, University of Leeds, 2012 – 2015

SKILLS
Languages: Python, Go, SQL
Databases: PostgreSQL, Redis (cluster, streams)
Kubernetes | Terraform

PROJECTS
queuecheck: finds stuck jobs in message queues
- Used by 30 teams

LANGUAGES
English (native), French – B2

CERTIFICATIONS
Certified Kubernetes Administrator (2022)

AWARDS
Best Talk, Northern Python Day, 2021
"""
FRENCH = """\
Élodie Marchand
Développeuse web
elodie.marchand@example.fr | 06 12 34 56 78 | Lyon, France

PROFIL
Développeuse web depuis huit ans, du formulaire au serveur.

EXPÉRIENCES PROFESSIONNELLES
Développeuse full stack — Quincaillerie en ligne, Lyon, France (mars 2019 – aujourd'hui)
- Refonte du panier en React, taux d'abandon réduit de 12 %
Stagiaire développement — Mairie de Vienne (avril 2017 à septembre 2017)
- Annuaire des associations en PHP

FORMATION
Licence informatique, Université Lyon 1, 2014 – 2017

COMPÉTENCES
React, TypeScript, PHP, PostgreSQL

LANGUES
Français : langue maternelle
Anglais : courant

CENTRES D'INTÉRÊT
Escalade, chorale
"""


def text_of(words: str) -> Text:
    """A text as a DOCX of one paragraph a line would give it."""
    pairs = [without_bullet(clean(line)) for line in words.split("\n")]
    return Text(source="docx", lines=tuple(Line(text=text, bullet=bullet) for text, bullet in pairs if text), pages=1)


def a_docx(words: str = ENGLISH, *, fill: Callable[[Any], None] | None = None) -> bytes:
    """A DOCX with a paragraph a line, bullets as Word has them; `fill` adds what a text cannot say."""
    document = docx.Document()
    for line in filter(str.strip, words.split("\n")):
        text, bullet = without_bullet(line)
        document.add_paragraph(text, style="List Bullet" if bullet else None)
    if fill:
        fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def a_docx_of(body: bytes) -> bytes:
    """A DOCX whose main part is these bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_docx())) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            made.writestr(name, body if name == "word/document.xml" else good.read(name))
    return file.getvalue()


def a_pdf(words: str = ENGLISH, *, columns: Sequence[str] = (), size: int = 10) -> bytes:
    """A PDF with a paragraph a line; with `columns` (two texts) below it, set beside each other."""
    data = {"top": words, "left": columns[0] if columns else "", "right": columns[1] if columns else ""}
    source = """
    #set page(margin: 1.5cm)
    #set text(size: SIZEpt)
    #let shown(words) = for line in words.split("\\n") {
      let heading = line == upper(line) and line.len() > 2
      if heading { block(above: 12pt, text(weight: "bold", size: 14pt, line)) }
      else if line.starts-with("- ") { list(marker: "•", line.slice(2)) }
      else if line.trim() != "" { block(above: 6pt, line) }
    }
    #shown(sys.inputs.top)
    #if sys.inputs.left != "" {
      grid(columns: (2fr, 1fr), gutter: 24pt, shown(sys.inputs.left), shown(sys.inputs.right))
    }
    """.replace("SIZE", str(size))
    made = typst.compile(source.encode(), sys_inputs=data)
    assert isinstance(made, bytes)
    return made


def a_picture(pages: int = 1) -> bytes:
    """A PDF without a word."""
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def an_encrypted_pdf() -> bytes:
    """A PDF whose password nobody knows, not even the tests."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"41" * 32, b"42" * 32),
    ]
    file, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>"
    return file + b"xref\n0 5\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (table, trailer, len(file))


def an_encrypted_docx() -> bytes:
    """What Office writes for a DOCX with a password: no archive, but a container with this name in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def a_bomb(megabytes: int = 450, *, part: str = "word/document.xml") -> bytes:
    """A DOCX of some hundred KB that unfolds to this much."""
    file = io.BytesIO(a_docx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        name = part if part not in archive.namelist() else "word/more.xml"
        with archive.open(name, "w") as entry:
            for _ in range(megabytes):
                entry.write(bytes(1_000_000))
    return file.getvalue()


def an_archive_of(entries: int) -> bytes:
    """A DOCX of many empty parts."""
    file = io.BytesIO(a_docx())
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(entries):
            archive.writestr(f"word/media/{number}.png", b"")
    return file.getvalue()
