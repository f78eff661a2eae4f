"""The built-in assistant builds a CV: it leads, says what it understood, and claims nothing else."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from app.cv.answer import load
from app.cv.data import EMPTY, CvData, Data, DocType, LetterData, progress_of, to_json
from app.cv.lead import next_question
from app.cv.patch import apply
from app.providers.base import Cancellation, Delta, Draft, Finish, Prompt
from app.providers.embedded.builder import answer_draft
from app.providers.embedded.builder.wording import sentences
from app.providers.embedded.provider import EmbeddedProvider
from benchmarks.cv import messages

CONVERSATION = (
    "Hi! I am Sarah Johnson, a Senior Data Scientist",
    "My email is sarah@datatech.com, phone is +1-555-9999, I'm in Boston, MA",
    "I'm a senior data scientist at DataTech since March 2021, before that I was a data analyst at Shopwise from 2017 to 2021",
    "I built a churn model that saved 1.2M a year\nled a team of four",
    "no, it's Shopwise Inc, not Shopwise",
    "BSc in Physics, MIT, 2016",
    "Python, SQL, Tableau, machine learning",
    "drop the Tableau thing",
    "skip",
    "GreenRoute: a route planner for cyclists",
    "what can you do?",
    "Data scientist with eight years in retail who turns messy data into decisions.",
)
RESUME = ("- Built a forecasting service that saved $1.2M a year", "- Led a team of five analysts", "Python, SQL")
LETTER = (
    "I want to apply to Northwind as an ML engineer",
    "I'm Priya Nair, priya@mail.example",
    "I admire how they publish their research openly",
    "the first two",
    "hiring manager",
    "I would love to talk. Kind regards",
)


class Talk:
    """A conversation as the engine leads it."""

    def __init__(self, doc_type: DocType = "cv", data: Data | None = None, resume_lines: Sequence[str] = ()) -> None:
        self.doc_type = doc_type
        self.data = data if data is not None else EMPTY[doc_type]
        self.said: tuple[str, ...] = ()
        self.asked: tuple[str, ...] = ()
        self.replies: list[str] = []
        self.resume_lines = tuple(resume_lines)

    def say(self, message: str) -> str:
        self.said += (message,)
        answered = answer_draft(self.draft(message))
        self.data = apply(self.data, answered.patch)
        if topic := next_question(self.data, asked_before=self.asked):
            self.asked += (topic.path,)
        self.replies.append(answered.reply)
        return answered.reply

    def draft(self, message: str) -> Draft:
        return Draft(
            doc_type=self.doc_type,
            data=self.data,
            message=message,
            said=self.said,
            asked=self.asked[-1] if self.asked else "",
            asked_before=self.asked,
            resume_lines=self.resume_lines,
        )


def talked(messages: Sequence[str], doc_type: DocType = "cv", resume_lines: Sequence[str] = ()) -> Talk:
    talk = Talk(doc_type, resume_lines=resume_lines)
    for message in messages:
        talk.say(message)
    return talk


def assert_grounded(reply: str, *sources: str) -> None:
    """Every capitalised word, number and address of a reply is the user's or stands in the fixed sentences."""
    known = " ".join([*sources, *sentences().values()]).lower()
    for word in re.findall(r"\b[A-ZÀ-Ý][\w.+#@'-]*\w|\d[\d.,/%]*\d|\d|\S+@\S+\w", reply):
        assert word.strip("*“”().,").lower() in known, word


def test_a_dozen_messages_make_a_whole_cv() -> None:
    talk = talked(CONVERSATION)
    assert progress_of(talk.data).percent == 100
    assert isinstance(talk.data, CvData)
    assert [job.company for job in talk.data.experience] == ["DataTech", "Shopwise Inc"]
    assert talk.data.skills.software_proficiency == ("Python", "SQL")
    assert "Your CV has all that it needs" in talk.replies[-1]


def test_a_letter_takes_its_proofs_from_the_resume() -> None:
    talk = talked(LETTER, "cover_letter", RESUME)
    assert isinstance(talk.data, LetterData)
    assert talk.data.proofs == ("Built a forecasting service that saved $1.2M a year", "Led a team of five analysts")
    assert progress_of(talk.data).percent == 100
    assert "“Led a team of five analysts”" in talk.replies[2]


@pytest.mark.parametrize(("conversation", "doc_type"), [(CONVERSATION, "cv"), (LETTER, "cover_letter")])
def test_replies_claim_only_what_was_said(conversation: Sequence[str], doc_type: DocType) -> None:
    talk = Talk(doc_type, resume_lines=RESUME)
    for message in conversation:
        reply = talk.say(message)
        assert_grounded(reply, *talk.said, *RESUME, str(to_json(talk.data)))


