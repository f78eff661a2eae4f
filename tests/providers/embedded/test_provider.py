"""The built-in assistant as a provider: what it streams, how it ends, and what it refuses."""

import datetime as dt

import pytest

from app.errors import ModelFailed
from app.providers.base import Cancellation, Cancelled, Delta, Facts, Finish, Prompt
from app.providers.embedded import EmbeddedProvider
from app.tokens import tokenizer_for
from tests.providers.embedded.facts import claire, prompt, sarah

TODAY = dt.date(2026, 11, 1)
provider = EmbeddedProvider(today=lambda: TODAY)


def stream(asked: Prompt) -> tuple[str, Finish]:
    *deltas, finish = provider.stream(asked, Cancellation())
    assert all(isinstance(delta, Delta) and delta.text for delta in deltas)
    assert isinstance(finish, Finish)
    return "".join(delta.text for delta in deltas if isinstance(delta, Delta)), finish


def answer(facts: Facts, **about: object) -> str:
    return stream(prompt(facts, **about))[0]  # type: ignore[arg-type]


def test_the_answer_comes_in_many_pieces_and_ends_with_its_price() -> None:
    asked = prompt(sarah("How do I tailor my resume?"))
    events = list(provider.stream(asked, Cancellation()))
    text, finish = stream(asked)
    assert len(events) > 20
    assert finish.reason == "stop"
    assert finish.usage.prompt_tokens == asked.prompt_tokens
    assert finish.usage.completion_tokens == tokenizer_for(asked.model).count(text)


def test_the_same_question_gets_the_same_answer() -> None:
    assert answer(sarah("What am I missing?")) == answer(sarah("What am I missing?"))


def test_without_facts_there_is_nothing_to_answer_from() -> None:
    with pytest.raises(ModelFailed):
        next(provider.stream(prompt(None), Cancellation()))


def test_a_cancelled_stream_stops_at_once() -> None:
    cancellation = Cancellation()
    events = provider.stream(prompt(sarah("What am I missing?")), cancellation)
    next(events)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(events)


@pytest.mark.parametrize("limit", [20, 60, 120])
def test_a_short_limit_ends_the_answer_after_a_whole_sentence(limit: int) -> None:
    whole = answer(sarah("What am I missing?"))
    text, finish = stream(prompt(sarah("What am I missing?"), max_tokens=limit))
    assert finish.reason == "length"
    assert whole.startswith(text)
    assert text.endswith((".", ":", "?", "”", ")"))
    assert limit < 60 or (finish.usage.completion_tokens or 0) <= limit


def test_nothing_has_to_be_reachable() -> None:
    provider.check()


def test_tailoring_quotes_the_requirement_and_the_line_that_meets_it() -> None:
    text = answer(sarah("How can I tailor my resume for this role?"))
    assert "“Experience with Airflow and Kubernetes”" in text
    assert "“Moved nightly training from cron to Airflow on AWS, from 6 hours to 40 minutes”" in text
    assert "doesn’t name Kubernetes" in text
    assert "built-in assistant" in text.splitlines()[-1]


def test_a_listed_skill_is_told_from_a_shown_one() -> None:
    text = answer(sarah("Am I qualified?"))
    assert "Strong SQL" in text.split("**Listed, not yet shown in use**")[1].split("**")[0]
    assert "Strong SQL" not in text.split("**You can prove**")[1].split("**")[0]
    assert "only lists it" in answer(sarah("do I have SQL?"))


def test_a_gap_is_named_as_a_gap() -> None:
    text = answer(sarah("And what about Kubernetes?"))
    assert "Your resume doesn’t name Kubernetes" in text
    assert "don’t claim it" in text


def test_what_neither_side_mentions_is_said_to_be_in_neither() -> None:
    assert "Your resume doesn’t name COBOL, and the posting doesn’t ask for it" in answer(sarah("What about COBOL?"))


def test_the_bullet_named_by_its_place_is_rewritten_with_its_own_words() -> None:
    text = answer(sarah("Rewrite my second bullet at DataTech"))
    assert "> From 6 hours to 40 minutes: moved nightly training from cron to Airflow on AWS" in text


def test_another_bullet_is_offered_each_time_until_there_is_none() -> None:
    before, seen = [("Rewrite my bullets", "…")], [answer(sarah("Rewrite my bullets"))]
    while "nothing further" not in seen[-1]:
        seen.append(answer(sarah("another one"), before=before))
        before.append(("another one", "…"))
    assert len(seen) == len(set(seen)) == 4


def test_a_bullet_that_says_it_all_is_left_alone() -> None:
    assert "leave its wording alone" in answer(sarah("Rewrite my first bullet at DataTech"))


def test_a_summary_counts_the_years_from_the_dates() -> None:
    assert "Senior Data Scientist, 9 years of work experience" in answer(sarah("Draft a summary line"))


def test_pay_is_quoted_from_the_posting_and_its_absence_admitted() -> None:
    assert "“Base salary of $140,000 to $165,000 and a yearly bonus.”" in answer(sarah("What's the salary?"))
    assert "doesn’t say anything about pay" in answer(sarah("What's the salary?", posting=()))


def test_every_line_under_the_benefits_heading_is_a_benefit() -> None:
    text = answer(sarah("What benefits do they offer?"))
    assert "“Base salary of $140,000 to $165,000 and a yearly bonus.”" in text
    assert "Spark" not in text


def test_the_place_is_told_once() -> None:
    place = "Boston, MA"
    text = answer(sarah("Where is the job located?", posting=(f"Location: {place}", "Offices in Lyon too")))
    assert text.count(place) == 1


def test_the_next_page_says_something_else() -> None:
    first = answer(sarah("What will they ask me?"))
    second = answer(sarah("what else?"), before=[("What will they ask me?", first)])
    assert "Spark" in second
    assert first != second


def test_a_letter_is_refused_with_the_material_for_it() -> None:
    text = answer(sarah("Write me a cover letter"))
    assert "can’t write a letter" in text
    assert "Cut forecast error by 23%" in text


@pytest.mark.parametrize(
    "question",
    [
        "How do I tailor this?",
        "What should I highlight?",
        "Am I qualified?",
        "What am I missing?",
        "Draft a summary",
        "hi",
    ],
)
def test_the_answer_differs_with_the_job_and_with_the_resume(question: str) -> None:
    other_job = sarah(question, job_title="Analyst", company="Coop", requirements=claire().requirements)
    other_resume = sarah(question, lines=claire().lines, headline="Manager", requirements=claire().requirements)
    assert len({answer(sarah(question)), answer(other_job), answer(other_resume)}) == 3


def test_a_french_question_gets_a_french_answer_with_french_typography() -> None:
    text = answer(claire("Que me manque-t-il ?"))
    assert "voici ce que l’offre demande" in text
    assert "«\u00a0Pratique de Python ou de R\u00a0»" in text
    assert "l’assistant intégré" in text.splitlines()[-1]
    assert "“" not in text
    assert " :" not in text
    assert " ?" not in text


def test_french_elides_before_a_vowel() -> None:
    assert "Mon expérience d’Excel" in answer(claire("Bonjour"))


def test_an_empty_resume_is_told_what_to_do() -> None:
    for question in ("How do I tailor this?", "Am I qualified?", "Draft a summary", "Rewrite my bullet", "interview?"):
        assert "Your resume holds no lines" in answer(sarah(question, lines=(), requirements=()))


def test_a_posting_without_requirements_is_said_to_have_none() -> None:
    assert "no list of requirements" in answer(sarah("Am I qualified?", requirements=()))
