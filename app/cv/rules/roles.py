"""Whether words are the title of a job."""

import re
from functools import cache
from pathlib import Path

from app.cv.rules.text import trim
from app.vocabulary import fold

ROLES = Path(__file__).with_name("roles.txt")
_ENDINGS = re.compile(r"(?:eer|ist|ician|ologist|person|woman|keeper|maker)$")
_NO_ROLES = frozenset({"career", "list", "exist", "checklist", "wishlist", "shortlist", "beer", "peer"})
_NO_TITLES = re.compile(
    r"\b(?:beginner|newcomer|learner|team player|hard worker|good|great|bit|looking|mother|father|person|people|my|your"
    r"|years?|native|speaker|fast|quick|member of|user|reader|lover|fan)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'./&+-]*|&|\d+")
_ARTICLE = re.compile(r"(?:an?|the|their|its?)\s+", re.IGNORECASE)


def is_title(words: str) -> bool:
    """Whether the words are a job's title, as far as its last word tells, or the one before "of"."""
    if len(words) > 80 or _NO_TITLES.search(words):
        return False
    named = [fold(word).lower().strip(".'") for word in _WORD.findall(words)]
    if not 1 <= len(named) <= 7:
        return False
    heads = [named[-1]] + [named[at - 1] for at, word in enumerate(named) if word in ("of", "for") and at]
    return any(is_role(head) for head in heads)


def is_role(word: str) -> bool:
    """Whether one word, in lower case, says what somebody does for a living."""
    parts = word.rsplit("/", maxsplit=1)[-1].split("-")
    last = parts[-1]
    return word in _roles() or last in _roles() or (bool(_ENDINGS.search(last)) and last not in _NO_ROLES)


def without_article(words: str) -> str:
    """The words without the article before them."""
    words = trim(words)
    found = _ARTICLE.match(words)
    return words[found.end() :] if found and words[: found.end()].islower() else words


@cache
def _roles() -> frozenset[str]:
    lines = ROLES.read_text(encoding="utf-8").splitlines()
    return frozenset(word.strip() for line in lines if not line.startswith("#") for word in line.split(","))
