"""What a question means after those before it: more of the same, the second of a list, the same but shorter."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.providers.base import Facts, Message
from app.providers.embedded.intents import Ask, Form, read_question, tables
from app.providers.embedded.text import fold, pattern

SHORT_QUESTION, REMEMBERED = 8, 10
NO_SUBJECT = ("unknown", "thanks", "greeting", "capabilities")
VERSIONED = ("rewrite", "summary")  # answers that are a text, of which there can be another version


def understand(facts: Facts, messages: Sequence[Message]) -> Ask:
    """What the question asks; a follow-up ("another one") takes its meaning from the questions before it."""
    subject: Ask | None = None
    for question in _questions_before(messages)[-REMEMBERED:]:
        ask = _resolved(question, facts, subject)
        subject = subject if ask.intent in NO_SUBJECT else ask
    return _resolved(facts.question, facts, subject)


def _resolved(question: str, facts: Facts, subject: Ask | None) -> Ask:
    ask = read_question(question, facts)
    if subject is None:
        return ask
    folded = fold(question)
    if not ask.quoted and 0 < len(folded.split()) <= SHORT_QUESTION:
        followed = _followed(ask, folded, subject)
        if followed is not None:
            return followed
    return replace(ask, again=(ask.intent, ask.topic, ask.terms) == (subject.intent, subject.topic, subject.terms))


def _followed(ask: Ask, folded: str, subject: Ask) -> Ask | None:
    """The subject taken further, if that is what a short question asks."""
    words = tables()["follow_up"]
    names_another_thing = bool(pattern(words["own"]).search(folded))
    form = "" if names_another_thing else _form(folded, subject)
    if form:
        return replace(subject, form=form, tries=subject.tries + 1 if form == subject.form else 1, again=False)
    if ask.intent == "unknown" and subject.intent in ("fit", "score") and pattern(words["why"]).fullmatch(folded):
        return replace(subject, intent="missing", topic="")
    further = bool(pattern(words["more"]).search(folded))
    if ask.intent == subject.intent:
        is_same = further and not ask.terms and ask.topic in ("", subject.topic)
        return _further(subject) if is_same else None
    if names_another_thing or not _says_nothing_else(ask):
        return None
    place = _place(folded)
    if place:
        moved = {"nth": place} if subject.intent == "interview" else {"page": place - 1}
        return replace(subject, form="", tries=0, again=False, **moved)  # type: ignore[arg-type]
    return _further(subject) if further else None


def _further(subject: Ask) -> Ask:
    """More of the same; after a verdict, the gaps that it only counted."""
    if subject.intent == "fit":
        return replace(subject, intent="missing", topic="", page=int(subject.topic == "gaps"), form="", again=False)
    return replace(subject, page=subject.page + 1, form="", tries=0, again=False)


def _says_nothing_else(ask: Ask) -> bool:
    """Whether a question by itself has no subject, or at most a few words of its own that no rule knows."""
    return ask.intent in ("unknown", "rewrite") or (ask.intent in ("skill", "interview") and not ask.terms)


def _form(folded: str, subject: Ask) -> Form:
    words = tables()["follow_up"]
    if pattern(words["shorter"]).search(folded):
        return "shorter"
    return "other" if subject.intent in VERSIONED and pattern(words["other"]).search(folded) else ""


def _place(folded: str) -> int:
    """The place in a list that a question names, from 1; 0 if it names none."""
    for place, names in enumerate(tables()["follow_up"]["places"], 1):
        if pattern(names).search(folded):
            return place
    return 0


def _questions_before(messages: Sequence[Message]) -> list[str]:
    """The user's earlier questions that were answered, oldest first.

    The first user message is the resume and the posting: no question, even where the conversation that somebody sends
    along begins with the assistant.
    """
    said = [message for message in messages if message.role != "system"][1:]
    return [one.content for one, following in pairwise(said) if one.role == "user" and following.role == "assistant"]
