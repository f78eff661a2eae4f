"""Facts made by hand: a few resumes and postings, each requirement with the lines that are said to meet it."""

from collections.abc import Sequence
from typing import Any

from app import vocabulary
from app.providers.base import Facts, Line, MatchFact, Message, Prompt, Requirement


def line(text: str, section: str = "work", item: str = "") -> Line:
    """A bullet, as the context hands it over."""
    return Line(text=f"- {text}", section=section, item=item, terms=vocabulary.terms(text))  # type: ignore[arg-type]


def header(item: str, section: str = "work") -> Line:
    return Line(text=item, section=section, item=item, terms=vocabulary.terms(item.split(",", maxsplit=1)[0]))  # type: ignore[arg-type]


def requirement(text: str, *evidence: Line, must: bool = True) -> Requirement:
    """Met if the evidence names all of its skills, partly if some, missing without evidence."""
    asked = tuple(sorted(vocabulary.terms(text)))
    held = frozenset[str]().union(*(one.terms for one in evidence))
    lacking = tuple(term for term in asked if term not in held)
    if (" or " in text or " ou " in text) and len(lacking) < len(asked):
        lacking = ()
    verdict = "missing" if not evidence else "partly" if lacking else "met"
    return Requirement(
        text=text,
        must=must,
        terms=asked,
        verdict=verdict,
        evidence=evidence,
        missing_terms=lacking,  # type: ignore[arg-type]
    )


DATATECH = "Senior Data Scientist, DataTech (2021-03 – present)"
SHOPWISE = "Data Analyst, Shopwise (2017-06 – 2021-02)"
FORECAST = line("Cut forecast error by 23% with a hierarchical LightGBM model over 400 stores", item=DATATECH)
NIGHTLY = line("Moved nightly training from cron to Airflow on AWS, from 6 hours to 40 minutes", item=DATATECH)
REVIEWS = line("Responsible for reviewing the code of two juniors", item=DATATECH)
TABLEAU = line("Built 30 Tableau dashboards used by 120 buyers", item=SHOPWISE)
SURVEY = line("Ran the yearly supplier survey", item=SHOPWISE)
MODELS = line("Machine learning: Python, LightGBM, scikit-learn", "skills")
ENGINEERING = line("Data engineering: SQL, Airflow, AWS", "skills")
STORECAST = line("Open-source store demand forecasting library in Python", "projects", "storecast")
DEGREE = line("MSc Statistics, Boston University", "education")
SARAH_LINES = (
    header(DATATECH),
    FORECAST,
    NIGHTLY,
    REVIEWS,
    header(SHOPWISE),
    TABLEAU,
    SURVEY,
    STORECAST,
    MODELS,
    ENGINEERING,
    DEGREE,
)

NORTHWIND_POSTING = (
    "## About us",
    "Northwind builds demand forecasting for grocers, from offices in Boston and Lyon.",
    "## What you will do",
    "- Put forecasting models into production",
    "- Talk to category managers about what the numbers mean",
    "## Requirements",
    "- 5+ years of Python",
    "- Strong SQL",
    "- Experience with Airflow and Kubernetes",
    "- Gradient boosting (LightGBM or XGBoost)",
    "- A driving licence",
    "## Nice to have",
    "- Spark",
    "## What we offer",
    "Base salary of $140,000 to $165,000 and a yearly bonus.",
    "Hybrid: two days a week in the Boston office.",
)


def sarah(question: str = "", **changes: Any) -> Facts:
    """A data scientist and a posting that she mostly fits; Kubernetes, Spark and the licence are missing."""
    values: dict[str, Any] = {
        "question": question,
        "language": "en",
        "job_title": "Machine Learning Engineer",
        "company": "Northwind",
        "name": "Sarah Johnson",
        "headline": "Senior Data Scientist",
        "summary": "Data scientist with a liking for retail.",
        "requirements": (
            requirement("5+ years of Python", STORECAST, MODELS),
            requirement("Strong SQL", ENGINEERING),
            requirement("Experience with Airflow and Kubernetes", NIGHTLY, ENGINEERING),
            requirement("Gradient boosting (LightGBM or XGBoost)", FORECAST, MODELS),
            requirement("A driving licence"),
            requirement("Spark", must=False),
        ),
        "responsibilities": (
            "Put forecasting models into production",
            "Talk to category managers about what the numbers mean",
        ),
        "lines": SARAH_LINES,
        "location": "Boston, MA",
        "posting": NORTHWIND_POSTING,
    }
    return Facts(**{**values, **changes})


MATCH = MatchFact(
    score=57,
    requirements={"Experience with Airflow and Kubernetes": 12, "A driving licence": 21, "Spark": 7, "Strong SQL": 1},
    skills={"kubernetes": 12, "spark": 7},
)
"""The match of Sarah with that posting, made up so that no two gaps add the same."""

BISTRO = "Chef de rang, Bistro Lumière (2014 – 2019)"
HOTEL = "Responsable de salle, Hôtel du Parc (2019-09 – 2024-06)"
TEAM = line("Encadré une équipe de 12 personnes en salle et au bar", item=HOTEL)
STOCK = line("Refondu la gestion des stocks sous Excel, ce qui a réduit les pertes de 18 %", item=HOTEL)
SERVICE = line("Assuré le service de 80 couverts par soir", item=BISTRO)
TOOLS = line("Outils : Excel, SQL", "skills")
CLAIRE_LINES = (header(HOTEL), TEAM, STOCK, header(BISTRO), SERVICE, TOOLS)


def claire(question: str = "", **changes: Any) -> Facts:
    """A restaurant manager who turns to data, and a French posting that she half fits."""
    values: dict[str, Any] = {
        "question": question,
        "language": "fr",
        "job_title": "Analyste de données",
        "company": "Coop Verte",
        "name": "Claire Morel",
        "headline": "Responsable de salle en reconversion",
        "summary": "",
        "requirements": (
            requirement("Maîtrise d’Excel et de SQL", STOCK, TOOLS),
            requirement("Pratique de Python ou de R"),
            requirement("Expérience de la gestion d’équipe", TEAM),
            requirement("Connaissance de Power BI", must=False),
        ),
        "responsibilities": ("Suivre les ventes des magasins et expliquer les écarts",),
        "lines": CLAIRE_LINES,
        "location": "Rennes",
        "posting": (
            "## Le poste",
            "Suivre les ventes des magasins et expliquer les écarts",
            "## Profil",
            "- Maîtrise d’Excel et de SQL",
            "- Pratique de Python ou de R",
            "CDI à temps plein, 32 000 à 36 000 € brut par an.",
        ),
    }
    return Facts(**{**values, **changes})


def prompt(facts: Facts | None, *, before: Sequence[tuple[str, str]] = (), max_tokens: int = 1000) -> Prompt:
    """A prompt as the engine would build it; `before` holds earlier questions and their answers."""
    messages = [Message(role="system", content="You help.", tokens=3), Message(role="user", content="…", tokens=1)]
    for asked, answered in before:
        messages.append(Message(role="user", content=asked, tokens=1))
        messages.append(Message(role="assistant", content=answered, tokens=1))
    messages.append(Message(role="user", content=facts.question if facts else "Hello", tokens=1))
    return Prompt(
        messages=tuple(messages), model="gpt-4.1-mini", max_tokens=max_tokens, prompt_tokens=1234, facts=facts
    )
