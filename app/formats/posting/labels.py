"""What a heading of a posting says about the lines below it, in English and in French."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Kind = Literal["summary", "responsibilities", "requirements", "nice_to_have", "benefits", "boilerplate"]

LABEL_CHARS = 70  # a longer heading is judged by its beginning: what follows is prose

# Whole headings, folded. They are sure enough to be recognised inside a paragraph ("… Requirements: 5+ years …").
_EXACT: dict[Kind, str] = {
    "requirements": """requirements|requirement|job requirements|minimum requirements|basic requirements
        |key requirements
        |specialized experience requirements|experience requirements|educational requirements|education requirements
        |must have|must haves|must-have|must-haves|qualifications|basic qualifications|minimum qualifications
        |required qualifications|required skills|required experience|required|skills|skills required|key skills
        |technical skills|skills and experience|skills and qualifications|experience|education|education and experience
        |experience and education|knowledge|languages|competencies|evaluation|evaluations|what you need|what you'll need
        |what you bring|what you'll bring|what we're looking for|what we are looking for|who you are|about you|you have
        |exigences|exigences du poste|profil|profil recherche|profil requis|votre profil|ce que nous recherchons
        |competences|competences requises|competences recherchees|qualites requises|formation|formation et experience
        |experience requise|connaissances|langues|prerequis|pre-requis|a propos de vous|vous avez|vous etes""",
    "nice_to_have": """nice to have|nice to haves|nice-to-have|nice-to-haves|good to have|preferred|preferred skills
        |preferred qualifications|preferred experience|desired|desired skills|desired qualifications|desired experience
        |bonus|bonus points|bonus skills|pluses|plus|a plus|assets|asset|ideally|atout|atouts|les plus|un plus
        |souhaite|souhaitable|souhaitables|competences souhaitees|idealement""",
    "responsibilities": """responsibilities|key responsibilities|your responsibilities|main responsibilities|duties
        |job duties|major duties|duties and responsibilities|key objectives|objectives|mission|missions|tasks|your tasks
        |what you'll do|what you will do|what you'll be doing|you will|you'll|day to day|day-to-day|your role
        |responsabilites|vos responsabilites|principales responsabilites|vos missions|vos taches|taches|fonctions
        |ce que vous ferez|description des taches|missions principales""",
    "benefits": """benefits|job benefits|perks|perks and benefits|benefits and perks|compensation
        |compensation and benefits
        |what we offer|we offer|incentives|why join us|what's in it for you|avantages|vos avantages|ce que nous offrons
        |nous offrons|remuneration|remuneration et avantages|pourquoi nous rejoindre""",
    "summary": """summary|job summary|role summary|position summary|overview|job overview|about the role|about the job
        |about the position|about us|about the company|who we are|the role|the company|job description|description
        |a propos|a propos du poste|a propos de nous|qui sommes-nous|le poste|description du poste|resume du poste
        |contexte|l'entreprise""",
    "boilerplate": """how to apply|to apply|equal opportunity|equal opportunity employer|eeo statement|diversity
        |diversity and inclusion|next steps|hiring process|interview process|basic information|legal|privacy
        |how we hire|our hiring process|our process|the process|what happens next|what to expect
        |comment postuler|pour postuler|diversite et inclusion|processus de recrutement|prochaines etapes""",
}
EXACT: dict[str, Kind] = {label.strip(): kind for kind, labels in _EXACT.items() for label in labels.split("|")}

