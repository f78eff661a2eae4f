"""The manners differ in substance: facts about the job, a strategy for the application, help with the resume."""

import re
from dataclasses import replace

import pytest

from app.providers.base import Facts, Manner, Requirement
from app.providers.embedded.voice import sentences
from tests.providers.embedded.facts import (
    ENGINEERING,
    FORECAST,
    NIGHTLY,
    SARAH_LINES,
    claire,
    header,
    line,
    requirement,
    sarah,
)
from tests.providers.embedded.test_provider import answer

AIRFLOW = {
    "en": "Is my Airflow experience enough for this job?",
    "fr": "Mon expérience d’Airflow suffit-elle pour ce poste ?",
}
QUESTIONS = {
    "en": (
        "Am I a good fit?",
        "What am I missing?",
        "Which requirements do I meet?",
        "How do I tailor my resume?",
        "What should I highlight?",
        "How do I prepare for the interview?",
        "What about Kubernetes?",
        "Do I have SQL?",
        "What about COBOL?",
        "What's the salary?",
        "Is it remote?",
        "Do I have to travel?",
        "What do they ask for?",
        "What would I be doing day to day?",
        "Which of my bullets can I cut?",
        "Rewrite my first bullet",
        "Draft a summary line",
        "How many years do they want?",
        "Is my degree enough?",
        "How do I explain the gap in my employment?",
        "How should I present my career change?",
        "tell me about my DataTech job",
        "Write me a cover letter",
        "hello",
        "thanks!",
        "What can you do?",
        "blue",
    ),
    "fr": (
        "Suis-je qualifié ?",
        "Que me manque-t-il ?",
        "Comment adapter mon CV ?",
        "Que dois-je mettre en avant ?",
        "Comment préparer l’entretien ?",
        "Quel est le salaire ?",
        "Quelles sont les missions ?",
        "Combien d’années d’expérience faut-il ?",
        "Comment présenter ma reconversion ?",
        "Écris-moi une lettre de motivation",
        "Bonjour",
    ),
}
PAIRS = [(language, question) for language, asked in QUESTIONS.items() for question in asked]


def said(question: str, manner: Manner, facts: Facts | None = None, language: str = "en") -> str:
    """An answer without the line that says who speaks."""
    asked = replace(facts or sarah(), question=question, manner=manner, language=language)  # type: ignore[arg-type]
    text = answer(asked)
    for key in ("signature", "signature_short"):
        text = text.removesuffix(sentences(asked.language)[key])
    return text.strip()


def sentences_of(text: str) -> set[str]:
    return {one.strip() for one in re.split(r"(?<=[.!?:])\s|\n", text) if one.strip()}


@pytest.mark.parametrize(("language", "question"), PAIRS)
@pytest.mark.parametrize("facts", [sarah(), claire()], ids=["sarah", "claire"])
def test_chat_and_coach_say_different_things(language: str, question: str, facts: Facts) -> None:
    chat, coach = (said(question, manner, facts, language) for manner in ("chat", "coach"))
    assert chat != coach
    shared = sentences_of(chat) & sentences_of(coach)
    assert shared < sentences_of(coach), "the coach adds nothing to the facts"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_chat_says_where_a_skill_stands_and_stops(language: str) -> None:
    text = said(AIRFLOW[language], "chat", language=language)
    first, *_ = text.split("\n")
    assert first in (
        "**Yes. Airflow: a must, shown in your resume.**",
        "**Oui. Airflow\u00a0: exigé, montré dans votre CV.**",
    )
    assert "Experience with Airflow and Kubernetes" in text
    assert "Moved nightly training from cron to Airflow" in text
    assert text.rstrip(".").endswith("Kubernetes")
    assert len(text.split()) < 90


@pytest.mark.parametrize("language", ["en", "fr"])
def test_coach_says_what_to_lead_with_what_they_will_probe_and_the_steps(language: str) -> None:
    text = said(AIRFLOW[language], "coach", language=language)
    lead, gap = {"en": ("Lead with", "will probe"), "fr": ("Commencez par", "vont creuser")}[language]
    assert text.index(lead) < text.index("Moved nightly training") < text.index(gap) < text.index("1. ")
    assert "3. " in text
    assert "Kubernetes" in text.split("3. ")[1]


def test_chat_gives_no_advice_on_a_gap_and_coach_an_order_of_steps() -> None:
    chat, coach = said("What am I missing?", "chat"), said("What am I missing?", "coach")
    assert "Kubernetes" in chat
    assert "prepare" not in chat
    assert "If not" not in chat
    assert coach.index("Now:") < coach.index("Before the interview:") < coach.index("When they ask:")
    assert NIGHTLY.text.removeprefix("- ") in coach


def test_a_gap_is_never_to_be_claimed() -> None:
    text = said("What about Kubernetes?", "coach")
    assert "your resume doesn’t show it" in text
    assert "If not, leave it out of the resume" in text


def test_chat_says_only_that_the_posting_is_silent_and_coach_how_to_find_out() -> None:
    silent = sarah(posting=())
    assert said("What's the salary?", "chat", silent).count(".") == 1
    assert "Ask for the range" not in said("What's the salary?", "chat", silent)
    assert "Ask for the range" in said("What's the salary?", "coach", silent)


def test_pay_that_is_named_is_quoted_in_both_and_argued_for_by_the_coach() -> None:
    for manner in ("chat", "coach"):
        assert "“Base salary of $140,000 to $165,000 and a yearly bonus.”" in said("What's the salary?", manner)  # type: ignore[arg-type]
    assert FORECAST.text.removeprefix("- ") in said("What's the salary?", "coach")


