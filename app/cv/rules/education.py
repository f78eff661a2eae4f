"""Courses of study, from sentences and from lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.cv.changes import Patch, Put
from app.cv.rules.locations import place_said
from app.cv.rules.periods import MARKS, Period, dated
from app.cv.rules.text import SENTENCE, as_title, capital, leading_name, trim

_DEGREE = re.compile(
    r"\b(?:(?P<of>(?:bachelor|master|doctor|associate)(?:'?s)?(?: degree)? of (?:science|arts|engineering"
    r"|commerce|laws?|education|fine arts"
    r"|business administration|philosophy|technology|medicine|nursing|architecture|public health|applied science"
    r"|music|social work|design))"
    r"|(?P<plain>(?:bachelor|master|associate|doctorate|doctoral|undergraduate|graduate|postgraduate|honou?rs"
    r"|foundation)(?:'?s)?(?: degree| diploma)?)"
    r"|(?P<short>B\.?Sc|M\.?Sc|B\.?A|M\.?A|B\.?S|M\.?S|B\.?Eng|M\.?Eng|B\.?Com|M\.?Com|BTech|B\.Tech|MTech"
    r"|M\.Tech|BBA|MBA|EMBA|LL\.?B|LL\.?M|J\.?D|M\.?D"
    r"|Ph\.?D|DPhil|MPhil|MRes|MPH|MFA|BFA|B\.?Ed|M\.?Ed|(?-i:BArch|MArch)|BCA|MCA|PGCE|PGDip|HND|HNC|BTEC|GED"
    r"|MPA|MSW|BSN|MSN|DNP|Abitur|A[- ]levels?|GCSEs?)"
    r"|(?P<other>high school diploma|college diploma|diploma|vocational training|apprenticeship|doctorate"
    r"|baccalaur[eé]at|degree))\b\.?",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:ied|y|ying) (?!how|to )|graduat(?:ed|ing) (?:from|in|with|at)|majored in|went to (?=[A-Z])"
    r"|attend(?:ed|ing) |finished (?:school|college|university)|graduated (?:high school|college|university))",
    re.IGNORECASE,
)
_OF_MICROSOFT = re.compile(
    r" (?:Office|Word|Excel|Project|Teams|SQL|Access|PowerPoint|Outlook|Dynamics)\b", re.IGNORECASE
)
_SHORT_IS_WORD = frozenset({"ma", "ba", "ms", "bs", "md", "jd", "as"})
_INSTITUTION = re.compile(
    r"\b(?:university|universit[àáäéyt]\w*|universidad\w*|universidade|uniwersytet|universiteit|college|institute"
    r"|institut\w*|school|academy|polytechnic|politecnico|polit[eé]cnica"
    r"|politechnika|hochschule|fachhochschule|[eé]cole|escuela|facultad|conservatory|conservatoire|lyc[eé]e"
    r"|gymnasium|academia|akademi\w*|uni)\b"
    r"|\b(?:MIT|UCL|LSE|ETH|EPFL|UCLA|NYU|USC|IIT|TU|KTH|INSEAD|HEC|Caltech|Oxford|Cambridge|Stanford|Harvard"
    r"|Yale|Princeton)\b",
    re.IGNORECASE,
)
_FIELD_END = re.compile(
    rf"[,;:!?()\n]|\.(?= |$)|[{MARKS}]| (?:at|from|in|and then|with|which|where|who|then|after|by|when|while|i|but"
    rf"|as|back|for|on|graduat\w+|class|during)\b| [-–—] |\ue000"
)
_INST_END = re.compile(
    rf"[,;:!?()\n]|\.(?= |$)|[{MARKS}]| (?:with|in(?! the)|from|which|where|who|and then|then|after|when|while|i"
    rf"|but|as|back|for|on|graduat\w+|class|during|doing|studying|majoring|last|before|to)\b| and (?=[a-z])"
    rf"| [-–—] |\ue000"
)
_DETAIL = re.compile(
    r"\b(?:gpa:?(?: of)? ?\d(?:[.,]\d{1,2})?(?: ?/ ?\d(?:\.\d)?)?|(?:first|second|upper second"
    r"|lower second)[- ]class(?: honou?rs)?|summa cum laude|magna cum laude|cum laude"
    r"|with (?:distinction|honou?rs|merit|high honou?rs)|first class|2:1|2:2|valedictorian|dean's list)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r";|,? and then |,? then |, and |,? followed by |(?<=[)\ue010-\ue01f]),? and (?:an?|my) | and (?=an? (?:msc"
    r"|master|mba|phd|ma|bsc|bachelor|doctor))",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"\b(?:don't have|never|no degree|not have|didn't|want to|would like|hope to|wherever|whatever|sounds best)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One course of study."""

    institution: str = ""
    degree: str = ""
    field_of_study: str = ""
    graduation_date: str = ""
    details: str = ""


