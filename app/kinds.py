"""Which skills show which kind: Terraform is infrastructure as code; never backwards."""

from collections import defaultdict
from functools import cache
from pathlib import Path

KINDS = Path(__file__).with_name("kinds.txt")
INTERCHANGEABLE = "*"
SPOKEN = "languages that people speak"
EASILY_SAID = "what is easily said"
FIELDS_OF_STUDY = ("fields of computing", "quantitative fields", "business fields")


@cache
def shown_by(term: str) -> frozenset[str]:
    """The other skills each of which shows this one, also by way of a kind between them."""
    kinds, _ = _read()
    found: set[str] = set()
    open_terms = [term]
    while open_terms:
        new = kinds.get(open_terms.pop(), frozenset()) - found - {term}
        found |= new
        open_terms.extend(new)
    return frozenset(found)


@cache
def similar_to(term: str) -> frozenset[str]:
    """The skills that are what a posting means by "this one or similar"."""
    _, interchangeable = _read()
    return frozenset().union(*(skills for skills in interchangeable if term in skills)) - {term}


@cache
def fields_of_study() -> frozenset[str]:
    """What a degree is in."""
    kinds, _ = _read()
    return frozenset().union(*(kinds[kind] for kind in FIELDS_OF_STUDY))


@cache
def spoken_languages() -> frozenset[str]:
    """The languages that people speak with each other."""
    kinds, _ = _read()
    return kinds[SPOKEN]


@cache
def easily_said() -> frozenset[str]:
    """Skills, settings, callings whose mere mention is no proof, and that nobody learns in a course."""
    kinds, _ = _read()
    return kinds[EASILY_SAID]


@cache
def _read() -> tuple[dict[str, frozenset[str]], tuple[frozenset[str], ...]]:
    """Each kind with its skills, and the skills that may stand for one another."""
    kinds: dict[str, set[str]] = defaultdict(set)
    interchangeable: list[frozenset[str]] = []
    for line in KINDS.read_text(encoding="utf-8").splitlines():
        kind, sign, listed = (part.strip() for part in line.partition(" < "))
        if not sign or kind.startswith("# "):
            continue
        skills = frozenset(skill.strip() for skill in listed.split(","))
        kinds[kind.removeprefix(INTERCHANGEABLE)] |= skills
        if kind.startswith(INTERCHANGEABLE):
            interchangeable.append(skills)
    return {kind: frozenset(skills) for kind, skills in kinds.items()}, tuple(interchangeable)
