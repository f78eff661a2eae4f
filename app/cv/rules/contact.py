"""How somebody is reached: e-mail, phone, LinkedIn and a website, found wherever they stand in a message."""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email
from phonenumbers import Leniency, PhoneNumberMatcher

from app.cv.changes import Patch, Set
from app.cv.rules.text import TAKEN

_EMAIL = re.compile(r"(?<![\w.+%@-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.UNICODE)
_URL = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>\"',;|]{3,300}|www\.[^\s<>\"',;|]{3,300}"
    r"|(?:[a-z0-9-]{1,40}\.){1,4}(?:com|org|net|io|dev|me|co|ai|app|eu|uk|de|fr|es|it|nl|pl|pt|ch|at|be|ca|us|info"
    r"|design|tech|page|site|blog|xyz|online|portfolio|in|name|pro|work|studio|art|photography)\b(?:/[^\s<>\"',;"
    r"|]{0,200})?)",
    re.IGNORECASE,
)
_PHONE_WORDS = re.compile(
    r"\b(?:phone|mobile|cell|call|tel|telephone|number|reach|whatsapp|text me|contact)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:\b(?:my )?(?:e-?mail|phone|mobile|cell|tel|telephone|linked ?in|website|portfolio|web ?site)"
    r"(?: (?:address|number|profile|page|no))?\.?(?: (?:is|at|are|number is))?\s?[:=-]?\s?)$",
    re.IGNORECASE,
)
_PHONE_TEXT, _AROUND = 2_000, 200
_NEGATED = re.compile(
    r"\b(?:not|isn't|instead of|rather than|old|wrong)\s*(?:email|phone|number|one|is|was)?\s*:?\s*$", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:references?|referees?|employer(?:'s)?|bosses|boss(?:'s)?|colleagues?(?:'s)?|co-?workers?(?:'s)?|friends?'s?"
    r"|recruiter's)\b"
    r"|\b(?:my|our|his|her|their|the company's) "
    r"(?:(?!name|title|job|role|position|is|was|am|are|as|e-?mail|phone)[\w'-]+ ){0,2}?"
    r"(?:manager|supervisor|friend|partner|wife|husband|mother|father|mum|mom|dad|brother|sister|son|daughter|cousin"
    r"|assistant|secretary|team leader|neighbou?r|landlord|company|office|agency|clients?)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bmy (?:own |personal |private |new |work )*(?:e-?mail|mail|phone|mobile|cell|number|address|contact|tel"
    r"|telephone|linked ?in|web ?site|portfolio|github)\b|\bmine\b|\bmy own\b"
    r"|\b(?:reach|call|e-?mail|contact|text|find) me\b|\bi'm\b|\bi am\b|\bi can be\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?= )")
_CLAUSE_END = re.compile(r"[,;!?\n]|\.(?= )|\bbut\b|\band\b")
_DENIAL = re.compile(
    r"\b(?:don't|do not|doesn't|didn't|never|not|no longer|isn't|wasn't|cannot|can't|won't|remove|delete|drop|erase"
    r"|leave out|take out|without|stop using)\b(?! forget| only| just| hesitate)",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\s*(?:is|was|are) (?:not|no longer|wrong|old|incorrect|outdated)\b|\s*isn't\b", re.IGNORECASE
)
_DATES = re.compile(
    r"\b(?:(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d|(?:19|20)\d\d(?:[/-](?:0[1-9]|1[0-2]))?(?=\s?[-–—]|\s?to\b|[),]))(?!\d)"
)
# A number without its country is read as one of here; with a zero before it, as one of where numbers begin so.
_REGIONS = ("US", "GB", "DE")