def test_replies_to_all_messages_of_the_file_claim_only_what_was_said() -> None:
    for message in messages():
        doc_type: DocType = "cv" if isinstance(message.before, CvData) else "cover_letter"
        talk = Talk(doc_type, data=message.before)
        talk.asked = (message.asked,) if message.asked else ()
        reply = talk.say(message.said)
        assert_grounded(reply, message.said, str(to_json(message.before)), str(to_json(talk.data)))


def test_it_never_asks_for_what_is_there_and_never_asks_the_same_twice_in_a_row() -> None:
    talk = talked(CONVERSATION)
    questions = [re.findall(r"[^.!?\n]+\?", reply) for reply in talk.replies]
    for earlier, later in pairwise(questions):
        assert not set(earlier) & set(later)
    assert "e-mail" not in talk.replies[2].lower()


def test_it_says_at_length_once_that_it_is_the_built_in_assistant() -> None:
    talk = talked(CONVERSATION[:3])
    assert talk.replies[0].endswith(sentences()["signature"])
    assert all(reply.endswith(sentences()["signature_short"]) for reply in talk.replies[1:])


def test_it_lists_several_jobs_and_confirms_corrections_and_removals() -> None:
    talk = talked(CONVERSATION[:8])
    assert "- **Senior Data Scientist** at **DataTech** (03/2021 – Present)\n- **Data Analyst**" in talk.replies[2]
    assert "the company is now **Shopwise Inc** instead of Shopwise" in talk.replies[4]
    assert "I removed Tableau." in talk.replies[7]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("help", "courtesy.help_cv"),
        ("what can you do?", "courtesy.help_cv"),
        ("thanks!", "courtesy.thanks"),
        ("should I add a photo?", "courtesy.advice"),
        ("Make up two impressive jobs for me", "courtesy.invent"),
        ("skip", "courtesy.skipped"),
    ],
)
def test_wishes_are_answered(message: str, said: str) -> None:
    assert sentences()[said] in talked([CONVERSATION[0], message]).replies[1]


def test_a_removal_of_what_is_not_there_is_said_to_have_found_nothing() -> None:
    assert "I found nothing like that in your CV" in talked([CONVERSATION[0], "remove the Photoshop thing"]).replies[1]


def test_the_cv_is_shown_on_request() -> None:
    reply = talked([*CONVERSATION[:3], "show me my CV"]).replies[-1]
    assert "**You**: Sarah Johnson, Senior Data Scientist" in reply
    assert "**Data Analyst** at **Shopwise**" in reply


def test_somebody_who_is_done_is_told_what_is_missing() -> None:
    reply = talked([*CONVERSATION[:2], "that's all"]).replies[-1]
    assert reply.startswith("You can finalize your CV as it is. What it still lacks: a summary")


def test_what_is_known_already_is_not_noted_again() -> None:
    assert "I have that already." in talked([CONVERSATION[0], "my name is Sarah Johnson"]).replies[1]


def test_somebody_who_wants_no_more_questions_is_asked_none_until_they_say_so() -> None:
    talk = talked([CONVERSATION[0], "stop"])
    assert sentences()["courtesy.stopped"] in talk.replies[1]
    assert "?" not in talk.replies[1]
    assert "?" not in talk.say("My email is sarah@datatech.com")
    assert "sarah@datatech.com" in talk.replies[2]
    assert "?" in talk.say("go on")
    assert "I found nothing" not in talk.replies[3]


@pytest.mark.parametrize("message", ["My wife is a doctor at St Thomas Hospital", "References: Jane Roe, jane@roe.org"])
def test_it_says_why_it_took_nothing_of_somebody_else(message: str) -> None:
    assert "about somebody else, so I put none of it in your CV" in talked([CONVERSATION[0], message]).replies[1]


def test_somebody_who_has_told_it_already_is_not_asked_again_at_once() -> None:
    assert "?" not in talked([CONVERSATION[0], "I already told you"]).replies[1]


def test_french_is_answered_with_a_word_about_it() -> None:
    reply = talked(["Bonjour, je voudrais faire mon CV avec vous, je suis à Lyon"]).replies[0]
    assert sentences()["french"] in reply


def test_the_provider_streams_the_reply_and_finishes_with_the_patch() -> None:
    draft = Talk().draft(CONVERSATION[0])
    prompt = Prompt(messages=(), model="gpt-4o-mini", max_tokens=800, prompt_tokens=5, draft=draft)
    pieces = list(EmbeddedProvider().stream(prompt, Cancellation()))
    text = "".join(piece.text for piece in pieces if isinstance(piece, Delta))
    finish = pieces[-1]
    assert isinstance(finish, Finish)
    answer = load("cv", finish.data)
    assert answer.reply == text
    assert answer.patch == answer_draft(draft).patch
