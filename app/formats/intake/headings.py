"""Headings of a resume's sections, in English and French."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

LONGEST = 60  # characters
_NAMES: Mapping[str, str] = {
    "work": """experience, work experience, professional experience, employment, employment history, work history,
        career history, career, relevant experience, professional background, experiences, job history, positions held,
        internships, internship experience, industry experience, research experience, teaching experience,
        experience professionnelle, experiences professionnelles, parcours professionnel, emplois, parcours,
        stages, stages et experiences, antecedents professionnels""",
    "education": """education, education and training, academic background, academic history, studies, training,
        educational background, academic qualifications, qualifications, academics, academic education,
        formation, formations, etudes, parcours academique, formation academique, diplomes, diplomes et formations,
        scolarite, formation et diplomes, cursus""",
    "skills": """skills, technical skills, key skills, core skills, core competencies, competencies, technologies,
        tools, tech stack, technical expertise, areas of expertise, expertise, skill set, skillset, core strengths,
        technical proficiencies, software, professional skills, soft skills, hard skills, computer skills, it skills,
        competences, competences techniques, competences cles, savoir faire, savoir etre, outils, informatique,
        competences informatiques, domaines de competence, logiciels, technologies maitrisees,
        environnement technique""",
    "projects": """projects, personal projects, side projects, key projects, selected projects, academic projects,
        open source, open source projects, open source contributions, notable projects, portfolio,
        projets, projets personnels, projets academiques, realisations, principaux projets""",
    "languages": """languages, language skills, spoken languages, language proficiency, langues, langues parlees,
        langues vivantes""",
    "certificates": """certificates, certifications, licenses, licences, courses, professional development,
        licenses and certifications, certifications and licenses, courses and certifications, online courses,
        certifications and training, trainings, certificats, attestations, habilitations""",
    "awards": """awards, honors, honours, awards and honors, honors and awards, achievements, recognition,
        awards and recognition, accomplishments, scholarships, awards and achievements, key achievements,
        selected honors, selected awards, prix, distinctions, recompenses, prix et distinctions, bourses""",
    "publications": """publications, selected publications, papers, research publications, articles,
        publications and patents, conferences et publications""",
    "volunteer": """volunteering, volunteer, volunteer experience, volunteer work, community service, community,
        community involvement, extracurricular activities, leadership and activities, activities, benevolat,
        experience benevole, engagement associatif, engagements, vie associative, activites extrascolaires""",
    "interests": """interests, hobbies, hobbies and interests, interests and hobbies, personal interests,
        centres d'interet, centres d'interets, loisirs, interets, passions, hobbies et interets""",
    "references": "references, referees, recommandations, testimonials, recommendations",
    "summary": """summary, professional summary, profile, professional profile, about, about me, objective,
        career objective, career summary, executive summary, personal statement, personal profile, bio, introduction,
        summary of qualifications, overview, profil, profil professionnel, resume, a propos, a propos de moi, objectif,
        objectif professionnel, presentation, accroche""",
    "contact": """contact, contacts, contact information, contact details, personal details, personal information,
        personal data, details, links, social links, online profiles, profiles, find me online, social,
        coordonnees, informations personnelles, etat civil, liens, reseaux, contactez moi""",
}
_SECTIONS = {" ".join(name.split()): section for section, names in _NAMES.items() for name in names.split(",")}
_SECTIONS = {name.strip(): section for name, section in _SECTIONS.items()}
_INLINE = {"languages", "interests", "summary", "skills", "certificates", "contact"}
"""Sections that are often one line: `Languages: English, French`."""


@lru_cache(maxsize=4096)
def section_of(text: str) -> str:
    """The JSON Resume section (or `summary`, `contact`) that a line is the heading of, or an empty string."""
    if len(text) > LONGEST or text.count("\t"):
        return ""
    words = _plain(text)
    if words in _SECTIONS:
        return _SECTIONS[words]
    first, joined, _ = words.partition(" and ")
    if joined and first in _SECTIONS and len(words.split()) <= 6:
        return _SECTIONS[first]
    return ""


def inline_section(text: str) -> tuple[str, str, str]:
    """A heading and what follows it in its line: its section, the heading, the rest; empty strings if there is none."""
    heading, colon, rest = text.partition(":")
    if colon and rest.strip() and (section := section_of(heading.strip())) in _INLINE:
        return section, heading.strip() + ":", rest.strip()
    return "", "", ""


def _plain(text: str) -> str:
    """Without case, accents, punctuation and the blanks of `S K I L L S`."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    text = re.sub(r"\s*(?:&|\+|/|,|\bet\b)\s*", " and ", text.replace("’", "'"))
    text = re.sub(r"[^a-z0-9' ]+", " ", text)
    if re.fullmatch(r"(?:\w ){3,}\w", text.strip()):
        text = text.replace(" ", "")
    return " ".join(text.split())
