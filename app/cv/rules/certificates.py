"""Certificates and licences."""

import re
from collections.abc import Sequence

from app.cv.changes import Add, Patch
from app.cv.rules.periods import MARKS, Period, dated
from app.cv.rules.text import SENTENCE, TAKEN, capital, listed, trim

_WORD = r"(?:certificat(?:e|es|ion|ions)|certified|licen[cs]ed?|accreditation|credential)"
_KNOWN = (
    r"(?:PMP|PRINCE2|CCNA|CCNP|CISSP|CISM|CISA|CEH|OSCP|CFA|CPA|ACCA|CIMA|FRM|CKA|CKAD|CSM|PSM(?: I{1,3})?|CSPO"
    r"|ITIL(?: Foundation)?|TOEFL|IELTS|TOEIC|DELF|DALF"
    r"|CompTIA [A-Z]\w+\+?|Six Sigma(?: \w+ Belt)?|Lean Six Sigma(?: \w+ Belt)?|SHRM-CP|PHR|NEBOSH|CSCS|TEFL"
    r"|CELTA|BLS|ACLS|CPR|NCLEX(?:-RN)?|Series \d+)"
)
_PASSED = re.compile(
    r"\b(?:passed|got|obtained|earned|received|completed|hold|have|did|gained|achieved|renewed|also have"
    r"|took)\b(?: my| the| an?| also| both)* (?P<what>[^.!?;\n]{2,160})",
    re.IGNORECASE,
)
_CERTIFIED = re.compile(
    r"\b(?:i'm|i am|im|am|as) (?:also )?(?:an? )?(?P<what>[^.!?;\n]{0,60}\bcertified [^.!?;,\n]{2,80})", re.IGNORECASE
)
_CERTIFIED_IN = re.compile(r"\bcertified (?:in|for) (?P<what>[^.!?;\n]{2,120})", re.IGNORECASE)
_NOTHING = re.compile(
    r"\b(?:don't|do not|no|never|without|haven't|any|should|would|want|planning|plan to|studying for"
    r"|working towards?)\b",
    re.IGNORECASE,
)
_END = re.compile(
    rf"[,;:(]| (?:last|this|in|from|when|while|which|that|where|back|recently|by|at|for|two|three|\d+ years)\b"
    rf"|[{MARKS}]| and (?=i\b|my\b|hold\b|passed\b|have\b|got\b)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:also |an? |the |my |of |certified (?:as|in) )+|\s+(?:certificates?|certifications?|exam|test|course)$",
    re.IGNORECASE,
)
_AND = re.compile(
    r",? and (?:(?:i|also) )*(?=(?:hold|passed|got|have|obtained|earned|received|completed|am|i'm)\b|i )", re.IGNORECASE
)


def read_certificates(sentence: str) -> Patch:
    """The certificates that a sentence says somebody has."""
    if (
        len(sentence) > SENTENCE
        or not re.search(rf"\b(?:{_WORD}|{_KNOWN})", sentence, re.IGNORECASE)
        or _NOTHING.search(sentence)
    ):
        return ()
    marked = dated(sentence)
    found: list[str] = []
    for clause in _AND.split(marked.text):
        found += _of_clause(clause, marked.within(clause))
    return certificate_changes(found)


def _of_clause(clause: str, periods: Sequence[Period]) -> list[str]:
    year = next((period.last for period in periods if period.last), "")
    if match := _CERTIFIED_IN.search(clause):
        return [_with(name, year) for name in listed(_cut(match["what"]))]
    if match := _CERTIFIED.search(clause):
        return [_with(_named(match["what"]), year)]
    match = _PASSED.search(clause)
    if match and re.search(rf"\b(?:{_WORD}|{_KNOWN})", match["what"], re.IGNORECASE):
        names = [_named(part) for part in re.split(r" and (?:the |an? |my )?", _cut(match["what"]))]
        return [_with(name, year) for name in names if name]
    return []


def _cut(text: str) -> str:
    end = _END.search(text)
    return text[: end.start()] if end and end.start() > 1 else text


def _named(text: str) -> str:
    said = trim(_cut(text))
    for _ in range(2):
        said = trim(_NOISE.sub("", said))
    return said


def _with(name: str, date: str) -> str:
    return f"{capital(name)} ({date[-4:]})" if date and name else capital(name)


def read_listed(lines: Sequence[str]) -> Patch:
    """The certificates of a list."""
    found: list[str] = []
    for line in lines:
        said = read_certificates(line)
        if said:
            found += [value for change in said if isinstance(change, Add) for value in change.values]
        else:
            found += [trim(item) if item[-1:] != "+" else item for item in listed(line)]
    return certificate_changes([capital(name) for name in found])


def certificate_changes(names: Sequence[str]) -> Patch:
    """Certificates as changes."""
    kept = tuple(name for name in names if 2 <= len(name) <= 120 and TAKEN not in name and len(name.split()) <= 12)
    return (Add(path="skills.certifications", values=kept),) if kept else ()