def changes_of(studies: Sequence[Study]) -> Patch:
    """The studies as changes of a CV."""
    return tuple(put_of(study) for study in studies)


def put_of(study: Study, which: str = "") -> Put:
    """One study as a change."""
    fields = ("institution", "degree", "field_of_study", "graduation_date", "details")
    values = {name: getattr(study, name) for name in fields}
    return Put(section="education", which=which, values={name: value for name, value in values.items() if value})


def read_studies(sentence: str) -> tuple[Study, ...]:
    """The courses of study that a sentence tells of; none if it is about something else."""
    if len(sentence) > SENTENCE or _NOT_HELD.search(sentence):
        return ()
    if not (_degrees(sentence) or _STUDIED.search(sentence)):
        return ()
    marked = dated(sentence)
    parts, start = [], 0
    for gap in _SPLIT.finditer(marked.text):
        if _tells(marked.text[start : gap.start()]) and _tells(marked.text[gap.end() :]):
            parts.append(marked.text[start : gap.start()])
            start = gap.end()
    parts.append(marked.text[start:])
    return tuple(study for part in parts if (study := _study(part, _last(marked.within(part)))))


def read_study_line(line: str) -> Study | None:
    """A course of study in one line of a list: "BA History, Durham University, 2012 (First class honours)"."""
    marked = dated(line)
    details = [match.group() for match in _DETAIL.finditer(marked.text)]
    text = _DETAIL.sub(" ", marked.text)
    text = "".join("," if sign in MARKS + "()" else sign for sign in text)
    parts = [part for part in (trim(part) for part in re.split(r",|\||;| [-–—] |\t| at | from ", text)) if part]
    if not parts or len(parts) > 6:
        return None
    degree_at = next((at for at, part in enumerate(parts) if _degrees(part)), None)
    school_at = next((at for at, part in enumerate(parts) if at != degree_at and _INSTITUTION.search(part)), None)
    if degree_at is None and school_at is None:
        return None
    degree, field_name = _degree_and_field(parts[degree_at]) if degree_at is not None else ("", "")
    rest = [part for at, part in enumerate(parts) if at not in (degree_at, school_at)]
    institution = parts[school_at] if school_at is not None else next(iter(rest), "")
    rest = [part for part in rest if part != institution]
    if not field_name and school_at is not None and rest:
        field_name = rest[0] if len(rest[0].split()) <= 5 else ""
    return Study(
        institution=institution,
        degree=degree,
        field_of_study=as_title(field_name),
        graduation_date=_last(marked.periods),
        details=", ".join(details),
    )


def read_listed(lines: Sequence[str]) -> tuple[Study, ...]:
    """The courses of study of a list of lines; a line of nothing but details belongs to what stands before it."""
    return tuple(study for line in lines for study in (read_studies(line) if _is_sentence(line) else _line(line)))


def _line(line: str) -> tuple[Study, ...]:
    study = read_study_line(line)
    return (study,) if study else read_studies(line)


def _is_sentence(line: str) -> bool:
    return bool(re.search(r"\b(?:i|i've|my|studied|graduated|have|hold|did)\b", line, re.IGNORECASE))


def _tells(text: str) -> bool:
    return bool(_degrees(text) or _STUDIED.search(text))


def _degrees(text: str) -> list[re.Match[str]]:
    """What names a degree in a text; the bare word only where nothing says which degree it is."""
    found = [match for match in _DEGREE.finditer(text) if not _is_a_word(match, text)]
    named = [match for match in found if (match["other"] or "").lower() != "degree"]
    return named or found


