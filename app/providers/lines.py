"""Which lines of a resume name something without showing it in use."""

import re
from typing import Final

from app.providers.base import Line

BULLET: Final = "- "
CERTIFICATE: Final = "Certificate:"
INTEREST: Final = "Interest:"
# "Go, Raft, Consensus": names side by side, none longer than three words and without a verb's "and".
_FIRST_WORDS = r"[^\s,.;:]+(?: [^\s,.;:]+){0,2}"
_WORDS = r", (?!and |et )[^\s,;:]+(?: (?!and |et )[^\s,;:]+){0,2}"
KEYWORDS = re.compile(rf"(?!.*\d%){_FIRST_WORDS}(?:{_WORDS})+")


def only_lists(line: Line) -> bool:
    """Whether a line names skills without showing them in use: a list, a certificate, an interest."""
    text = line.text.removeprefix(BULLET)
    return (
        line.section == "skills"
        or text.startswith((CERTIFICATE, INTEREST))
        or (line.section in ("work", "projects") and not is_header(line) and bool(KEYWORDS.fullmatch(text)))
    )


def is_header(line: Line) -> bool:
    """Whether a line is only the name of its job, project or course."""
    return line.text == line.item
