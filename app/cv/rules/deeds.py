"""What somebody did in a job: a sentence about it as a line of a CV, in their own words."""

import re

from app.cv.rules.text import capital, trim

_OPENING = re.compile(
    r"^(?:(?:and|also|then|where|so|ok|well|mostly|mainly|basically|there|plus|oh|yes|yeah|sure|in addition"
    r"|there i|besides|while there)\b[, ]*){0,4}"
    r"(?:(?:i|we)\b(?:'ve| have| also| mostly| mainly| usually| then| was| am|'m| had)? )?(?:(?:also|mostly"
    r"|mainly|usually|responsible for)\b ?)?",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(r"^(?:i was |i am |i'm |was )?responsible for ", re.IGNORECASE)
_IRREGULAR = (
    "made|ran|led|built|grew|cut|wrote|taught|drove|won|sold|held|kept|oversaw|set|brought|took|did|got|found"
    "|dealt|met|sent"
    "|spent|gave|chose|began|put|rewrote|rebuilt|shipped|helped|bought|caught|fed|paid|spoke|saw|shot|drew"
    "|became|lead|run|manage"
    "|build|design|develop|write|maintain|handle|support|train|coordinate|organise|organize|analyse|analyze|plan"
    "|create|teach"
    "|supervise|test|deliver|prepare|oversee|drive|mentor|review|work on|look after|looked|take care"
)
_VERB = re.compile(rf"(?:[a-z-]{{2,20}}(?:ed|ised|ized)|{_IRREGULAR}|responsible for)\b", re.IGNORECASE)
_GERUND = re.compile(r"[a-z]{2,18}ing\b", re.IGNORECASE)
_NOT_VERBS = frozenset(
    str.split(
        "need indeed red bed based used interested excited tired worried bored feed speed hundred located called "
        "named born married supposed talked graduated studied moved lived finished passed earned"
    )
)
_MINE = re.compile(
    r"^(?:[a-z]+ly,? |also |and |then |so |there,? |where |plus |in addition,? |we |i )*(?:i|we|and|where"
    r"|was responsible|were)?\b",
    re.IGNORECASE,
)


def is_deed(text: str) -> bool:
    """Whether a clause tells of something done: it begins with a verb, perhaps after "I" or "where I"."""
    return bool(told := _without_subject(text)) and len(told.split()) >= 2 and begins_with_verb(told)


def begins_with_verb(text: str) -> bool:
    """Whether a text begins with a word for something done."""
    match = _VERB.match(text)
    return bool(match and match.group().lower() not in _NOT_VERBS) or bool(
        _GERUND.match(text)
        and text.split(" ", maxsplit=1)[0].lower()
        not in ("during", "being", "something", "nothing", "anything", "king")
    )


def told_deed(text: str) -> str:
    """A clause as a line of a CV: without "I" before its verb, its first letter large, no stop at its end."""
    told = _without_subject(text)
    return capital(told if told and begins_with_verb(told) else trim(text))


def _without_subject(text: str) -> str:
    text = trim(text)[:2_000]
    if match := _RESPONSIBLE.match(text):
        return "responsible for " + text[match.end() :]
    match = _OPENING.match(text)
    return trim(text[match.end() :]) if match else text
