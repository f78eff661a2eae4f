"""What a posting asks for that no resume can answer: conditions of being employed, and what refers to lines unseen."""

import re
from collections.abc import Iterable

CONDITION = re.compile(
    r"\bcitizen|\bnationals?\b.{0,40}\b(?:resident|samoa|only|of)|\bclearance\b|\bbackground (?:check|investigation)"
    r"|\bdirect deposit|\bselective service|\bdrug[- ](?:test|screen)|\bfinancial disclosure|\be-verify\b"
    r"|\btrial period|\bprobation|\b(?:work|residence) permit|\bvisas?\b|\bwork authori[sz]ation"
    r"|\b(?:right|authori[sz]ed|eligible|legally able) to work\b|\b18 years (?:old|of age)|\bpublic trust\b"
    r"|\bcitoyen|\bhabilitation (?:de |secret)|\bcote de (?:sécurité|fiabilité)|\benquête de sécurité"
    r"|\bpermis de (?:travail|séjour)|\bcasier judiciaire|\bautorisé\S* à travailler|\bpériode d[’']essai",
    re.IGNORECASE,
)
# A public service's pay grade: "one year of specialized experience equivalent to the GS-14".
GRADE = re.compile(r"\bGS[- ]?\d{1,2}\b|\bgrade level\b|\btime[- ]in[- ]grade\b", re.IGNORECASE)
DANGLING = re.compile(
    r"\b(?:one|two|three|four|any|some|all|most|each|both|\d+|more) of (?:those|these|them|the above)\b"
    r"|\b(?:une?|deux|trois|quatre|\d+|plusieurs) (?:de ces|d[’']entre (?:eux|elles)|de ceux-ci|de celles-ci)\b"
    r"|^(?:this|these|that|such|cette|ces?|cet)\b[^.]{0,40}\b(?:(?:may|might|can|could) include"
    r"|(?:peu(?:t|vent)|pourrai\w+) (?:inclure|comprendre))\b"
    r"|\b(?:listed|mentioned|described) (?:above|below)\b|\bci-dess(?:us|ous)\b",
    re.IGNORECASE,
)


def is_condition(text: str, terms: Iterable[str]) -> bool:
    """Whether a requirement is for the person to check, not for the resume to show.

    `terms` are the skills that it names: one beside the condition can be shown, and makes it a requirement.
    """
    if GRADE.search(text):
        return True
    return bool(CONDITION.search(text)) and all(CONDITION.search(term) for term in terms)


def is_dangling(text: str) -> bool:
    """Whether a requirement can't be understood without the lines around it ("at least two of those languages")."""
    return bool(DANGLING.search(text))
