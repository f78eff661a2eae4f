"""Jobs in sentences: "I was a data analyst at Shopwise in Chicago from 2017 to 2021, where I built dashboards"."""

import re
from dataclasses import dataclass, field, replace

from app.cv.rules.deeds import is_deed, told_deed
from app.cv.rules.locations import leading_place
from app.cv.rules.periods import MARKS, NOW, Dated, Period, dated
from app.cv.rules.roles import is_title, without_article
from app.cv.rules.text import SENTENCE, as_title, leading_name, trim

_M = f"[{MARKS}]"
_AT = re.compile(
    r"(?:\b(?P<at>at|for|with|by)|(?P<sign>@)|\b(?P<joined>joined|joining)) (?:(?:an? "
    r"|the )(?:\w+ ){0,2}(?:company|startup|start-up|firm|agency|studio|business|charity|school|bank"
    r"|shop) (?:called |named )|the company )?",
    re.IGNORECASE,
)
_AS = re.compile(r"\b(?:as|to)(?: an?| the| their)? (?=\w)", re.IGNORECASE)
_WORKED = re.compile(
    r"\b(?:work\w{0,4}|wrkd|job|jobs|employ\w*|joined|joining|hired|position|role|interned|internship|freelanc\w*"
    r"|stint|promoted|served|started|spent|been|moved|years|taught|teach(?:ing)?)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    rf"[,;.]? (?:and )?(?:then|before that|before this|prior to that|after that|afterwards|previously|earlier)\b,?(?= )"
    rf"|(?<={_M})[,;]? (?:and )?(?=(?:at|for) [^\W\d_])"
    rf"|(?<={_M})[,;] (?:and )?(?=(?:an? )?[a-z][a-z -]{{2,40}} (?:at|@) )"
    rf"|[,;] (?:and )?(?={_M}(?! ?[,;)] ?(?!i\b)|$)|i (?:was|worked|work|am|also|did|joined)\b|i'm )"
    rf"|;|, (?:and )?(?:was|got)(?= promoted)| and (?:was|got|then)(?= promoted)| and (?=(?:i )?(?:worked"
    rf"|was) (?:at|for|an?|as)\b)",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    rf"[,;:!?()\n\"]|\.(?= |$)|{_M}| (?:in|as|from|since|until|where|for|on|which|who|when|while|doing|but|then"
    rf"|with|between"
    r"|during|because|i|i'm|we|my|at|to|of late|right|currently|now|job|position|role|whose|back|over|working"
    r"|managing)\b"
    r"| and (?=[a-z])| [-–—] |\ue000",
    re.IGNORECASE,
)
_NO_COMPANY = re.compile(
    r"(?:the moment|home|least|first|last|once|all|present|it|that|this|them|him|her|me|us|you|work|university"
    r"|school|college|night|the time"
    r"|myself|more|over|about|example|now|a while|an?|the|my|years?|many years|several|some|fun|free|fame|clients"
    r"|customers|people|wherever.*"
    r"|famous.*|whatever.*|the best.*|companies|big companies|a company|a startup|a bank|another.*|sales|help"
    r"|some .*|\d.*|teams?|others?|an? .*|(?:his|her|our|their|my) .*|\w+ (?:years?|months?|weeks?)\b.*)$",
    re.IGNORECASE,
)
_BEFORE_TITLE = re.compile(
    rf"\b(?:an?|as|was|am|were|been|be|is|i'm|im|being|my|their|currently|now|the|to|so|and|become|became|by|role"
    rf"|position|job)\b(?= )|[:,;.)({MARKS}]|[-–—] ",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:ied|ying|y)|degree|graduat\w+|bachelor\w*|master's|msc|bsc|phd|mba|course)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:never|not|no longer|anymore|don't|didn't|would like|want|hope|looking|apply\w*|applied|dream|wish"
    r"|like to|interested|if i)\b",
    re.IGNORECASE,
)
_AS_TITLE = re.compile(r" as an? ", re.IGNORECASE)
_TAUGHT = re.compile(r" ?(?:i )?(?:have )?(?:taught|teach) [a-z][\w ]{2,40}?(?= (?:at|in) )", re.IGNORECASE)
_SUFFIX = re.compile(r", (?:Inc|LLC|Ltd|GmbH|S\.?A|Corp|Co|PLC|LLP)\b\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as a sentence gives it, and what it says was done there."""

    title: str = ""
    company: str = ""
    location: str = ""
    period: Period = field(default_factory=Period)
    deeds: tuple[str, ...] = ()


def read_jobs(sentence: str) -> tuple[Job, ...]:
    """The jobs of one sentence, in its order; none if it tells of no job that was held."""
    if len(sentence) > SENTENCE or not re.search(
        r"\bat\b|\bfor\b|\bwith\b|@|\bas\b|join|promot|intern", sentence, re.IGNORECASE
    ):
        return ()
    marked = dated(sentence)
    found: list[Job] = []
    for clause in _clauses(marked):
        if found and _is_about_it(clause):
            found[-1] = replace(found[-1], deeds=(*found[-1].deeds, told_deed(clause)))
        elif job := _job(clause, marked, found[-1].company if found else ""):
            found.append(job)
    return tuple(found)


def _clauses(marked: Dated) -> list[str]:
    """The parts of a sentence that can be a job each; a part without one belongs to what stands before it."""
    parts: list[str] = []
    start = 0
    for gap in _SPLIT.finditer(marked.text):
        before, after = marked.text[start : gap.start()], marked.text[gap.end() :]
        if before.strip() and _has_anchor(before) and (_has_anchor(after) or is_deed(after)):
            parts.append(before)
            start = gap.end()
    return [part for part in (*parts, marked.text[start:]) if part.strip()]


def _has_anchor(text: str) -> bool:
    return bool(_AT.search(text) or re.search(r"\bpromoted to\b|\bas an? ", text, re.IGNORECASE))


def _is_about_it(clause: str) -> bool:
    return is_deed(clause) and not re.match(r" ?(?:i )?(?:worked|joined|was|work|promoted) ", clause, re.IGNORECASE)


def _job(clause: str, marked: Dated, before: str) -> Job | None:
    if _DENIED.search(clause) or _STUDIED.search(clause):
        return None
    promoted = re.search(r"\bpromoted to (?:an? |the )?", clause, re.IGNORECASE)
    if promoted and before:
        title = _title_from(clause[promoted.end() :])
        return Job(title=title, company=before, period=_period(clause, marked)) if title else None
    periods = _period(clause, marked)
    company, title, end = _company_and_title(clause, goes_on=bool(before) and periods != Period())
    if not company and not (title and periods != Period() and re.search(r"\bas an? ", clause, re.IGNORECASE)):
        return None
    location, end = _location(clause, end)
    deeds = (*_taught(clause), *_deeds(clause[end:]))
    return Job(title=title, company=company, location=location, period=periods, deeds=deeds)


def _taught(clause: str) -> tuple[str, ...]:
    """The subject that somebody taught: "I taught maths at IES Goya"."""
    found = _TAUGHT.match(clause)
    return (told_deed(found.group()),) if found else ()


def _company_and_title(clause: str, *, goes_on: bool) -> tuple[str, str, int]:
    """The employer, the title and where the later of both ends; `goes_on` where a clause with a job stands before."""
    for anchor in _AT.finditer(clause):
        left = clause[: anchor.start()]
        title = title_before(left)
        opens = not trim(left) and (goes_on or _AS_TITLE.search(clause, anchor.end()))
        if not (title or anchor["joined"] or opens or (_WORKED.search(left[-60:]) and anchor["at"])):
            continue
        if (
            anchor["at"]
            and anchor["at"].lower() in ("with", "by")
            and not (title or re.search(r"(?:work\w*|employed|been) $", left))
        ):
            continue
        company = _company(clause[anchor.end() :])
        worked = bool(_WORKED.search(left[-60:]))
        if _TAUGHT.match(clause) and not company[:1].isupper():
            continue
        if not company or (anchor["at"] and anchor["at"].lower() != "at" and company.islower() and not worked):
            continue
        end = anchor.end() + len(company)
        if not title and (named := _AS.search(clause, end)):
            title = _title_from(clause[named.end() :])
            end = clause.find(title.split(" ")[-1], named.end()) + len(title.split(" ")[-1]) if title else end
        shown = re.sub(r"^the ", "", company)
        return shown, as_title(title), end
    for named in _AS.finditer(clause):
        title = _title_from(clause[named.end() :])
        if title and _WORKED.search(clause):
            return "", as_title(title), named.end() + len(title)
    return "", "", 0


def _company(rest: str) -> str:
    rest = rest[:100]
    text = re.sub(r"\b(St|Dr|Mr|Mrs|Bros|Co)\.(?= )", "\\1\ue0ff", rest)
    end = _NAME_END.search(text)
    name = (text[: end.start()] if end else text).replace("\ue0ff", ".")
    if name[:1].isupper() or name.startswith(("the ", "The ")):
        joined = re.match(r" and (?=[A-Z])", rest[len(name) :])
        if joined and (more := leading_name(rest[len(name) + joined.end() :])) and "," not in name:
            name += joined.group() + more
        if suffix := _SUFFIX.match(rest, len(name)):
            name += suffix.group()
    name = trim(name) if not name.rstrip().endswith("Inc.") else name.strip()
    if not name or _NO_COMPANY.match(name) or len(name) > 70 or len(name.split()) > 8:
        return ""
    return name if name[:1].isupper() or name[:1].isdigit() or len(name.split()) <= 4 else ""


def title_before(left: str) -> str:
    """The title that ends a text: "I was a data analyst" has "data analyst"."""
    left = left.rstrip()[-90:]
    starts = [match.end() for match in _BEFORE_TITLE.finditer(left)]
    for start in (*reversed(starts), 0):
        said = trim(left[start:])
        if said and (is_title(said)):
            return re.sub(
                r"^(?:i|working|worked|work|formerly|previously|currently|first|started out|ok so) ",
                "",
                said,
                flags=re.IGNORECASE,
            )
        if len(said.split()) > 7:
            break
    return ""


def _title_from(rest: str) -> str:
    rest = rest[:90]
    end = re.search(
        rf"[,;:!?()\n.]|{_M}| (?:at|for|in|with|from|since|until|where|and|on|but|then|who|which|when|while|by"
        rf"|to)\b|\ue000",
        rest,
    )
    said = without_article(rest[: end.start()] if end else rest)
    return said if is_title(said) else ""


def _location(clause: str, end: int) -> tuple[str, int]:
    found = re.match(rf"[ ,{MARKS}]*(?:\bin (?:the )?|, ?|\()(?=\w)", clause[end : end + 60])
    if not found:
        return "", end
    start = end + found.end()
    place = leading_place(clause[start : start + 80])
    after = clause[start + len(place) : start + len(place) + 3]
    if not place or (
        place
        and "in" not in found.group()
        and "(" not in found.group()
        and after[:1] not in ("", ",", ".", ";", *MARKS, " ")
    ):
        return "", end
    return place, start + len(place)


def _period(clause: str, marked: Dated) -> Period:
    found = Period()
    for period in marked.within(clause):
        start = period.start or ("" if period.end else period.single)
        found = Period(start=found.start or start, end=found.end or period.end)
    goes_on = NOW.search(clause) and not re.search(r"\bwas\b|\bworked\b", clause)
    if goes_on and not found.end:
        found = replace(found, end="Present")
    return found


def _deeds(rest: str) -> tuple[str, ...]:
    """What the rest of a job's sentence says was done there."""
    rest = trim("".join(sign for sign in rest if sign not in MARKS))
    rest = re.sub(r"^(?:and|where|there|in which|when)\b[, ]*", "", rest, flags=re.IGNORECASE)
    return (told_deed(rest),) if is_deed(rest) and len(rest.split()) >= 3 else ()
