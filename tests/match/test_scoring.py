"""What a match scores, and how much each requirement has to do with it."""

import copy
import itertools
import json
import os
import random
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.posting import read_posting
from app.match.scoring import SCORE_VERSION
from tests.builders import a_job, a_resume
from tests.match.pairs import a_worker, descriptions, documents, match, of, with_more

SKILLS = ("Python", "Kafka", "Kubernetes", "Terraform", "Rust", "PostgreSQL", "Tableau", "Figma", "Spark", "Go")
LIFT = 10  # points that lists alone can add

skills = st.sampled_from(SKILLS)
requirements = st.lists(
    st.builds(lambda names, joint: joint.join(names), st.lists(skills, min_size=1, max_size=3, unique=True),
              st.sampled_from([" and ", " or ", ", "])),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip
deeds = st.lists(st.builds("Moved the warehouse to {} in {} weeks".format, skills, st.integers(2, 9)), max_size=6)


def verdicts(result: dict[str, Any]) -> list[str]:
    return [row["verdict"] for row in result["requirements"]]


def test_everything_met_is_a_hundred_and_nothing_met_is_none() -> None:
    asked = of("Kafka", "Rust and Go")
    assert match(asked, a_worker("Wrote a Kafka client in Rust and Go"))["score"] == 100
    assert match(asked, a_worker("Baked bread"))["score"] == 0


def test_a_must_weighs_three_times_a_nice_to_have() -> None:
    asked = of("Kafka", "Rust") + "\n## Nice to have\n- Tableau\n- Figma"
    assert match(asked, a_worker("Ran Kafka for a bank"))["score"] == 37  # 3 of 8, rounded down
    assert match(asked, a_worker("Drew dashboards in Tableau"))["score"] == 12
    parts = match(asked, a_worker("Ran Kafka for a bank"))["parts"]
    assert (parts["must_have"]["of"], parts["nice_to_have"]["of"]) == (75, 25)
    assert parts["must_have"] == {"points": 37, "of": 75, "met": 1, "partly": 0, "missing": 1}


def test_what_is_told_in_ordinary_words_weighs_as_a_nice_to_have() -> None:
    asked = of("Kafka", "A sense of humour at sea", "Patience with seasick passengers")
    assert match(asked, a_worker("Ran Kafka for a bank"))["score"] == 60  # 3 of 5
    assert match(asked, a_worker("Ran Kafka for a bank"))["parts"]["must_have"]["of"] == 100


def test_half_of_what_a_requirement_needs_is_half_of_its_points() -> None:
    result = match(of("Kafka and Rust"), a_worker("Ran Kafka for a bank"))
    assert (result["score"], result["requirements"][0]["delta"]) == (50, 50)


def test_half_of_the_years_are_three_quarters() -> None:
    result = match(of("4 years of Kafka"), a_worker("Ran Kafka for a bank"))  # a job of two years
    assert (result["score"], verdicts(result), result["requirements"][0]["years"]) == (75, ["partly"], 4)
    assert match(of("4 years of experience"), a_worker("Ran Kafka"))["score"] == 50


def test_what_is_only_listed_counts_a_tenth_and_is_not_met() -> None:
    listed = a_worker("Ran a bakery", skills=[{"name": "Tools", "keywords": ["Kafka"]}])
    (row,) = match(of("Kafka"), listed)["requirements"]
    assert (row["verdict"], row["points"], row["delta"], row["listed_only"]) == ("partly", 10, 90, True)
    assert row["missing_terms"] == []
    assert row["evidence"] == [{"section": "skills", "item": "", "text": "Tools: Kafka", "terms": ["kafka"]}]


@pytest.mark.parametrize(
    "more",
    [
        {"skills": [{"name": "Streams", "keywords": ["Kafka"]}]},
        {"projects": [{"name": "Notes", "keywords": ["Kafka"]}]},
        {"projects": [{"name": "Notes", "highlights": ["Kafka, Spark"]}]},
        {"projects": [{"name": "Notes", "highlights": ["Kafka"]}]},
        {"projects": [{"name": "Notes", "description": "Technologies: Kafka and Spark"}]},
        {"basics": {"name": "Kim Doe", "label": "Kafka | Spark | Rust"}},
        {"basics": {"name": "Kim Doe", "summary": "Skilled in Kafka, Spark and Rust, with 9 years of experience"}},
        {"education": [{"institution": "Evening school", "area": "Baking", "courses": ["Kafka"]}]},
        {"interests": [{"name": "Data", "keywords": ["Kafka"]}]},
        {"projects": [{"name": "Kafka Spark Rust Python Terraform Figma notes"}]},
        {"languages": [{"language": "French", "fluency": "native"}], "skills": [{"name": "Kafka"}]},
    ],
    ids=lambda more: str(more)[:60],
)
def test_wherever_names_are_listed_they_only_count_as_a_list(more: dict[str, Any]) -> None:
    (row,) = match(of("Kafka"), a_worker("Ran a bakery", **more))["requirements"]
    assert (row["points"], row["listed_only"]) == (10, True)


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("Bachelor's degree in computer science", {"education": [{"studyType": "BSc", "area": "Computer Science"}]}),
        ("Fluent in French", {"languages": [{"language": "French", "fluency": "native"}]}),
        ("AWS certification", {"certificates": [{"name": "AWS Certified Solutions Architect"}]}),
        ("Experience with Kafka", {"volunteer": [{"organization": "Club", "highlights": ["Ran Kafka for a shelter"]}]}),
    ],
)
def test_a_degree_a_language_and_a_certificate_are_proof_where_they_stand(asked: str, more: dict[str, Any]) -> None:
    result = match(of(asked), a_worker("Ran a bakery", **more))
    assert (result["score"], verdicts(result)) == (100, ["met"])


