"""What a posting asks for that no resume can answer: conditions of being employed, and what refers to lines unseen."""

import re
from collections.abc import Iterable

# For lower case: to match each letter in both takes ten times as long.
CONDITION = re.compile(
    r"\b(?:citizen|nationals?\b.{0,40}\b(?:resident|samoa|only|of)|clearance\b"
    r"|background (?:check|investigation|screening|verification)|criminal (?:record|background|history)"
    r"|police (?:check|record)|vérification (?:des|d[’']) ?antécédents|antécédents (?:judiciaires|criminels)"
    r"|direct deposit|selective service|drug[- ](?:test|screen)|financial disclosure|e-verify\b"
    r"|discrepancies must|suitable for federal"
    r"|trial period|probation|(?:work|residence) permit|visas?\b|work authori[sz]ation"
    r"|(?:right|authori[sz]ed|eligible|legally able) to work\b|18 years (?:old|of age)|public trust\b"
    r"|citoyen|habilitation (?:de |secret)|cote de (?:sécurité|fiabilité)|enquête de sécurité"
    r"|permis de (?:travail|séjour)|casier judiciaire|autorisé\S* à travailler|période d[’']essai"
    # where and when one works, and what the body must do
    r"|(?:willing\w*|able|ability|available|prepared|required|open) to (?:occasionally |frequently )?"
    r"(?:travel|relocat|lift|work (?:on )?(?:evenings|weekends|nights|shifts|overtime|holidays))"
    r"|^work (?:evenings|nights)\b"
    r"|travel (?:is |may be |will be )?required|up to \d+ ?% travel|travel up to\b"
    r"|(?:prêt\w*|disposé\w*) à (?:voyager|se déplacer|déménager)|déplacements? (?:fréquents|à prévoir)"
    r"|must (?:be (?:located|based)|reside|live|relocate)\b|(?:résider|habiter|vivre) (?:au|aux|en|à|dans)\b"
    r"|(?:shift|weekend|evening|night)s? (?:work|shifts?|availability)\b|work(?:ing)? (?:on )?(?:weekends|shifts)\b"
    r"|travail(?:ler)? (?:de |la |les |le )?(?:nuit|soirs?|fins? de semaine)\b|quarts de travail"
    r"|lift(?:ing)? (?:up to |at least )?\d+ ?(?:pounds|lbs?|kg)\b|soulever\b"
    r"|(?:proof of|fully) (?:covid\S* )?(?:vaccinat|immuni)|preuve de vaccin"
    r"|(?:available|start(?:ing)?) immediately\b|immediate availability|disponib\w+ immédiat)",
)
# A public service's pay grade: "one year of specialized experience equivalent to the GS-14".
GRADE = re.compile(r"\b(?:gs[- ]?\d{1,2}|grade level|time[- ]in[- ]grade)\b")
DANGLING = re.compile(
    r"\b(?:one|two|three|four|any|some|all|most|each|both|\d+|more) of (?:those|these|them|the above)\b"
    r"|\b(?:une?|deux|trois|quatre|\d+|plusieurs) (?:de ces|d[’']entre (?:eux|elles)|de ceux-ci|de celles-ci)\b"
    r"|^(?:this|these|that|such|cette|ces?|cet)\b[^.]{0,40}\b(?:(?:may|might|can|could) include"
    r"|(?:peu(?:t|vent)|pourrai\w+) (?:inclure|comprendre))\b"
    r"|\b(?:listed|mentioned|described) (?:above|below)\b|\bci-dess(?:us|ous)\b",
    re.IGNORECASE,
)
# "No Java experience needed", "Kafka is not required": nothing is asked for.
WAIVED = re.compile(
    r"^(?:no|aucune?|pas de)\b[^,;]*\b(?:needed|required|necessary|requise?|nécessaire|exigée?)\W*$"
    r"|^[^,;]*\b(?:(?:is|are) not|isn[’']t|aren[’']t) (?:needed|required|necessary|a must)\W*$"
    r"|^[^,;]*\bn[’'](?:est|es) pas (?:requise?|nécessaire|exigée?|obligatoire)\W*$",
    re.IGNORECASE,
)


def is_condition(text: str, terms: Iterable[str]) -> bool:
    """Whether a requirement is for the person to check, not for the resume to show.

    `terms` are the skills that it names: one beside the condition can be shown, and makes it a requirement.
    """
    lowered = text.lower()
    if GRADE.search(lowered):
        return True
    return bool(CONDITION.search(lowered)) and all(CONDITION.search(term) for term in terms)


def is_dangling(text: str) -> bool:
    """Whether a requirement asks for nothing by itself: "at least two of those languages", "no Java needed"."""
    return bool(DANGLING.search(text) or WAIVED.search(text))
