"""A file is read in a process of its own, which is refused a bad one and ended when it hangs."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.errors import InvalidInput, Unavailable
from app.formats.intake import reader
from app.formats.intake.reader import read_file
from app.formats.intake.refusals import SENTENCES
from tests.formats.intake.files import (
    a_bomb,
    a_docx,
    a_docx_of,
    a_pdf,
    a_picture,
    an_archive_of,
    an_encrypted_docx,
    an_encrypted_pdf,
)

_W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_END = b"</w:body></w:document>"
XXE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]>' + _W + b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + _END
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 20) for level in range(1, 9))
    + b"]>"
    + _W
    + b"<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>"
    + _END
)
DEEP = _W + b"<w:p><w:r>" * 30_000 + b"<w:t>deep</w:t>" + b"</w:r></w:p>" * 30_000 + _END
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not_a_document"),
    "text": (lambda: b"Amara Osei\nBackend Engineer\n" * 20, "not_a_document"),
    "another archive": (lambda: a_docx().replace(b"word/document.xml", b"word/documen_.xml"), "not_a_document"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not_a_document"),
    "a PDF with a password": (an_encrypted_pdf, "encrypted"),
    "a DOCX with a password": (an_encrypted_docx, "encrypted"),
    "a PDF of pictures": (a_picture, "no_text"),
    "a DOCX without text": (lambda: a_docx(""), "no_text"),
    "half a PDF": (lambda: a_pdf()[:3000], "damaged"),
    "a PDF in name": (lambda: b"%PDF-1.7\n" + b"x" * 1000, "damaged"),
    "half a DOCX": (lambda: a_docx()[:9000], "damaged"),
    "a DOCX whose XML is broken": (lambda: a_docx_of(b"<w:document><w:body>"), "damaged"),
    "a DOCX of another XML": (lambda: a_docx_of(b"<html/>"), "damaged"),
    "a DOCX with an entity that names a file": (lambda: a_docx_of(XXE), "no_text"),
    "a DOCX with entities that unfold": (lambda: a_docx_of(LAUGHS), "damaged"),
    "a DOCX of XML that is deep": (lambda: a_docx_of(DEEP), "damaged"),
    "21 pages": (lambda: a_picture(21), "too_many_pages"),
    "a novel": (lambda: a_docx("Once upon a time. " * 4000), "too_long"),
    "450 MB in a part that is parsed": (a_bomb, "unfolds"),
    "450 MB in a picture": (lambda: a_bomb(part="word/media/photo.png"), "unfolds"),
    "1,200 parts": (lambda: an_archive_of(1200), "unfolds"),
}


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_file(make(), sender=1)
    assert refused.value.sentence == SENTENCES[reason]  # type: ignore[index]


@pytest.mark.parametrize("make", [a_pdf, a_docx], ids=["pdf", "docx"])
def test_a_good_file_is_read_whatever_it_is_called(make: Callable[[], bytes]) -> None:
    imported = read_file(make(), sender=1)
    assert imported.resume["basics"]["name"] == "Amara Osei"
    assert imported.receipt["source"] == make.__name__.removeprefix("a_")
    assert imported.receipt["pages"] == 1
    assert imported.receipt["not_understood"] == []
    assert {"text": "EXPERIENCE", "path": "work"} in imported.receipt["understood"]


def test_a_page_of_pictures_among_others_is_told(tmp_path: Path) -> None:
    import pypdfium2 as pdfium  # noqa: PLC0415

    with pdfium.PdfDocument(a_pdf()) as document:
        document.new_page(595, 842)
        document.save(tmp_path / "two.pdf")
    receipt = read_file((tmp_path / "two.pdf").read_bytes(), sender=1).receipt
    assert receipt["pages"] == 2
    assert receipt["not_understood"] == [{"text": "Page 2 holds no text.", "section": ""}]


def test_the_process_knows_neither_flask_nor_a_setting_nor_a_secret() -> None:
    code = (
        "import runpy, sys; sys.argv[1:] = ['pdf']; runpy.run_path(sys.argv[0] if False else "
        f"{reader._READER!r}, run_name='__main__'); import os; "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'flask', 'sqlalchemy', 'gevent', 'openai'}), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code], input=a_pdf(), capture_output=True, check=True, timeout=30
    )
    assert ended.stderr.decode().strip() == "[]"


@pytest.fixture
def reading_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let another program read files, which is given the code of."""

    def use(code: str) -> None:
        (tmp_path / "reading.py").write_text(code)
        monkeypatch.setattr(reader, "_READER", str(tmp_path / "reading.py"))

    return use


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "reading.py" in " ".join(child.cmdline())]


def test_a_process_that_hangs_is_killed(reading_by: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    reading_by("import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)")
    monkeypatch.setattr(reader, "SECONDS", 0.5)
    with pytest.raises(InvalidInput) as refused:
        read_file(a_pdf(), sender=1)
    assert refused.value.sentence == SENTENCES["too_slow"]
    assert children() == []


@pytest.mark.parametrize(
    "code",
    ["import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "raise SystemExit(1)", "import nowhere"],
    ids=["crash", "exit", "error"],
)
def test_a_process_that_breaks_is_a_damaged_file(reading_by: Callable[[str], None], code: str) -> None:
    reading_by(code)
    with pytest.raises(InvalidInput) as refused:
        read_file(a_pdf(), sender=1)
    assert refused.value.sentence == SENTENCES["damaged"]


def test_the_processes_limits_are_the_kernels() -> None:
    code = (
        f"import runpy, resource; child = runpy.run_path({reader._READER!r}); child['limit'](1)\n"
        "try:\n    bytearray(2_000_000_000)\nexcept MemoryError:\n    print('memory', flush=True)\n"
        "while True: pass"
    )
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False, timeout=30)
    assert ended.stdout == b"memory\n"
    assert ended.returncode < 0
    assert time.monotonic() - began < 10


def test_no_more_than_a_few_are_read_at_once(
    reading_by: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading_by("import time; time.sleep(600)")
    monkeypatch.setattr(reader, "SECONDS", 2.0)
    monkeypatch.setattr(reader, "WAIT", 0.2)

    def read_in_vain(sender: int) -> None:
        with pytest.raises(InvalidInput):
            read_file(a_pdf(), sender=sender)

    threads = [threading.Thread(target=read_in_vain, args=[sender]) for sender in (1, 2)]
    for thread in threads:
        thread.start()
    while len(children()) < reader.AT_ONCE:
        time.sleep(0.01)
    with pytest.raises(Unavailable) as refused:
        read_file(a_pdf(), sender=3)
    assert refused.value.retry_after
    for thread in threads:
        thread.join()
    assert children() == []


def test_a_fault_of_ours_is_logged_without_the_files_words(
    reading_by: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    reading_by('print(\'{"refused": "damaged", "fault": "KeyError at lists.py:7"}\')')
    with pytest.raises(InvalidInput):
        read_file(a_pdf(), sender=1)
    assert "KeyError at lists.py:7" in caplog.text