def test_an_award_or_a_certificate_in_a_skill_is_half_a_proof_of_it() -> None:
    for more in ({"awards": [{"title": "Kafka prize"}]}, {"certificates": [{"name": "Kafka for developers"}]}):
        result = match(of("Kafka"), a_worker("Ran a bakery", **more))
        assert (result["score"], verdicts(result)) == (50, ["partly"])


def test_a_language_that_machines_speak_is_none_among_the_languages() -> None:
    tongues = [{"language": "Python", "fluency": "native"}]
    assert match(of("Python"), a_worker("Ran a bakery", languages=tongues))["score"] == 0


@given(requirements, deeds, st.data())
def test_the_points_add_up(asked: list[str], done: list[str], data: st.DataObject) -> None:
    nice = data.draw(st.integers(0, len(asked) - 1))
    description = of(*asked[nice:]) + "\n## Nice to have\n" + "\n".join(f"- {one}" for one in asked[:nice])
    result = match(description, a_worker(*done))
    rows, parts = result["requirements"], result["parts"]
    assert 0 <= result["score"] <= 100
    assert sum(row["points"] for row in rows) == result["score"]
    for name, must in (("must_have", True), ("nice_to_have", False)):
        part = parts[name]
        assert sum(row["points"] for row in rows if row["must"] is must) == part["points"] <= part["of"]
        assert part["met"] + part["partly"] + part["missing"] == sum(row["must"] is must for row in rows)
    assert parts["must_have"]["of"] + parts["nice_to_have"]["of"] == 100
    assert all((row["delta"] == 0) == (row["verdict"] == "met") for row in rows if row["delta"] or row["must"])
    matched, missing = ([row["keyword"] for row in result[name]] for name in ("matched", "missing"))
    assert len({*matched, *missing}) == len(matched) + len(missing)


