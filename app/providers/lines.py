"""Which lines of a resume name something without showing it in use."""

import re
from typing import Final

from app.providers.base import Line
from app.vocabulary import mentions

BULLET: Final = "- "
CERTIFICATE: Final = "Certificate:"
INTEREST: Final = "Interest:"
# "Go, Raft, Consensus": names side by side, none longer than three words and without a verb's "and".
_FIRST_WORDS = r"[^\s,.;:]+(?: [^\s,.;:]+){0,2}"
_WORDS = r", (?!and |et )[^\s,;:]+(?: (?!and |et )[^\s,;:]+){0,2}"
KEYWORDS = re.compile(rf"(?!.*\d%){_FIRST_WORDS}(?:{_WORDS})+")
# What may stand around the names of a list, which makes no deed of them: "Technologies: Python, SQL (5+ years)".
AROUND_NAMES: Final = frozenset(
    str.split(
        "and or with in of the a an i my also plus using skilled experienced proficient expert expertise experience "
        "knowledge familiar familiarity skills skill tools tool technologies technology technical tech stack keywords "
        "environment languages language frameworks strong solid advanced basic years year months etc various including "
        "et ou avec de des du d en la le les l un une outils outil environnement technique techniques competences "
        "competence maitrise connaissance connaissances langages ans annees mots cles utilises utilisees"
    )
)
WORDS_A_NAME = 5  # a longer line than that for each skill in it says more than their names


def only_lists(line: Line) -> bool:
    """Whether a line names skills without showing them in use: a list, a certificate, an interest."""
    text = line.text.removeprefix(BULLET)
    if line.section == "skills" or text.startswith((CERTIFICATE, INTEREST)):
        return True
    if line.section not in ("work", "projects", "summary") or is_header(line):
        return False
    return (line.section != "summary" and KEYWORDS.fullmatch(text) is not None) or _names_only(text, len(line.terms))


def is_header(line: Line) -> bool:
    """Whether a line is only the name of its job, project or course."""
    return line.text == line.item


def _names_only(text: str, skills: int) -> bool:
    """Whether nothing of a text is left without the skills that it names (so many) and what may stand around them."""
    if not skills or len(text.split()) > WORDS_A_NAME * skills:
        return False
    tokens, found = mentions(text)
    named = {at for mention in found for at in range(mention.start, mention.stop)}
    return all(at in named or token in AROUND_NAMES or not token[0].isalpha() for at, token in enumerate(tokens))
