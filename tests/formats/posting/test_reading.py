"""A posting is read alike whatever form it comes in, and what it doesn't say of itself is asked for."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, InvalidInput, PayloadTooLarge
from app.formats.posting import LIMIT_BYTES, detect, read_description, read_posting
from app.formats.posting.labels import heading_kind

SAMPLES = Path(__file__).parents[2] / "data" / "postings"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "jobs"
PLAIN = {"title": "Night Baker", "company": "Oven Street", "description": "We bake while you sleep."}
WITHOUT_COMPANY = {"resume-matcher-backend-eng.txt", "resume-matcher-ml-eng.txt"}


def sample(name: str) -> str:
    return (SAMPLES / name).read_text()


@pytest.mark.parametrize(
    ("name", "source_format", "title", "company", "location"),
    [
        ("english.md", "markdown", "Platform Engineer - Payments", "Harbour Payments Office", ""),
        ("french.md", "markdown", "Développeuse ou développeur dorsal", "Coopérative des Marées", ""),
        ("page.html", "html", "Data Analyst", "Lanternfish", "Leeds, GB"),
        ("json-ld.html", "json-ld", "Site Reliability Engineer", "Quillpost & Sons", "Ghent, BE; Lille; Remote"),
        ("microdata.html", "microdata", "Night Baker", "Oven Street", "Porto"),
        ("job.json", "json-resume", "Archivist", "Paper Trail", "Namur, BE (Hybrid)"),
        ("run-on.txt", "text", "Forecasting Engineer", "Millrace", "Remote (Europe)"),
    ],
)
def test_every_form_says_whose_it_is(name: str, source_format: str, title: str, company: str, location: str) -> None:
    posting = read_posting(sample(name))
    assert (posting.source_format, posting.title, posting.company) == (source_format, title, company)
    assert posting.location == location


def test_a_page_loses_its_chrome_and_keeps_its_words() -> None:
    assert read_posting(sample("page.html")).description.split("\n") == [
        "Location: Leeds, GB",
        "Lanternfish is a small company that counts what lives in the sea. You would be the second analyst.",
        "## What you will do",
        "- Build the reports that marine reserves plan with",
        "- Answer questions & teach others to ask them in SQL",
        "## Requirements",
        "- Three years with SQL and R",
        "- <angle brackets> don't frighten you",
        "Grade | Pay",
        "B2 | £38,000",
        "Lanternfish is an equal opportunity employer.",
    ]


def test_structured_data_adds_what_its_description_lacks_and_repeats_nothing() -> None:
    posting = read_posting(sample("json-ld.html"))
    assert posting.url == "https://jobs.example.com/sre"
    assert posting.description.split("\n") == [
        "We print letters that people wait for.",
        "## Duties",
        "- Keep the presses fed",
        "## Qualifications",
        "- Terraform",
        "- A degree in anything",
        "## Experience requirements",
        "36 months of experience",
        "## Skills",
        "Linux; Prometheus",
        "## Compensation and terms",
        "- Salary: EUR 50000–60000 YEAR",
    ]


def test_labels_inside_a_paragraph_become_headings() -> None:
    description = read_posting(sample("run-on.txt")).description
    assert description.split("\n")[2:] == [
        "## Requirements",
        "5+ years of Python, strong SQL, experience with Airflow and Kubernetes, gradient boosting (LightGBM or "
        "XGBoost).",
        "## Nice to have",
        "Spark, experimentation.",
        "## Benefits",
        "bread.",
    ]


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_html_may_be_escaped_and_escaped_again(times: int) -> None:
    html = "<p>Salt &amp; flour</p><ul><li>Bread</li><li>Buns</li></ul>"
    for _ in range(times):
        html = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_posting(PLAIN | {"description": html}).description == "Salt & flour\n- Bread\n- Buns"
    assert read_description(f"<div>{html}</div>") == "Salt & flour\n- Bread\n- Buns"


def test_a_description_in_markdown_is_plain_lines() -> None:
    text = "# Us\nA **bold** [link](https://x.example/a_(b)).\n\n* one\n* two\n  more\n\n***\n\nSetup: `make`\n\n| a | b |\n"
    lines = read_posting(PLAIN | {"description": text}).description.split("\n")
    assert lines == ["## Us", "A bold link.", "- one", "- two more", "Setup: make", "a | b"]


def test_a_title_that_was_stated_is_kept_as_it_is() -> None:
    given = PLAIN | {"title": "Baker at Oven Street", "company": "Oven Street"}
    assert read_posting(given).title == "Baker at Oven Street"
    assert read_posting(sample("page.html"), title="Analyst - Lanternfish").title == "Analyst - Lanternfish"


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Backend Engineer at Millrace\n\nWe grind.", "Backend Engineer", "Millrace"),
        (
            "# Millrace - Backend Engineer\n\nMillrace is hiring. Join the Millrace team.",
            "Backend Engineer",
            "Millrace",
        ),
        ("Job title: Miller\n\nCompany: Millrace\n\nWe grind.", "Miller", "Millrace"),
        ("Nous sommes bien.\n\nChez Moulinet, nous recherchons une meunière responsable.", "", "Moulinet"),
        ("Millrace seeks a senior water engineer to mind the wheel.", "senior water engineer", "Millrace"),
        ("## About Millrace\n\nWe are looking for a Wheel Technician who can swim.", "Wheel Technician", "Millrace"),
        ("Engineer - DevOps\n\nAt Millrace, we run DevOps.", "Engineer - DevOps", "Millrace"),
    ],
)
def test_title_and_company_are_found_in_the_text(text: str, title: str, company: str) -> None:
    if title:
        posting = read_posting(text)
        assert (posting.title, posting.company) == (title, company)
    else:
        assert read_posting(text, title="Meunière").company == company


def test_what_cannot_be_found_is_asked_for_by_name() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_posting("we need somebody who bakes at night, and does it well.")
    assert set(caught.value.fields or ()) == {"title", "company"}
    assert read_posting("we need somebody who bakes.", title="Baker", company="Oven Street").title == "Baker"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"salary": "much"}, "salary"),
        ({"title": ""}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": 7}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"company": None}, "company"),
        ({"company": "  "}, "company"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"description": ["text"]}, "description"),
        ({"description": " \n\u200b"}, "description"),
        ({"description": "<script>only()</script><p></p>"}, "description"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_posting(PLAIN | change)
    assert list(caught.value.fields or ()) == [field]


def test_a_posting_over_its_limit_is_refused() -> None:
    fitting = "é " * (LIMIT_BYTES // 3)
    assert read_posting(PLAIN | {"description": fitting})
    for large in (fitting + "abcd", "x" * (LIMIT_BYTES + 1)):
        with pytest.raises(PayloadTooLarge):
            read_posting(PLAIN | {"description": large})
        with pytest.raises(PayloadTooLarge):
            read_posting({"@type": "JobPosting", "title": "T", "hiringOrganization": "C", "description": large})


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 40_000,
        "".join(f"<b id={n}>" for n in range(9_000)) + "<p>x" * 20_000,
        "<p>x" + "<!--" * 50_000,
        '<p>x<script type="application/ld+json">' + '{"a":[' * 30_000,
        "<table><tr><td>" * 13_000,
        "<" * 200_000,
        '<p a="' * 30_000,
    ],
)
@pytest.mark.timeout(30)
def test_html_made_to_explode_is_refused_or_read(html: str) -> None:
    with suppress(InvalidInput, PayloadTooLarge):
        read_posting(html, title="T", company="C")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("english.md", "markdown"),
        ("page.html", "html"),
        ("json-ld.html", "html"),
        ("job.json", "json-resume"),
        ("run-on.txt", "text"),
    ],
)
def test_a_format_is_told_from_the_content(name: str, expected: str) -> None:
    assert detect(sample(name)) == expected


def test_json_text_is_read_like_the_object_it_holds() -> None:
    assert read_posting(json.dumps(PLAIN)) == read_posting(PLAIN)
    listed = [
        {"@type": "Thing"},
        {"@type": "JobPosting", "title": "T", "hiringOrganization": ["C"], "description": "d"},
    ]
    assert read_posting(json.dumps(listed)).company == "C"
    with pytest.raises(InvalidInput):
        read_posting("[1, 2]")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(st.text() | st.text(alphabet="<>/pulid =\"'&;#-*_|[](): \nAb1.\u200b\x00\ud800", max_size=300))
def test_any_text_is_read_without_a_crash_and_without_control_characters(text: str) -> None:
    try:
        description = read_posting(text, title="T", company="C").description
    except AppError:
        return
    assert all(line and line == line.strip() for line in description.split("\n"))
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in description if c != "\n")
    assert "  " not in description


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "title",
                "description",
                "hiringOrganization",
                "jobLocation",
                "skills",
                "baseSalary",
                "qualifications",
                "url",
            ]
        ),
        anything,
    )
)
def test_a_value_of_structured_data_may_be_of_any_shape(data: dict[str, object]) -> None:
    try:
        posting = read_posting({"@type": "JobPosting", **data})
    except AppError:
        return
    assert posting.title
    assert posting.company
    assert posting.description


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample postings are not beside the project")
class TestRealPostings:
    @pytest.mark.parametrize("path", sorted(SHARED.glob("*")) if SHARED.is_dir() else [], ids=lambda path: path.name)
    def test_every_one_is_read_or_asks_for_its_company(self, path: Path) -> None:
        if path.name in WITHOUT_COMPANY:
            with pytest.raises(InvalidInput) as caught:
                read_posting(path.read_text())
            assert list(caught.value.fields or ()) == ["company"]
            return
        posting = read_posting(path.read_text())
        assert posting.company in {
            "18F", "ABC Company Inc.", "Canadian Digital Service", "Cloud.gov", "Data.gov", "Login.gov", "Microsoft",
            "Northwind Cloud", "Service numérique canadien",
        }  # fmt: skip
        assert 3 < len(posting.title) < 200
        assert not {"Back to all jobs", "Skip to main content", "Here’s how you know"} & set(
            posting.description.split("\n")
        )

    @pytest.mark.parametrize(
        "page", sorted(SHARED.glob("*.html")) if SHARED.is_dir() else [], ids=lambda path: path.name
    )
    def test_a_page_says_what_its_text_says(self, page: Path) -> None:
        of_page, of_text = read_posting(page.read_text()), read_posting(page.with_suffix(".txt").read_text())
        assert (of_page.title, of_page.company, of_page.location) == (of_text.title, of_text.company, of_text.location)
        known = set(of_text.description.split("\n"))
        lines = of_page.description.split("\n")
        assert sum(line in known for line in lines) > 0.9 * len(lines)


def test_a_page_whose_data_is_only_a_teaser_is_read_as_a_page() -> None:
    data = {
        "@type": "JobPosting",
        "title": "Baker",
        "hiringOrganization": "Northwind",
        "description": "Join our bakery!",
    }
    duties = "".join(f"<li>Bake {number} loaves of rye bread every night.</li>" for number in range(10, 20))
    page = (
        f'<html><body><script type="application/ld+json">{json.dumps(data)}</script><main><h1>Baker</h1>'
        f"<h2>What you will do</h2><ul>{duties}</ul><h2>Requirements</h2><ul><li>Food safety</li></ul></main></body></html>"
    )
    read = read_posting(page)
    assert (read.title, read.company, read.source_format) == ("Baker", "Northwind", "html")
    assert "## Requirements\n- Food safety" in read.description


@pytest.mark.parametrize("heading", ["How we hire", "Our hiring process", "Comment nous recrutons"])
def test_a_heading_about_hiring_is_small_print(heading: str) -> None:
    assert heading_kind(heading) == "boilerplate"