@given(requirements, deeds, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_score(asked: list[str], done: list[str], chance: random.Random) -> None:
    before = match(of(*asked), a_resume(projects=[{"name": "p", "highlights": done}]))
    work = copy.deepcopy(a_resume()["work"])
    for one in (asked, done, work):
        chance.shuffle(one)
    after = match(of(*asked), a_resume(projects=[{"name": "p", "highlights": done}], work=work))
    assert after["score"] == before["score"]
    assert {row["text"]: (row["points"], row["delta"]) for row in after["requirements"]} == {
        row["text"]: (row["points"], row["delta"]) for row in before["requirements"]
    }


@given(requirements, deeds, deeds)
def test_another_item_never_lowers_the_score(asked: list[str], done: list[str], more: list[str]) -> None:
    before = a_worker(*done)
    after = with_more(before, work=[{"name": "B", "position": "C", "startDate": "2022-01", "highlights": more}])
    assert match(of(*asked), after)["score"] >= match(of(*asked), before)["score"]


def test_no_sample_scores_less_with_an_item_of_another_sample() -> None:
    kept = [one for one in documents() if one.get("work") and isinstance(one["work"], list)]
    for description in itertools.islice(descriptions(), 0, None, 4):
        for one, other in itertools.pairwise(kept):
            both = with_more(one, work=other["work"][:1])
            assert match(description, both)["score"] >= match(description, one)["score"]


@given(requirements, deeds)
def test_proving_what_is_missing_adds_at_least_its_delta(asked: list[str], done: list[str]) -> None:
    before = match(of(*asked), a_worker(*done))
    for row in before["requirements"]:
        if row["verdict"] != "met":
            deed = f"Rebuilt the ordering of spare parts for 30 garages: {row['text'].replace(' or ', ' and ')}"
            after = match(of(*asked), a_worker(*done, deed))
            assert after["score"] - before["score"] >= row["delta"]


def test_showing_a_missing_keyword_adds_its_delta() -> None:
    description, document = of("Kafka", "Kafka and Rust", "Python"), a_worker("Wrote Python")
    before = match(description, document)
    for row in before["missing"]:
        after = match(description, a_worker("Wrote Python", f"Ran {row['keyword'].title()} for a bank"))
        assert after["score"] - before["score"] == row["delta"]


def test_naming_every_skill_of_a_posting_in_lists_adds_at_most_ten_points() -> None:
    for description, document in itertools.product(descriptions(), documents()):
        try:
            before = match(description, document)
        except AssertionError:
            continue  # it asks for nothing
        names = [row["keyword"] for row in before["missing"]] + [row["keyword"] for row in before["matched"]]
        lists = with_more(
            document,
            skills=[{"name": "Everything", "keywords": [*names, *(row["text"] for row in before["requirements"])]}],
            work=[{"name": "Stuffed", "position": "Clerk", "startDate": "2010-01", "highlights": [", ".join(names)]}],
            projects=[{"name": "Stuffed", "keywords": names}, {"name": "More", "highlights": names}],
        )
        years = with_more(document, work=[{"name": "Stuffed", "position": "Clerk", "startDate": "2010-01"}])
        without = match(description, years)["score"]  # years of any work are no list
        assert match(description, lists)["score"] - without <= LIFT, names


def test_naming_what_is_easily_said_adds_half_of_what_showing_it_would() -> None:
    asked = of("Communication of medical findings to families and referring doctors")
    before, named, shown = (
        match(asked, a_worker(deed))
        for deed in ("Baked", "Took over communication at a bakery", "Communication of findings to families of the ill")
    )
    assert [row["delta"] for row in before["missing"]] == [named["score"]] == [50]
    assert before["requirements"][0]["delta"] == shown["score"] == 100


EIGHT = ("Kafka", "Kubernetes", "Terraform", "Python", "PostgreSQL", "Machine learning", "CI/CD", "Spark")
LISTED = ", ".join(EIGHT)
STARTS = (
    "", "Technologies: ", "Core competencies: ", "Highly skilled in ", "Key skills include ", "Day-to-day: ",
    "Responsible for ", "Maîtrise parfaite de ", "Used ", "Working with ", "I know ", "Hands-on with ",
    "Daily business: ", "ATS keywords: ", "Passionate about ", "Environnement technique : ",
)  # fmt: skip
STUFFED: tuple[dict[str, Any], ...] = (
    *({"projects": [{"name": "Notes", "highlights": [start + LISTED]}]} for start in STARTS),
    *({"basics": {"name": "Kim Doe", "summary": f"{start}{LISTED}."}} for start in STARTS),
    *({"basics": {"name": "Kim Doe", "label": f"Engineer: {sign.join(EIGHT)}"}} for sign in (" | ", " / ", ", ", " ")),
    {"volunteer": [{"organization": "Club", "highlights": [LISTED]}]},
    {"volunteer": [{"organization": "Club", "summary": LISTED}]},
    {"publications": [{"name": LISTED}]},
    {"publications": [{"name": name} for name in EIGHT]},
    {"volunteer": [{"organization": "Club", "highlights": ["Passionate about Kafka, Spark, Rust, go, R, thrift"]}]},
    {"publications": [{"name": "On bread", "summary": LISTED}]},
    {"awards": [{"title": LISTED}]},
    {"certificates": [{"name": LISTED}]},
    {"interests": [{"name": LISTED}]},
    {"education": [{"institution": "Evening school", "area": LISTED}]},
    {"education": [{"institution": "Evening school", "studyType": LISTED, "area": "Baking"}]},
    {"projects": [{"name": ", ".join(EIGHT[:4])}, {"name": ", ".join(EIGHT[4:])}]},
    {"projects": [{"name": "Notes", "highlights": [f"Used {name}" for name in EIGHT]}]},
)


@pytest.mark.parametrize("more", STUFFED, ids=lambda more: str(more)[:90])
def test_a_list_is_a_list_however_it_is_introduced(more: dict[str, Any]) -> None:
    assert match(of(*EIGHT), a_worker("Answered the phone", **more))["score"] <= LIFT


def test_titles_of_many_skills_are_lists() -> None:
    jobs = [{"name": "B", "position": ", ".join(names), "startDate": "2000"} for names in (EIGHT[:4], EIGHT[4:])]
    assert match(of(*EIGHT), {"work": jobs})["score"] <= LIFT


@pytest.mark.parametrize(
    "deed",
    [
        "Wrote a Kafka client in Rust and Go",
        "Built dashboards in Tableau",
        "Wrote Python",
        "Moved four shops of a grocer to Kafka, Spark, Airflow and Terraform",
        "Developer of websites in PHP",
    ],
)
def test_a_short_deed_is_no_list(deed: str) -> None:
    result = match(of(*(one for one in ("Kafka", "Tableau", "Python", "PHP") if one in deed)), a_worker(deed))
    assert result["score"] == 100


def test_a_line_that_is_a_short_requirement_letter_for_letter_is_a_copy_of_it() -> None:
    asked = of("Running Kubernetes in production", "Up at three in the morning")
    assert match(asked, a_worker("Running Kubernetes in production.", "Up at three in the morning"))["score"] <= LIFT
    assert match(asked, a_worker("Ran Kubernetes in production for a bank"))["score"] == 75


LONG = (
    "Experience planning bakery deliveries across several rural counties",
    "Keeping the ledger of a cooperative with forty member farms",
    "Experience operating Kafka clusters for payment systems under load",
)


def test_repeating_the_posting_shows_nothing() -> None:
    nearly = [text.replace("several ", "") for text in LONG]
    for lines in (LONG, nearly):
        assert match(of(*LONG), a_worker(*lines))["score"] <= LIFT
        assert match(of(*LONG), a_worker("Baked", basics={"name": "K", "summary": ". ".join(lines)}))["score"] <= LIFT
    done = a_worker("Planned the deliveries of 9 bakeries in rural counties", "Ran Kafka clusters for payments")
    assert match(of(*LONG), done)["score"] > 3 * LIFT


def test_a_list_below_a_long_job_shows_no_years() -> None:
    years = [{"name": "Acme", "position": "Clerk", "startDate": "2000-01", "highlights": ["Kafka, Spark, Rust"]}]
    shown = [{"name": "Notes", "highlights": ["Ran Kafka for a shelter"]}]
    assert match(of("5 years of Kafka"), {"work": years, "projects": shown})["score"] == 50


def test_the_same_two_give_the_same_bytes_in_any_process() -> None:
    code = (
        "import json; from tests.match.pairs import *; "
        "print(json.dumps([match(one, a_resume()) for one in [*descriptions()][:12]]))"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(outputs[0]) > 1000


def test_who_changes_a_score_raises_the_version() -> None:
    """Then put the new version and digest here; what was stored before is stale from then on."""
    forecaster = a_worker(
        "Trained LightGBM models for 400 shops",
        skills=[{"name": "Tools", "keywords": ["SQL", "Airflow"]}],
        education=[{"institution": "X", "studyType": "MSc", "area": "Statistics"}],
        languages=[{"language": "French", "fluency": "B2"}],
    )
    asked = of(
        "Master's degree in statistics", "Gradient boosting (XGBoost or LightGBM)", "SQL and Airflow", "Fluent French",
        "3 years of experience", "Explaining forecasts to shop managers", "You must be a citizen of France",
    )  # fmt: skip
    harbour = read_posting(a_job()).description
    results = [match(posting, document) for posting in (harbour, asked) for document in (a_resume(), forecaster)]
    digest = sha256(json.dumps(results).encode()).hexdigest()[:16]
    assert [result["score"] for result in results] == [60, 2, 28, 70]
    assert (SCORE_VERSION, digest) == (2, "7b8374ec9ba304c3")
