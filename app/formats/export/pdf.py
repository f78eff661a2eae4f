"""A page as a PDF, set by typst from templates of ours.

The page reaches the template as JSON in an input of its own, so no text of it is ever markup, code or a path; the
templates load nothing but each other. The same page gives the same bytes.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from app.formats.export.fonts import fonts, missing_in
from app.formats.export.outline import Outline

TEMPLATES = Path(__file__).with_name("templates")
_UNSEEN = frozenset({"Cf", "Mn", "Zs"})
"""The kinds of what is left of an emoji: joiners, marks that choose its form, spaces."""
_BESIDES = frozenset({"label", "title", "address"})


def render_pdf(page: Outline, *, template_code: str, title: str) -> tuple[bytes, str]:
    """The PDF, and the characters that were left out because no font has them."""
    told = asdict(page) | {"title": title}
    text = "".join(_texts_in(told))
    left_out = "".join(missing_in(text))
    told = _without(dict.fromkeys(map(ord, left_out)), told) if left_out else told
    shown = json.dumps(told | _script_of(text), ensure_ascii=False)
    pdf: Any = typst.compile(
        str(TEMPLATES / f"{template_code}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"page": shown},
        format="pdf",
    )
    return bytes(pdf), left_out


def _texts_in(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts_in(inner)


def _without(left_out: dict[int, None], part: Any) -> Any:
    """A part of the page without these characters, nor what is nothing without them: an item, an entry, a section."""
    if isinstance(part, str):
        left = part.translate(left_out).strip()
        return left if any(unicodedata.category(sign) not in _UNSEEN for sign in left) else ""
    if isinstance(part, dict):
        return {name: _without(left_out, inner) for name, inner in part.items()}
    if isinstance(part, list | tuple):
        return [inner for inner in (_without(left_out, one) for one in part) if _shows(inner)]
    return part


def _shows(part: Any) -> bool:
    """Whether there is more of an item than the label of a group, the title of a section, the address of a contact."""
    if isinstance(part, dict):
        return any(inner for name, inner in part.items() if name not in _BESIDES)
    return bool(part)


def _script_of(text: str) -> dict[str, Any]:
    """Whether the page runs from right to left, which forms its Chinese characters have, and its language, roughly."""
    letters = [sign for sign in text if sign.isalpha() and sign > "\u007f"]
    from_the_right = sum(unicodedata.bidirectional(sign) in ("R", "AL") for sign in letters)
    kana = any("\u3040" <= sign <= "\u30ff" for sign in letters)
    hangul = any("\uac00" <= sign <= "\ud7a3" for sign in letters)
    from_the_left = sum(sign.isalpha() and unicodedata.bidirectional(sign) == "L" for sign in text)
    return {
        "rtl": from_the_right > from_the_left,
        "han": "JP" if kana else "KR" if hangul else "SC",
        "lang": "ja" if kana else "ko" if hangul else "en",
    }
