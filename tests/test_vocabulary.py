"""Skills are found as whole terms, in two languages; words are folded."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vocabulary import language_of, mark, marks, mentions, terms, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("k8s, Postgres and JS", {"kubernetes", "postgresql", "javascript"}),
        ("JavaScript", {"javascript"}),
        ("C++, C, C# and .NET", {"c++", "c", "c#", ".net"}),
        ("ASP.NET with Node.js", {".net", "node.js"}),
        ("CI/CD", {"ci/cd"}),
        ("We write Go and Rust", {"go", "rust"}),
        ("Python, R, SQL", {"python", "r", "sql"}),
        ("R", {"r"}),
        ("Experience with R", {"r"}),
        ("Strong C skills", {"c"}),
        ("Wrote R scripts for a bank", {"r"}),
        ("Software in C, for trams", {"c"}),
        ("Maîtrise de R", {"r"}),
        ("Concerto in C major with R. Smith, vitamin C", set()),
        ("Apprentissage automatique et accessibilité", {"machine learning", "accessibility"}),
        ("machine-learning", {"machine learning"}),
        ("Parties prenantes", {"stakeholder management"}),
        ("Baccalauréat en informatique", {"bachelor's degree", "computer science"}),
        ("a Ph.D. or an M.S. in physics", {"doctorate", "master's degree", "physics"}),
        ("Excel, PowerPoint", {"excel", "powerpoint"}),
        ("Google Cloud Platform", {"google cloud"}),
        ("Strong proficiency in Go for production services", {"go"}),
        ("Senior Software Engineer", {"software engineering"}),
        ("Chef de projet", {"project management"}),
    ],
)
def test_a_skill_is_found_under_any_of_its_names(text: str, found: set[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Javanese cuisine",
        "Go beyond what is asked, go to market",
        "R&D and C-level meetings",
        "John R. Smith, Washington, D.C. 20001",
        "Vitamin C",
        "Excel in a fast-paced setting",
        "Express yourself. Spark joy.",
        "We rest on Sundays",
        "J'ai un tableau",
        "far from home",
        "React. Nativ",
    ],
)
def test_a_word_that_only_looks_like_a_skill_is_none(text: str) -> None:
    assert terms(text) <= {"react"}


def test_a_name_does_not_run_across_the_end_of_a_sentence() -> None:
    assert "react native" not in terms("We like React. Native apps too.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("managing", "managed"),
        ("développé", "Développer"),
        ("policies", "policy"),
        ("STAKEHOLDERS", "stakeholder"),
        ("communications", "communicating"),
        ("équipements", "equipement"),
    ],
)
def test_the_forms_of_a_word_are_one_word(one: str, other: str) -> None:
    assert words(one) == words(other) != frozenset()


def test_words_that_say_nothing_are_left_out() -> None:
    assert words("You will have strong experience with the team, et une bonne maîtrise de nos outils") == {"outil"}


@given(
    st.lists(st.text(st.characters(exclude_characters="\n")) | st.sampled_from(["Go, R and C", "Python", "", "js."]))
)
def test_many_lines_at_once_are_marked_as_each_alone(lines: list[str]) -> None:
    assert marks(lines) == [mark(line) for line in lines] or not lines


@given(st.text())
def test_what_is_mentioned_is_what_is_found(text: str) -> None:
    found = mentions(text)[1]
    assert {mention.term for mention in found} == terms(text)
    assert all(first.stop <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Comment adapter mon CV à ce poste ?", "fr"),
        ("Suis-je qualifié ?", "fr"),
        ("Quelles questions vont-ils me poser ?", "fr"),
        ("Rédige une phrase de résumé", "fr"),
        ("What should I highlight?", "en"),
        ("What is my résumé missing?", "en"),
        ("Rewrite this bullet: led a team", "en"),
        ("Resume", "en"),
        ("reformule « Managed a 5-person development team »", "fr"),
        ("améliore “Was responsible for the audit of all of the suppliers”", "fr"),
        ("rephrase « Encadré une équipe de 12 personnes pour le compte de l’hôtel »", "en"),
        ("réécris cette ligne\n> Built the platform that all of our teams are on", "fr"),
        ("plus court", "fr"),
        ("make it shorter", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question_is_told(question: str, language: str) -> None:
    assert language_of(question) == language