def read_contact(text: str) -> tuple[Patch, str]:
    """What the text says of how to reach somebody, and the text without it."""
    spans = [*_emails(text), *_urls(text)]
    spans += _phones(_blanked(text, [(start, end) for start, end, _, _ in spans]))
    told = [span for span in sorted(spans) if _is_own(text, span[0], span[1])]
    found = {path: value for _, _, path, value in told}
    patch = tuple(Set(path=f"personal_info.{name}", value=value) for name, value in found.items())
    return patch, _without(text, sorted((start, end) for start, end, _, _ in spans))


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether nothing around what stands from `start` to `end` takes it back or says that it is somebody else's."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if _NEGATED.search(before[-30:]) or _DENIED_AFTER.match(after):
        return False
    ends = list(_CLAUSE_END.finditer(before))
    if _DENIAL.search(before[ends[-1].end() if ends else 0 :]):
        return False
    stops = [match.end() for match in (*_SENTENCE_END.finditer(before), *_OWN.finditer(before))]
    following = _CLAUSE_END.search(after)
    behind = after[: following.start()] if following else after
    return not (_OTHERS.search(before[max(stops, default=0) :]) or (not _OWN.search(behind) and _OTHERS.search(behind)))


def _emails(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _EMAIL.finditer(text):
        written = match.group().rstrip(".-")
        try:
            # Names kept for examples are what people type while they try the service out.
            validate_email(written, check_deliverability=False, test_environment=True)
        except EmailNotValidError as refused:
            if "special-use" not in str(refused):
                continue
        yield match.start(), match.start() + len(written), "email", written


def _urls(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _URL.finditer(text):
        written = match.group().rstrip(".,;:!?)")
        host = re.sub(r"^https?://", "", written.lower())
        if "@" in host.split("/")[0] or text[match.end() : match.end() + 1] == "@":
            continue
        if not written.lower().startswith(("http", "www")) and "/" not in written and _is_a_name(text, match):
            continue
        path = "linkedin" if "linkedin." in host.split("/")[0] else "website"
        yield match.start(), match.start() + len(written), path, written


def _is_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like an address is the name of a shop or a tool: "Booking.com", "Monday.com"."""
    before = text[max(0, match.start() - 40) : match.start()].lower()
    return not re.search(
        r"site|web|portfolio|blog|page|online|find|link|visit|url|at:?\s*$|^\s*$|\n\s*$|[|,;]\s*$", before
    )


def _phones(text: str) -> Iterator[tuple[int, int, str, str]]:
    if not re.search(r"\d[^\n]{0,5}\d", text):
        return
    text = _DATES.sub(lambda match: " " * len(match.group()), text)
    seen: set[int] = set()
    for start in range(0, len(text), _PHONE_TEXT):
        piece = text[start : start + _PHONE_TEXT]
        found = [one for region in _REGIONS for one in _phones_of(piece, start, region)]
        for one in sorted(found, key=lambda one: one[0] - one[1]):
            if seen.isdisjoint(range(one[0], one[1])):
                seen.update(range(one[0], one[1]))
                yield one


def _phones_of(piece: str, offset: int, region: str) -> Iterator[tuple[int, int, str, str]]:
    """The numbers of a piece; a bare run of digits only where something says that it is a phone's."""
    for match in PhoneNumberMatcher(piece, region, Leniency.POSSIBLE, 20):
        written = match.raw_string.strip()
        line = piece[max(0, match.start - 40) : match.start].rpartition("\n")[2]
        told = bool(_PHONE_WORDS.search(line)) or written.startswith(("+", "(", "0"))
        grouped = len(re.findall(r"\d+", written)) >= 3
        alone = not piece[: match.start].rpartition("\n")[2].strip(" -:|,")
        if sum(sign.isdigit() for sign in written) >= 7 and (told or grouped or alone):
            yield offset + match.start, offset + match.start + len(match.raw_string), "phone", written


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with a sign in place of each span and of the words that announce it."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start < at:
            continue
        before = text[at:start]
        label = _LABEL.search(before[-60:])
        parts += [before[: len(before) - len(label.group())] if label else before, TAKEN]
        at = end
    return "".join([*parts, text[at:]])
