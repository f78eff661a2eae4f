"""Texts of a CV: cleaned for storing, and folded so that two spellings of one thing are seen to be one."""

import re
import unicodedata
from typing import Final

from app.vocabulary import fold

# A word with the signs that make it another one: C++, C#, 40%, $5.
_WORD: Final = re.compile(r"[$€£]?\w+[+#%]*")
_APOSTROPHES: Final = re.compile("['’ʼ`]")
_SPACES: Final = re.compile(r"\s+")
# Controls other than tab and newline; what no database stores.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")

_ORDINARY: Final = re.compile(r"[\w\s.,;:!?()\[\]'’\"“”«»/&+#%$€£*•·…‐-―-]")


def clean(text: str) -> str:
    """Stripped, lines ended in one way, without controls and halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() else text
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_name(text: str) -> str:
    """The same for a text of one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def unaccented(text: str) -> str:
    """The text without accents, each character where it was."""
    if text.isascii():
        return text
    return "".join(letter if letter.isascii() or len(plain := fold(letter)) != 1 else plain for letter in text)


def words_of(text: str) -> list[str]:
    """The words of a text: lower case, without accents, punctuation and apostrophes."""
    return _WORD.findall(_APOSTROPHES.sub("", fold(text)).casefold())


def folded(text: str) -> str:
    """What two spellings of one thing share: "Node.js", "node JS" and "NodeJS", but not "C" and "C++"."""
    words = words_of(text)
    if not words:
        return unicodedata.normalize("NFKC", text).strip().casefold()
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(words))


def foreign_signs(text: str) -> set[str]:
    """Its signs that are neither of words nor ordinary punctuation: an emoji, a zero-width space, a bracket of HTML."""
    return {sign for sign in text if not _ORDINARY.fullmatch(sign)}