def test_the_coach_recommends_nothing_beyond_the_verdicts() -> None:
    none = sarah(requirements=(requirement("Cobol"), requirement("Rust")))
    assert "doesn’t show any of the 2 requirements" in said("Should I apply?", "coach", none)
    everything = sarah(requirements=(requirement("LightGBM", FORECAST), requirement("Airflow", NIGHTLY)))
    assert "proof for all that counts" in said("Should I apply?", "coach", everything)
    assert "is a stretch" not in said("Should I apply?", "coach")


def test_one_shown_of_many_is_no_strong_footing() -> None:
    asked = (requirement("LightGBM", FORECAST), *(requirement(name) for name in ("Cobol", "Rust", "Java", "Kafka")))
    assert "is a stretch" in said("Should I apply?", "coach", sarah(requirements=asked))


def test_a_quality_is_shown_by_a_case_and_a_skill_by_trying_it() -> None:
    soft = sarah(requirements=(requirement("Attention to detail"), requirement("Kubernetes")))
    text = said("What am I missing?", "coach", soft)
    assert text.index("1. “Kubernetes”") < text.index("2. “Attention to detail”: choose one true case")
    assert "try Attention" not in text


def test_years_that_are_short_are_not_to_be_stretched() -> None:
    short = Requirement(
        text="15+ years of Airflow", must=True, terms=("airflow",), verdict="partly", evidence=(NIGHTLY,)
    )
    text = said("What am I missing?", "coach", sarah(requirements=(short,)))
    assert "leave the dates as they are" in text
    chat = said("Is my Airflow experience enough?", "chat", sarah(requirements=(short,)))
    assert "“15+ years”" in chat
    assert "lasted 5 years by their dates" in chat


def test_a_duty_is_prepared_from_the_line_that_comes_near_it() -> None:
    near = line("Put forecasting models into production for 12 shops", item=SARAH_LINES[0].item)
    facts = sarah(lines=(header(SARAH_LINES[0].item), near, *SARAH_LINES[1:]))
    duty = "“Put forecasting models into production”"
    for question in (f"How do I prepare for an interview on {duty}?", f"What do I say about {duty}?"):
        text = said(question, "coach", facts)
        assert "To be ready for this duty" in text
        assert "for 12 shops" in text
        assert "category managers" not in text
    assert "mentioned in the posting" in said(f"What about {duty}?", "chat", facts)


@pytest.mark.parametrize("manner", ["chat", "coach"])
def test_a_requirement_in_quotation_marks_is_what_is_asked_about(manner: Manner) -> None:
    text = said("Do I meet “A driving licence”?", manner)
    assert "driving licence" in text.lower()
    assert "leave its wording alone" not in text


@pytest.mark.parametrize("manner", ["chat", "coach"])
def test_a_bullet_in_quotation_marks_is_still_rewritten(manner: Manner) -> None:
    asked = "How can I say this better: “Responsible for reviewing the code of two juniors”"
    assert "> Reviewed the code of two juniors" in said(asked, manner)


@pytest.mark.parametrize("manner", ["chat", "coach"])
@pytest.mark.parametrize("question", ["What am I missing?", "What will they ask me?", "What do they ask for?"])
def test_more_is_something_else_until_there_is_none(manner: Manner, question: str) -> None:
    facts, before, seen = sarah(manner=manner), [(question, "…")], [answer(sarah(question, manner=manner))]
    while "nothing further" not in seen[-1]:
        seen.append(answer(replace(facts, question="what else?"), before=before))
        before.append(("what else?", "…"))
    assert 2 <= len(seen) == len(set(seen))


@pytest.mark.parametrize("manner", ["chat", "coach"])
def test_an_empty_resume_and_a_posting_without_requirements_are_said_to_be_so(manner: Manner) -> None:
    for question in ("Am I qualified?", "How do I prepare for the interview?", "How do I tailor my resume?"):
        assert "Your resume holds no lines" in said(question, manner, sarah(lines=(), requirements=()))
        assert "no list of requirements" in said(question, manner, sarah(requirements=()))


def test_without_requirements_the_coach_still_says_what_to_lead_with() -> None:
    for question in ("Should I apply?", "What am I missing?", "How do I tailor my resume?"):
        text = said(question, "coach", sarah(requirements=()))
        assert FORECAST.text.removeprefix("- ") in text
        assert "Ask them which two things" in text


def test_what_is_listed_only_in_part_is_no_bridge_to_tell() -> None:
    half = sarah(requirements=(requirement("SQL and Kubernetes", ENGINEERING), requirement("Airflow", NIGHTLY)))
    text = said("What am I missing?", "coach", half)
    assert "have one case ready in which you used what you list" in text
    assert "what comes closest, “Data engineering" not in text


def test_a_letter_without_a_line_to_open_with_is_said_to_need_one() -> None:
    bare = sarah(lines=(header(SARAH_LINES[0].item), line("Worked on things", item=SARAH_LINES[0].item)))
    bare = replace(bare, requirements=(requirement("Kubernetes"),))
    assert "1. Open with one true thing" in said("Write me a cover letter", "coach", bare)
    assert "can’t write a letter" in said("Write me a cover letter", "chat", bare)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_assistant_offers_it_understands(language: str) -> None:
    for manner in ("chat", "coach"):
        offered = re.findall(r"^- (.+\?)$", said("hello", manner, language=language), re.MULTILINE)  # type: ignore[arg-type]
        assert len(offered) >= 4
        for question in offered:
            unsure = sentences("fr" if language == "fr" else "en")["unsupported.unknown"].split("{")[0]
            assert not said(question, manner, language=language).startswith(unsure[:30])  # type: ignore[arg-type]