def _is_a_word(match: re.Match[str], text: str) -> bool:
    """Whether what looks like a degree is an ordinary word here: "ma", "Ms. Chen", "I graduate"."""
    word = match.group().rstrip(".")
    if word == "MA" and re.search(r"[A-Z]\w+, $", text[: match.start()]) and place_said(text):
        return True
    if word == "MS" and _OF_MICROSOFT.match(text, match.end()):
        return True
    if match["short"] and word.lower() in _SHORT_IS_WORD:
        return not word.replace(".", "").isupper() or (
            text[match.end() - 1 : match.end() + 2].startswith(". ") and word == "MS"
        )
    before = text[max(0, match.start() - 4) : match.start()].lower()
    plain = (match["plain"] or "").lower()
    if plain and "degree" not in plain and "diploma" not in plain:
        if plain.rstrip("'s") in (
            "honour",
            "honor",
            "foundation",
            "graduate",
            "undergraduate",
            "associate",
            "postgraduate",
        ):
            return True
        following = text[match.end() : match.end() + 4]
        return before.endswith(("um ", "i ")) or not (
            following.startswith((" in", " at", " of", ",", " (", " fr")) or not following.strip()
        )
    return False


def _study(part: str, date: str) -> Study | None:
    degree, field_name = "", ""
    if found := _degrees(part):
        degree, field_name = _degree_and_field(part[found[0].start() :])
    elif studied := re.search(r"\b(?:studied|studying|study|majored in|graduated in|degree in) ", part, re.IGNORECASE):
        field_name = _field(part[studied.end() :])
    institution = _institution(part)
    if not field_name and (
        among := re.search(r"\b(?:with a major in|majoring in|majored in|studying|studied|in) (?=[A-Za-z])", part)
    ):
        said = _field(part[among.end() :])
        field_name = said if said and said.lower() not in institution.lower() else ""
    if not (institution or (degree and field_name)):
        return None
    details = ", ".join(match.group() for match in _DETAIL.finditer(part))
    return Study(
        institution=institution,
        degree=degree,
        field_of_study=as_title(field_name),
        graduation_date=date,
        details=details,
    )


def _degree_and_field(text: str) -> tuple[str, str]:
    """The degree and its field in a text that holds a degree: "BA History", "master's in statistics"."""
    match = _degrees(text)[0]
    degree = match.group().rstrip(".") if match.group().count(".") < 2 else match.group()
    rest = text[match.end() :]
    linked = re.match(r" ?(?:degree )?(?:\(hons\) )?(?:in|of)? ?(?:the )?", rest, re.IGNORECASE)
    rest = rest[linked.end() :] if linked else rest
    named = bool(linked and re.search(r"\b(?:in|of)\b", linked.group()))
    field_name = _field(rest)
    if not named and not (field_name[:1].isupper() or match["short"]):
        field_name = ""
    before = text[: match.start()]
    if not field_name and trim(before) and match["other"] == "degree" and len(trim(before).split()) <= 4:
        field_name = trim(re.sub(r"^.*\b(?:an?|my|have|hold) ", "", before))
    return capital(degree), field_name


def _field(text: str) -> str:
    text = text[:90]
    end = _FIELD_END.search(text)
    said = trim(text[: end.start()] if end else text)
    if len(said.split()) > 6 or _INSTITUTION.search(said) or re.match(r"(?:at|from|it|which|that)\b", said):
        return ""
    return said


def _institution(part: str) -> str:
    for match in re.finditer(r"\b(?:at|from|@|attended|to) (?:the )?", part):
        rest = part[match.end() : match.end() + 110]
        end = _INST_END.search(rest)
        said = trim(rest[: end.start()] if end else rest)
        if (
            said
            and len(said.split()) <= 9
            and (said[0].isupper() or _INSTITUTION.search(said))
            and said.lower() not in ("university", "school", "college", "uni")
        ):
            return said
    for piece in re.split(rf"[,;()]| [-–—] |[{MARKS}]", part):
        said = trim(re.sub(r"^.*\b(?:is|was) ", "", piece))
        if (
            _INSTITUTION.search(said)
            and leading_name(said[:1].upper() + said[1:], most=9)
            and len(said.split()) <= 8
            and not _degrees(said)
        ):
            return said
    return ""


def _last(periods: Sequence[Period]) -> str:
    dates = [period.last for period in periods if period.last not in ("", "Present")]
    return dates[-1] if dates else ""
