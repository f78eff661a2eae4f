"""Which lines of a resume name something without showing it in use."""

import re
from typing import Final

from app.kinds import spoken_languages
from app.providers.base import Line
from app.vocabulary import mentions, words

BULLET: Final = "- "
CERTIFICATE: Final = "Certificate:"
INTEREST: Final = "Interest:"
AWARD: Final = "Award:"
LANGUAGE: Final = "Language:"
# "Go, Raft, Consensus": names side by side, none longer than three words and without a verb's "and".
_FIRST_WORDS = r"[^\s,.;:]+(?: [^\s,.;:]+){0,2}"
_WORDS = r", (?!and |et )[^\s,;:]+(?: (?!and |et )[^\s,;:]+){0,2}"
KEYWORDS = re.compile(rf"(?!.*\d%){_FIRST_WORDS}(?:{_WORDS})+")
# Words around the names of a list that make no deed of them: "Technologies: Python, SQL (5+ years)".
AROUND_NAMES: Final = words(
    "skilled experienced proficient proficiency expert expertise experience knowledge knowledgeable know familiar "
    "familiarity exposure skills tools technologies technical tech stack keywords environment languages frameworks "
    "platforms strong strengths solid advanced basic core key main relevant daily day highly hands used using use "
    "worked working work responsible years months various including include competencies competences environnement "
    "technique outils maîtrise parfaite connaissances langages ans années mots clés utilisés utilisation"
)
LIST_SIGNS = frozenset(",;|•·.")
WORDS_A_NAME = 12  # a longer line than that for each skill in it says more than their names
NAMES_IN_A_TITLE = {"education": 3}  # "Bachelor, software engineering and statistics"
NAMES_IN_ANY_TITLE = 2


def only_lists(line: Line) -> bool:
    """Whether a line names skills without showing them in use: a list, a certificate, an interest, a title of many."""
    text = line.text.removeprefix(BULLET)
    if line.section == "skills" or text.startswith((CERTIFICATE, INTEREST)):
        return True
    if is_header(line):
        return len(line.terms) > NAMES_IN_A_TITLE.get(line.section, NAMES_IN_ANY_TITLE)
    if line.section == "education":
        return False
    return (line.section in ("work", "projects") and KEYWORDS.fullmatch(text) is not None) or _mostly_names(line, text)


def is_header(line: Line) -> bool:
    """Whether a line is only the name of its job, project or course."""
    return line.text == line.item


def _mostly_names(line: Line, text: str) -> bool:
    """Whether a text says hardly more than the skills that it names: no word beside two, or six beside eight.

    A word alone between commas is no more than another name. "Fluent in French" is no such list, and one award is for
    one thing.
    """
    entry = line.item or text
    if line.section == "other" and not line.item:
        text = text.partition(": ")[2]  # without "Publication"
    if not line.terms or len(text.split()) > WORDS_A_NAME * len(line.terms) or entry.startswith(LANGUAGE):
        return False
    tokens, found = mentions(text)
    names = {mention.term for mention in found} - spoken_languages()
    if len(names) <= NAMES_IN_ANY_TITLE and entry.startswith(AWARD):
        return False
    named = {at for mention in found for at in range(mention.start, mention.stop)}
    alone = {
        at for at in range(1, len(tokens)) if tokens[at - 1] in LIST_SIGNS and (*tokens, ",")[at + 1] in LIST_SIGNS
    }
    beside = words(" ".join(token for at, token in enumerate(tokens) if at not in named | alone)) - AROUND_NAMES
    return len(beside) < max(1, len(names) - 1)