# Phrases that decide a longer heading, at the start of a word; the first that is found decides.
_PHRASES: tuple[tuple[Kind, str], ...] = (
    ("responsibilities", "objective|objectif|accompl|major duties"),
    ("boilerplate", "employment requirement|conditions of employment|conditions d'emploi|conditions d'embauche"),
    ("boilerplate", "equal opportunity|equal employment|eeo|diversity|diversite|inclusion|accommodation|d'adaptation"),
    (
        "boilerplate",
        "how to apply|ready to apply|to apply|application process|postuler|candidature|next steps|next step",
    ),
    ("boilerplate", "how we hire|how we recruit|how to reach|comment nous recrutons|notre processus"),
    ("boilerplate", "hiring process|selection process|interview process|recruitment process|process information"),
    ("boilerplate", "sur le processus|processus de|prochaines etapes|basic information|background check|privacy"),
    (
        "boilerplate",
        "security notice|fraud|scam|disclaimer|legal|mentions legales|confidentialit|has closed|quick links",
    ),
    ("boilerplate", "required documents|documents requis|contact|for each job on your resume"),
    ("benefits", "benefit|perk|avantages|we offer|nous offrons|compensation|salary|salaire|remuneration|incentive"),
    ("benefits", "in it for you|why join|why work|why you'll love|pourquoi nous|pourquoi travailler|time off"),
    ("nice_to_have", "nice to have|nice-to-have|good to have|preferred|desired|desirable|bonus|a plus|plusses|pluses"),
    ("nice_to_have", "asset|atout|souhait|un plus|ideally|idealement|stand out|even better|extra credit|great if you"),
    ("summary", "about the|about our|a propos d|summary|overview|who we are|qui sommes|our mission|notre mission"),
    ("summary", "our team|notre equipe|our story|our culture|the company|l'entreprise|key facts|about us"),
    ("requirements", "requirement|exigence|qualif|must have|must-have|you need|you'll need|you will need|you bring"),
    ("requirements", "you'll bring|you will bring|looking for|we look for|recherchons|recherche|profil|who you are"),
    (
        "requirements",
        "skill|competenc|evaluate you|evaluation|evaluerons|criteria|criteres|fait pour vous|right for you",
    ),
    ("requirements", "perfect for you|about you|a propos de vous|you have|vous avez|vous etes|vous devez|en mesure"),
    ("requirements", "ask for|we expect|nous demandons|nous attendons|pour occuper ce poste|prerequis|pre-requis"),
    ("requirements", "diplome|specialized experience|your experience"),
    ("responsibilities", "responsibilit|responsabilit|duties|what you'll|what you will|be doing|you'll do|you will do"),
    ("responsibilities", "day to day|day-to-day|your impact|your mission|vos missions|missions|vos taches|taches"),
    ("responsibilities", "vous ferez|vos fonctions|your role|in this role|role and|votre role|au quotidien"),
    ("summary", "about|a propos"),
)
_PHRASE_KINDS: tuple[tuple[str, Kind], ...] = tuple(
    (f" {phrase}", kind) for kind, phrases in _PHRASES for phrase in phrases.split("|")
)
_ASKS_NOTHING = re.compile(
    r"\b(?:we (?:will not|won't|cannot|can't|are unable to|regret)|will have missed|send (?:us|your)\b"
    r"|e-?mail (?:us|your)"
    r"|apply (?:by|before|now|online|here)\b|applications? (?:close|must be|will be|should be|are due)"
    r"|submit (?:your|an?|the) (?:application|resume|cv|cover)|cover letter|include your|we look forward|feel free to"
    r"|successful applicants? will|closing date (?:is|for)|deadline (?:is|for|to apply)|you will (?:get|receive)\b"
    r"|envoyez|faites (?:nous )?parvenir|postulez|veuillez|date limite|lettre de (?:motivation|presentation)"
    r"|nous ne pourrons|soumettre (?:votre|une) candidature)"
)
# "Site reliability engineers on our team are", "Notre candidate idéale est": what follows are traits.
_SAYS_WHAT_ONE_IS = re.compile(
    r"\b(?:engineers?|designers?|developers?|managers?|analysts?|strategists?|recruiters?|specialists?|candidates?"
    r"|candidats?|applicants?|hires?|ingenieure?s?|conceptrices?|concepteurs?|personnes?|person)\b.*\b(?:are|is|sont|est)$"
)
_NOT_WORDS = re.compile(r"[^\w'+-]+")
_FOLDS = str.maketrans({"’": "'", "‘": "'", "`": "'", "&": " and ", "–": "-", "—": "-"})


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain apostrophes."""
    text = text.translate(_FOLDS).lower()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def label_kind(label: str) -> Kind | None:
    """The kind that a label alone makes certain, or None: safe to ask of any few words before a colon."""
    return EXACT.get(_NOT_WORDS.sub(" ", fold(label[:LABEL_CHARS].partition("(")[0])).strip(" -'"))


@lru_cache(maxsize=4096)
def heading_kind(heading: str) -> Kind | None:
    """The kind of the lines under a heading, or None where it doesn't say."""
    exact = label_kind(heading)
    if exact is not None:
        return exact
    padded = " " + _NOT_WORDS.sub(" ", fold(heading[:LABEL_CHARS]))
    if _SAYS_WHAT_ONE_IS.search(padded.strip()):
        return "requirements"
    return next((kind for phrase, kind in _PHRASE_KINDS if phrase in padded), None)


def asks_nothing(text: str) -> bool:
    """Whether a sentence tells applicants how to apply, or what is done with them, and asks for no skill."""
    return _ASKS_NOTHING.search(fold(text)) is not None
