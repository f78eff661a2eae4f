"""A posting's parts are told apart by headings and language, in English and French, on postings of any shape."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.context.job_parts import Part, split_posting
from app.formats.posting import read_description, read_posting
from app.formats.posting.labels import Kind

SAMPLES = Path(__file__).parents[1] / "data" / "postings"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "jobs"


def parts_of(path: Path) -> tuple[Part, ...]:
    return split_posting(read_posting(path.read_text(), company="Company").description)


def lines_by_kind(parts: tuple[Part, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part.kind, []).extend(part.lines)
    return found


def test_an_english_posting_is_parted_by_headings_and_language() -> None:
    assert [(part.kind, part.heading, len(part.lines)) for part in parts_of(SAMPLES / "english.md")] == [
        ("summary", "", 2),
        ("responsibilities", "The things you will do in this role", 2),
        ("requirements", "We’ll evaluate you based on", 3),
        ("summary", "", 1),
        ("benefits", "What we offer", 2),
        ("boilerplate", "", 2),
    ]


def test_a_french_posting_is_parted_alike() -> None:
    assert [(part.kind, part.heading, len(part.lines)) for part in parts_of(SAMPLES / "french.md")] == [
        ("summary", "", 1),
        ("responsibilities", "Vos missions", 2),
        ("requirements", "Profil recherché", 2),
        ("nice_to_have", "Atouts", 1),
        ("benefits", "Ce que nous offrons", 1),
        ("boilerplate", "Pour postuler", 2),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Key Requirements", "requirements"),
        ("What you'll bring", "requirements"),
        ("Ce que nous recherchons :", "requirements"),
        ("Pour occuper ce poste, vous devez être en mesure", "requirements"),
        ("Critères d’évaluation", "requirements"),
        ("Preferred Qualifications", "nice_to_have"),
        ("Les atouts pour ce poste", "nice_to_have"),
        ("You’ll need to accomplish the following things", "responsibilities"),
        ("Objective #2: Use your skills", "responsibilities"),
        ("Principales responsabilités", "responsibilities"),
        ("Employment Requirements", "boilerplate"),
        ("General process information", "boilerplate"),
        ("Diversité et inclusion", "boilerplate"),
        ("Compensation & Benefits", "benefits"),
        ("Avantages sociaux", "benefits"),
        ("About the role", "summary"),
        ("À propos de l’équipe", "summary"),
    ],
)
def test_a_heading_says_what_follows(heading: str, kind: Kind) -> None:
    (part,) = split_posting(f"## {heading}\n- One thing\n- Another")
    assert part.kind == kind


def test_an_unknown_heading_goes_on_with_what_was_told_before() -> None:
    parts = split_posting("## Requirements\n- Go\n## Databases\n- PostgreSQL\n## Perks\n- Tea")
    assert [part.kind for part in parts] == ["requirements", "requirements", "benefits"]


def test_small_print_above_an_unknown_heading_does_not_swallow_it() -> None:
    parts = split_posting("## How to apply\nWrite to us.\n## The water\nIt is wet.")
    assert [part.kind for part in parts] == ["boilerplate", "summary"]


def test_bullets_that_ask_are_requirements_without_any_heading() -> None:
    parts = split_posting("We mill.\n- 5 years of experience with wheels\n- Knowledge of water\n- A sense of humour")
    assert [(part.kind, len(part.lines)) for part in parts] == [("summary", 1), ("requirements", 3)]


def test_an_announcement_takes_its_bullets_along() -> None:
    found = lines_by_kind(split_posting("## Summary\nYou get many benefits including:\n- Bread\n- Tea\nWe mill."))
    assert found == {"benefits": ["You get many benefits including:", "- Bread", "- Tea"], "summary": ["We mill."]}


def test_an_aside_at_the_end_of_a_long_paragraph_does_not_make_it_small_print() -> None:
    paragraph = "You must know wheels, water and wood. " * 6 + "We are an equal opportunity employer."
    (part,) = split_posting(f"## Requirements\n{paragraph}")
    assert part.kind == "requirements"


def test_the_small_print_inside_of_requirements_is_taken_out_of_them() -> None:
    text = "## Qualifications\nAll applications will be reviewed by a panel.\n- Wheels\n- Water\nWe use both Mac and Linux."
    parts = split_posting(text)
    assert [(part.kind, part.heading) for part in parts] == [
        ("boilerplate", ""),
        ("requirements", "Qualifications"),
        ("summary", ""),
    ]


@given(
    st.lists(
        st.text(alphabet="#- abRequirements:’é\u2028", max_size=30)
        | st.sampled_from(["## Duties", "- a", "Apply anyway:"])
    )
)
def test_every_line_is_in_exactly_one_part(lines: list[str]) -> None:
    lines = [line for line in lines if line]
    parts = split_posting("\n".join(lines))
    assert [line for part in parts for line in part.lines] == [line for line in lines if not line.startswith("## ")]
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ") and line != "## "]
    assert [part.heading for part in parts if part.heading] == headings


@given(st.text(max_size=400))
def test_whatever_was_stored_can_be_parted(text: str) -> None:
    split_posting(text)
    split_posting(read_description(f"x {text}"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample postings are not beside the project")
class TestRealPostings:
    @pytest.mark.parametrize("path", sorted(SHARED.glob("*")) if SHARED.is_dir() else [], ids=lambda path: path.name)
    def test_every_one_has_requirements_and_says_what_to_do(self, path: Path) -> None:
        found = lines_by_kind(parts_of(path))
        assert len(found["requirements"]) > (1 if "resume-matcher" not in path.name else 0)
        assert found["summary"]
        assert "responsibilities" in found or "resume-matcher" in path.name

    @pytest.mark.parametrize(
        ("name", "kind", "beginnings"),
        [
            ("application-engineer.html", "requirements", ["- Ruby on rails", "- Experience building a critical",
             "- Maintainable Software", "- You must be a U.S. Citizen", "To qualify for this role"]),
            ("application-engineer.html", "responsibilities", ["- Peer review code", "Typical duties for the fellow"]),
            ("application-engineer.html", "benefits", ["- Life insurance", "GSA has been repeatedly named"]),
            ("application-engineer.html", "boilerplate", ["Salary Range:", "- Serve a one year trial", "Within each cat",
             "- the exact dates", "Who May Apply", "If you are a new federal", "All applications will be reviewed"]),
            ("product-manager.txt", "requirements", ["- Experience crafting or creating product vision", "Problem Solving -",
             "Have IT-related experience", "- Innovation: Ability to apply"]),
            ("devops-engineer.html", "requirements", ["- Problem Solving -", "To qualify for this role"]),
            ("content-designer.fr.md", "requirements", ["- Vous avez de l’expérience", "- La priorité sera donnée"]),
            ("content-designer.fr.md", "responsibilities", ["- Adopter une approche", "- Repérer, atténuer"]),
            ("interaction-designer.fr.md", "requirements", ["- votre approche de la conception"]),
            ("interaction-designer.fr.md", "boilerplate", ["Au SNC, nous", "Le SNC accepte", "Un bassin de personnes",
             "Vous vous joindrez"]),
            ("consulting-digital-practitioner---devsecops.fr.md", "requirements", ["- d’écrire du code"]),
            ("consulting-digital-practitioner---devsecops.fr.md", "summary", ["Ce poste relèvera", "Lors de nos"]),
            ("full-stack-developer-partnerships.en.md", "requirements", ["- Translating modern developer practices"]),
            ("full-stack-developer-partnerships.en.md", "responsibilities", ["- Shipping full stack web"]),
            ("full-stack-developer-partnerships.fr.md", "requirements", ["- Transposer les pratiques"]),
            ("full-stack-developer-partnerships.fr.md", "boilerplate", ["Au SNC, nous", "Par mesure de précaution"]),
            ("jobsync-job-match--backend-job.txt", "nice_to_have", ["- gRPC and event streaming"]),
            ("jsonresume-sample.job.json", "requirements", ["- 3+ years of experience in web", "- Database Management"]),
            ("resume-matcher-ml-eng.txt", "requirements", ["3+ years of applied ML"]),
        ],
    )  # fmt: skip
    def test_their_lines_are_where_a_reader_would_put_them(self, name: str, kind: str, beginnings: list[str]) -> None:
        lines = lines_by_kind(parts_of(SHARED / name))[kind]
        assert [start for start in beginnings if not any(line.startswith(start) for line in lines)] == []
