"""Which words of a resume and of a posting are the same skill, and what becomes of alternatives."""

from typing import Any

import pytest

from tests.match.pairs import a_worker, match, of


def keywords(asked: str, *deeds: str, **parts: Any) -> tuple[list[str], list[str]]:
    """The skills matched and those missing."""
    result = match(of(asked), a_worker(*deeds, **parts))
    return tuple([row["keyword"] for row in result[name]] for name in ("matched", "missing"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("asked", "deed"),
    [
        ("Java", "Built a shop in JavaScript"),
        ("C", "Built a game in C++ and C#"),
        ("Programming in R", "Research at R&D, ran a restaurant"),
        ("Go developer", "Willing to go the extra mile, django and mongodb"),
        ("SQL", "Wrote NoSQL queries"),
        ("Git", "Digital logistics"),
        ("Excel", "Known to excel at sales"),
        ("Rust", "Removed rust from boilers"),
    ],
)
def test_only_whole_terms_count(asked: str, deed: str) -> None:
    matched, missing = keywords(asked, deed)
    assert (matched, len(missing)) == ([], 1)


@pytest.mark.parametrize(
    ("asked", "deed", "keyword"),
    [
        ("Programming in C", "Wrote drivers in C for 9 printers", "c"),
        ("C++", "Wrote a game engine in C++", "c++"),
        ("C#", "Wrote an ERP in C#", "c#"),
        ("Programming in R", "Wrote survey models in R and Python", "r"),
        ("Go", "Wrote a proxy in Go and SQL", "go"),
        (".NET", "Moved 30 services to .NET", ".net"),
        ("Kubernetes", "Ran k8s for a bank", "kubernetes"),
        ("PostgreSQL", "Tuned postgres for a bank", "postgresql"),
        ("JavaScript", "Wrote a shop in JS and CSS", "javascript"),
        ("JS and nothing else", "Wrote a shop in JavaScript", "javascript"),
        ("Maîtrise de l'apprentissage automatique", "Trained machine learning models for shops", "machine learning"),
        ("Machine learning", "Modèles d'apprentissage automatique pour 40 magasins", "machine learning"),
        ("Gestion de projet", "Project management for 3 schools", "project management"),
    ],
)
def test_a_term_is_found_by_each_of_its_names_in_both_languages(asked: str, deed: str, keyword: str) -> None:
    matched, missing = keywords(asked, deed)
    assert (matched, missing) == ([keyword], [])


def test_of_alternatives_the_one_that_is_not_needed_is_neither_matched_nor_missing() -> None:
    assert keywords("Kafka or RabbitMQ", "Ran Kafka for a bank") == (["kafka"], [])
    assert keywords("Kafka or RabbitMQ", "Baked bread") == ([], ["kafka", "rabbitmq"])


@pytest.mark.parametrize(
    "asked",
    [
        "One of Java, Kotlin, Scala",
        "Proficiency in at least one of: Java, Kotlin, Scala",
        "Any of Java, Kotlin, Scala",
        "One or more of the following: Java, Kotlin and Scala",
        "L'un des langages suivants : Java, Kotlin, Scala",
        "Au moins un langage parmi Java, Kotlin et Scala",
        "Java/Kotlin",
        "Languages (e.g. Java, Kotlin, Scala)",
        "Languages, e.g., Java, Kotlin",
        "Des langages (par ex. Java, Kotlin)",
    ],
)
def test_where_one_is_to_be_chosen_one_is_enough(asked: str) -> None:
    assert match(of(asked), a_worker("Wrote the tills of a bakery in Kotlin"))["score"] == 100


@pytest.mark.parametrize(
    ("asked", "deed"),
    [
        ("SQL databases (e.g. PostgreSQL, MySQL)", "Tuned MySQL for a bakery"),
        ("At least one cloud platform (AWS, Azure, GCP)", "Moved a bakery to Azure"),
    ],
)
def test_of_the_examples_of_a_kind_one_is_enough(asked: str, deed: str) -> None:
    assert match(of(asked), a_worker(deed))["score"] == 100


@pytest.mark.parametrize(
    "asked",
    ["Two of Java, Kotlin and Scala", "HTML/CSS", "Tools, e.g. Docker, Kubernetes. Also Python", "One of Go, Rust; SQL",
     "Either Go or Rust, and SQL"],
)  # fmt: skip
def test_what_stands_outside_of_a_choice_is_needed(asked: str) -> None:
    done = a_worker("Wrote Kotlin, Go and Docker images for a bakery", "Laid out a bakery's pages in CSS")
    assert 0 < match(of(asked), done)["score"] < 100


def test_a_wish_inside_a_must_is_missing_as_a_wish() -> None:
    result = match(of("Strong SQL, PostgreSQL preferred"), a_worker("Wrote SQL reports for 9 shops"))
    assert result["score"] == 100
    assert [(row["keyword"], row["must"], row["delta"]) for row in result["missing"]] == [("postgresql", False, 0)]


def test_each_keyword_is_told_once_with_all_that_asks_for_it_and_the_best_line() -> None:
    asked = of("Kafka", "Experience with Kafka and Rust") + "\n## Nice to have\n- Kafka in banks"
    result = match(asked, a_worker("Ran Kafka for a bank", skills=[{"name": "Tools", "keywords": ["Kafka"]}]))
    (row,) = result["matched"]
    assert row == {
        "keyword": "kafka",
        "must": True,
        "asked_in": ["Kafka", "Experience with Kafka and Rust", "Kafka in banks"],
        "found_in": {
            "section": "work",
            "item": "Employee, Acme (2020-01 – 2021-12)",
            "text": "Ran Kafka for a bank",
        },
        "listed_only": False,
    }
    assert [row["keyword"] for row in result["missing"]] == ["rust"]


def test_missing_musts_stand_before_wishes_and_the_dearest_first() -> None:
    asked = of("Rust and Go", "Kafka") + "\n## Nice to have\n- Figma"
    result = match(asked, a_worker("Baked bread"))
    assert [row["keyword"] for row in result["missing"]] == ["kafka", "rust", "go", "figma"]


@pytest.mark.parametrize(
    ("text", "kind", "years"),
    [
        ("Bachelor's degree and 3 years of Python", "degree", 3),
        ("Diplôme de maîtrise en informatique", "degree", None),
        ("Fluent in German and English", "language", None),
        ("5+ ans de Python", "skill", 5),
        ("Figma", "skill", None),
        ("7 years of professional experience", "years", 7),
        ("A sense of humour at sea", "other", None),
    ],
)
def test_a_requirement_says_of_what_kind_it_is(text: str, kind: str, years: int | None) -> None:
    (row,) = match(of(text), a_worker("Baked bread"))["requirements"]
    assert (row["text"], row["kind"], row["years"]) == (text, kind, years)


def test_what_is_told_in_ordinary_words_is_shown_by_the_words_of_the_line() -> None:
    asked = of("Grooming giraffes and lions, cleaning pools and enclosures")
    (row,) = match(asked, a_worker("Groomed giraffes and cleaned their enclosures"))["requirements"]
    assert row["verdict"] == "partly"
    assert row["evidence"][0]["terms"] == ["Groomed", "giraffes", "cleaned", "enclosures"]


def test_conditions_are_told_and_not_counted() -> None:
    result = match(of("Kafka", "You must be a Belgian citizen"), a_worker("Ran Kafka for a bank"))
    assert (result["score"], result["conditions"]) == (100, ["You must be a Belgian citizen"])
    assert [row["text"] for row in result["requirements"]] == ["Kafka"]


def test_a_job_without_an_end_lasts_until_the_resume_was_given() -> None:
    work = [{"name": "Acme", "position": "Clerk", "startDate": "2024-11", "highlights": ["Ran Kafka for a bank"]}]
    result = match(of("2 years of Kafka"), {"work": work})
    assert (result["as_of"], result["score"]) == ("2026-11-01", 100)
    assert match(of("3 years of Kafka"), {"work": work})["score"] < 100


@pytest.mark.parametrize("degree", ["Master", "Masters", "M.Eng.", "Master's degree"])
def test_a_degree_is_held_under_its_short_name(degree: str) -> None:
    study = [{"institution": "X", "studyType": degree, "area": "Physics"}]
    assert match(of("Master's degree"), {"education": study})["score"] == 100


def test_an_unfinished_degree_is_not_held() -> None:
    for degree in ("Bachelor (not finished)", "Bachelor, in progress", "Baccalauréat (en cours)"):
        study = [{"institution": "X", "studyType": degree, "area": "Physics"}]
        assert match(of("Bachelor's degree"), {"education": study})["score"] == 0


def test_who_speaks_both_languages_is_bilingual_in_them() -> None:
    tongues = [{"language": "English", "fluency": "Native"}, {"language": "French", "fluency": "Fluent"}]
    assert match(of("Bilingual English/French"), a_worker("Baked", languages=tongues))["score"] == 100
    assert match(of("Bilingual English/French"), a_worker("Baked", languages=tongues[:1]))["score"] == 50
    assert match(of("Bilingualism"), a_worker("Baked", languages=tongues))["score"] == 100
    assert match(of("Bilingualism"), a_worker("Baked", languages=tongues[:1]))["score"] == 0


@pytest.mark.parametrize("fluency", ["Limited working proficiency", "Scolaire", "A1"])
def test_a_little_of_a_language_is_not_all_that_is_asked(fluency: str) -> None:
    tongues = [{"language": "French", "fluency": fluency}]
    assert match(of("Fluent French"), a_worker("Baked", languages=tongues))["score"] == 50


def test_a_dish_is_no_language() -> None:
    assert keywords("Fluent German", "Taught German cooking to 30 apprentices") == ([], ["german"])
    assert keywords("Fluent German", "Led tours of a bakery in German and Dutch") == (["german"], [])
    assert keywords("Fluent German", "Taught German to 30 apprentices") == (["german"], [])


def test_the_orchestration_of_containers_is_not_that_of_data() -> None:
    assert keywords("Orchestration with Kubernetes or ECS", "Ran a bakery on Kubernetes") == (["kubernetes"], [])


def test_what_is_not_needed_is_not_missing() -> None:
    result = match(of("Kafka", "No Java experience needed"), a_worker("Ran Kafka for a bank"))
    assert (result["score"], result["missing"]) == (100, [])


def test_where_and_when_one_works_is_a_condition() -> None:
    result = match(of("Kafka", "Background check", "Willing to travel"), a_worker("Ran Kafka for a bank"))
    assert (result["score"], result["conditions"]) == (100, ["Background check", "Willing to travel"])
