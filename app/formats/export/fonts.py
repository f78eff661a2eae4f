"""The fonts of a PDF: those of two packages and of typst, never the machine's, so that a page looks alike anywhere.

They cover Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Georgian, Devanagari, Chinese, Japanese and Korean, and the
common symbols. What none of them has, many emoji among it, is left out of the page instead of drawn as a box, and told.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import gettempdir

import noto_cjk_sans_otc
import pymupdf_fonts
import typst
from fontTools.ttLib import TTFont

FACES = ("figo", "figbo", "figit", "figbi", "ubuntu", "ubuntubo", "ubuntuit", "ubuntubi", "notos", "notosbo", "symbol2")
"""FiraGO, Ubuntu, Noto Sans and Noto Sans Symbols2, by the names that the package has for them."""
COVERING = ("figo", "notos", "symbol2")
"""Of them those that together have every character which any of them has."""


@cache
def fonts() -> typst.Fonts:
    """Every font that a page may use: 0.3 s, once a process."""
    collection = Path(str(noto_cjk_sans_otc.FONT_PATH))
    folder = _folder()
    for name in FACES:
        _lay_out(folder / f"{name}.ttf", pymupdf_fonts.myfont(name))
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder), str(collection.parent)])


@cache
def covered() -> frozenset[int]:
    """The code points that some font can draw; the white space of a line is always among them."""
    folder = _folder()
    fonts()
    found = {ord(" "), ord("\u00a0"), 0x200C, 0x200D}
    for path in (*(folder / f"{name}.ttf" for name in COVERING), noto_cjk_sans_otc.FONT_PATH):
        with TTFont(str(path), fontNumber=0, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


def missing_in(text: str) -> Iterator[str]:
    """The characters of a text that no font has, each once."""
    return (sign for sign in dict.fromkeys(text) if ord(sign) not in covered())


def _lay_out(target: Path, content: bytes) -> None:
    """Write a file unless it is there; under a name of its own first, since several workers start at once."""
    if target.is_file() and target.stat().st_size == len(content):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{uuid.uuid4().hex}")
    draft.write_bytes(content)
    draft.replace(target)


@cache
def _folder() -> Path:
    """A folder of this user's own that can be written; under the system's temporary one when there is no home."""
    with suppress(OSError, RuntimeError):
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bespoke" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    return Path(gettempdir()) / f"bespoke-fonts-{os.getuid()}"
