"""A message as the rules see it: plain signs, sentences, listed things, names. All of it takes linear time."""

import re
from collections.abc import Iterable, Iterator

from app.vocabulary import fold

LIMIT = 20_000
SENTENCE = 1_000
TAKEN = "\ue000"
"""Stands where something was taken out, so that what stood around it is not read as one phrase."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\t": " "})
_SPACES = re.compile(r"[ \r\f\v\u2000-\u200b\u202f]+")
_END = re.compile(r"(?<![.!?…])[.!?…]+[)\"']*(?= )")
_LAST_WORD = re.compile(r"[\w.'&]{1,12}$")
_BEFORE_A_DOT = frozenset(
    str.split(
        "st inc dr mr ms mrs ltd co corp prof jr sr no e.g i.e b.sc m.sc b.a m.a ph.d vs approx dept univ bros ave"
    )
)
_GOES_ON = frozenset(["inc", "ltd", "co", "corp", "jr", "sr", "ph.d", "b.sc", "m.sc", "b.a", "m.a"])
_SUBJECTS = ("i ", "i'", "my ", "we ", "before ", "then ", "also ", "skills", "at ", "in ", "from ", "since ")
_LIST = re.compile(r"\s*(?:[,;|•·\n]|\s/\s|\s\+\s)\s*(?:(?:and|or|plus|also|as well as)\s)?|\s+(?:and|plus|also)\s+")
_EDGE = ' \t\n.,;:!?-–—|/•·*"' + TAKEN
PARTICLES = frozenset(
    str.split("van der den de da das do dos del della di la le du von zu zur bin ben al el ter y e ibn")
)
ACRONYMS = frozenset(
    str.split(
        "ux ui hr it qa ml ai ceo cto cfo coo vp sre pr seo sql aws html css php gis bi api apis crm erp sap gcp "
        "nlp hplc k8s json xml etl ci cd usa uk us eu ny nyc la sf dc ii iii iv"
    )
)
_SMALL = frozenset(["of", "and", "for", "in", "at", "the", "to", "on", "a", "an", "with", "de"])


def tidy(message: str) -> str:
    """The message with plain quotation marks and spaces, its lines kept, and no more of it than anybody writes."""
    lines = message[:LIMIT].translate(_PLAIN).replace("\r\n", "\n").split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()


def sentences(line: str) -> Iterator[str]:
    """The sentences of a line, without the dots of abbreviations taken for ends."""
    start = 0
    for end in _END.finditer(line):
        following = line[end.end() + 1 : end.end() + 12]
        before = _LAST_WORD.search(line, max(start, end.start() - 12), end.start())
        word = before.group().lower() if before else ""
        if end.group()[0] == "." and (word in _BEFORE_A_DOT or (len(word) == 1 and word.isalpha() and word != "i")):
            begins_anew = word in _GOES_ON and following.lower().startswith(_SUBJECTS)
            if not begins_anew:
                continue
        yield line[start : end.end()].strip()
        start = end.end()
    if rest := line[start:].strip():
        yield rest


def listed(text: str) -> list[str]:
    """The things of a list, whether commas, signs, lines or words stand between them; brackets are kept together."""
    found: list[str] = []
    depth_safe = _close_brackets(text)
    start = 0
    for gap in _LIST.finditer(depth_safe):
        found.append(text[start : gap.start()])
        start = gap.end()
    found.append(text[start:])
    return [item for item in (trim(item) for item in found) if item]


def _close_brackets(text: str) -> str:
    """The text with what stands in brackets blanked, so that no list is split there."""
    return re.sub(r"\([^()\n]{0,80}\)", lambda match: "x" * len(match.group()), text)


def trim(text: str) -> str:
    """The text without the spaces and signs around it."""
    return text.strip(_EDGE)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def as_title(text: str) -> str:
    """A title or a name as it is printed; what somebody wrote with capitals stays."""
    words = text.split()
    return " ".join(_printed(word, is_first=index == 0) for index, word in enumerate(words))


def _printed(word: str, *, is_first: bool) -> str:
    if word != word.lower():
        return word
    if word in ACRONYMS:
        return word.upper()
    if word in _SMALL and not is_first:
        return word
    return "-".join(capital(part) for part in word.split("-"))


def plain(text: str) -> str:
    """The text for comparing: lower case, without accents or signs."""
    return " ".join(re.findall(r"[\w+#]+", fold(text).lower()))


def leading_name(text: str, *, most: int = 5) -> str:
    """The capitalised words that a text begins with; small words of names ("van der") between them count."""
    found: list[str] = []
    for word in text.split(" ")[: most + 1]:
        core = word.strip('()"')
        bare = core.rstrip(".,;:!?" + TAKEN)
        if not bare or not (bare[0].isupper() or (found and bare in PARTICLES)):
            break
        if not all(sign.isalpha() or sign in "'-.&" for sign in bare):
            break
        found.append(bare)
        if core != bare and not (core == bare + "." and len(bare) <= 2):
            break
    while found and found[-1] in PARTICLES:
        found.pop()
    return " ".join(found[:most])


def lower_words(text: str, stop: frozenset[str], most: int = 4) -> str:
    """The words that a text begins with, up to a sign or a word that `stop` has; for those who write no capitals."""
    found: list[str] = []
    for word in text.split(" ")[:most]:
        bare = word.strip(".,;:!?()" + TAKEN)
        if not bare or bare.lower() in stop or not all(sign.isalpha() or sign in "'-." for sign in bare):
            break
        found.append(bare)
        if word[-1] in ".,;:!?)" + TAKEN:
            break
    return " ".join(found)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts in their order, each once however it is written."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(plain(text) or text, text)
    return tuple(kept.values())
