"""Skills that a text names without claiming them: what one lacks, avoids or still has to learn, and what others do.

"People who don't write SQL" shows no SQL, "next to the Java team" no Java, "languages other than English" no English.
Only words that lead straight from the denial to the skill carry it: "without downtime to Kubernetes" denies nothing.
"""

import re
from collections.abc import Sequence

from app.vocabulary import Mention, fold, mentions

_LACK = (
    "no not never without lack lacks lacking cannot cant isnt dont doesnt non nor neither sans aucun aucune jamais pas "
    "ni don doesn didn isn aren wasn weren hasn haven hadn couldn wouldn won"
)
_INSTEAD = ("instead of", "rather than", "other than", "plutot que", "plutot qu", "au lieu de", "au lieu d")
_AHEAD = ("autre que", "autres que", "learn", "apprendre", "learn more about", "interested in")
_BESIDE = "with alongside beside besides near next avec aupres cote supported supporting appuye"
_FOR = "for to from pour aux between entre hired recruited sourced recrute"
_PEOPLE = (
    "engineers developers analysts designers scientists managers programmers administrators architects testers writers "
    "nurses recruiters accountants electricians teachers specialists experts ingenieurs developpeurs developpeuses "
    "analystes concepteurs scientifiques gestionnaires architectes redacteurs infirmieres infirmiers recruteurs "
    "comptables enseignants specialistes"
)
_GROUPS = (
    "team teams squad department group groups people colleagues guild equipe equipes service collegues departement"
)
_LINKS = (
    "any the a an of in with to for and or our their his her prior previous much real direct formal professional "
    "specific experience experiences expertise knowledge background exposure training skills skill use using used uses "
    "write writes writing written know knows known read reads speak speaks understand understands need needs needed "
    "have has had touch touched work works worked code codes yet t s ever de d du des en avec la le les l un une et ou "
    "connaissance connaissances experience ecrire ecrit ecrivent connait connaissent utilise utilisent parle parlent "
    "maitrise maitrisent lit lisent encore"
)
_EXCEPT = frozenset({"only", "just", "seulement", "uniquement", "least"})

_DENIES = frozenset(_LACK.split())
_TURNS = frozenset(tuple(phrase.split()) for phrase in (*_INSTEAD, *_AHEAD))
_COMPANY = frozenset(_BESIDE.split())
_SERVED = frozenset(_FOR.split())
_PERSONS = frozenset(_PEOPLE.split())
_OTHERS = _PERSONS | frozenset(_GROUPS.split())
_CARRY = frozenset(_LINKS.split())
_OF = frozenset({"of", "de", "d", "du"})
_REACH = 8  # words between a denial and what it denies
_CUE = re.compile(
    r"\b(?:" + "|".join(sorted(_DENIES | _OTHERS | {"instead", "rather", "other", "learn", "plutot", "autres?"}))
    + r"|lieu|apprendre|interested)\b",
)  # fmt: skip


def claimed(text: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of the skills that a text names (`terms`: all of them) which it doesn't deny or leave to others."""
    if not terms or not _CUE.search(fold(text).lower()):
        return terms
    tokens, found = mentions(text)
    held = {one.term for number, one in enumerate(found) if not _is_denied(tokens, found, number)}
    return frozenset(term for term in terms if term in held or all(one.term != term for one in found))


def _is_denied(tokens: Sequence[str], found: Sequence[Mention], number: int) -> bool:
    mention = found[number]
    skills = {at for one in found[:number] for at in range(one.start, one.stop)}
    after = tokens[mention.stop] if mention.stop < len(tokens) else ""
    last = tokens[mention.stop - 1]
    others = {last, after} & _OTHERS
    for at in range(mention.start - 1, max(mention.start - 1 - _REACH, -1), -1):
        word = tokens[at]
        if word in _DENIES:
            return tokens[at + 1] not in _EXCEPT
        if any(tuple(tokens[at + 1 - len(turn) : at + 1]) == turn for turn in _TURNS if at + 1 >= len(turn)):
            return True
        if (word in _COMPANY and others) or (word in _SERVED and others & _PERSONS):
            return True
        if word in _OTHERS and not set(tokens[at + 1 : mention.start]) - _OF:
            others.add(word)  # "l'équipe Java"
        elif at not in skills and word not in _CARRY:
            return False
    return False
