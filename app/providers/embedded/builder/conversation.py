"""One answer of the builder: what was understood, what was left out and why, and the next question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.cv.changes import Add, Patch
from app.cv.data import CvData, Data, progress_of
from app.cv.lead import next_question, place_of
from app.cv.patch import apply
from app.cv.rules import read_with_refused
from app.cv.rules.doubts import is_unwilling, own_part, without_references
from app.cv.rules.manners import (
    is_courtesy,
    is_go_on,
    is_order,
    is_question,
    is_stop,
    is_wish_to_change,
    wish_of,
)
from app.cv.truth import held
from app.providers.base import Draft
from app.providers.embedded.builder.overview import overview
from app.providers.embedded.builder.questions import chosen, proposals, question
from app.providers.embedded.builder.understood import differences
from app.providers.embedded.builder.wording import listed, quoted, say, shown
from app.vocabulary import language_of

EXTRAS: Final = ("language_fluency", "certifications", "awards_and_recognitions", "links")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply, and the changes that it speaks of."""

    reply: str
    patch: Patch


def answer_draft(draft: Draft) -> Answered:
    """Read the newest message, and say what came of it."""
    patch, refused = _read(draft)
    after = apply(draft.data, patch)
    said = differences(draft.data, after)
    blocks = said or _without_changes(draft, patch)
    if _is_first(draft) and not draft.data.personal_info.full_name and (name := after.personal_info.full_name):
        blocks = [say("greeting.named", name=shown(name.split(" ")[0])), *blocks]
    blocks += _refused(refused)
    if language_of(draft.message) == "fr":
        blocks = [say("french"), *blocks]
    signature = say("signature" if _is_first(draft) else "signature_short")
    return Answered(reply="\n\n".join([*blocks, *_next(draft, after), signature]), patch=patch)


def _read(draft: Draft) -> tuple[Patch, Patch]:
    """The changes that the message asks for; for a letter also the resume lines that it chooses."""
    proposed = proposals(draft.resume_lines) if place_of(draft.asked) == "proofs" else ()
    if lines := chosen(draft.message, proposed):
        return held((Add(path="proofs", values=lines),), (*draft.resume_lines, draft.message), data=draft.data)
    asked = "" if _is_stopped(draft.said[:-1]) else draft.asked
    return read_with_refused(draft.message, draft.data, asked=asked)


def _is_stopped(said: Sequence[str]) -> bool:
    """Whether the user wanted no more questions, and has not said since then that they may go on."""
    wishes = [is_stop(message) for message in said if is_stop(message) or is_go_on(message)]
    return bool(wishes) and wishes[-1]


def _is_first(draft: Draft) -> bool:
    return len(draft.said) <= 1


def _without_changes(draft: Draft, patch: Patch) -> list[str]:
    """What is said when nothing changed: an answer to a wish, or why nothing did."""
    message = draft.message.replace("’", "'").strip()
    suffix, kind = ("cv" if draft.doc_type == "cv" else "letter"), say(f"kind.{draft.doc_type}")
    wish = wish_of(message)
    replies = {
        "help": say(f"courtesy.help_{suffix}"),
        "thanks": say("courtesy.thanks"),
        "hello": say("greeting.plain" if _is_first(draft) else "greeting.again"),
    }
    cases = (
        (bool(patch), say("added.known")),
        (is_stop(message), say("courtesy.stopped")),
        (is_order(message), say("courtesy.invent")),
        (wish in replies, replies.get(wish, "")),
        (is_wish_to_change(message), say("courtesy.not_there", kind=kind)),
        (is_unwilling(message), say("courtesy.skipped") if draft.asked else ""),
        (is_question(message), say("courtesy.advice")),
        (is_go_on(message), ""),
        (not own_part(without_references(message)).strip(), say("courtesy.theirs", kind=kind)),
        (is_courtesy(message), ""),
        (True, say("courtesy.nothing", kind=kind, example=say(f"courtesy.example_{suffix}"))),
    )
    if wish in ("show", "done") and not patch:
        return overview(draft.data, kind) if wish == "show" else []
    reply = next(reply for holds, reply in cases if holds)
    return [reply] if reply else []


def _refused(refused: Patch) -> list[str]:
    """What was read in the message but is not in its words, so that it was left out."""
    texts = [text for change in refused for text in _texts(change)]
    return [say("refused.one", what=listed([quoted(text) for text in texts[:3]]))] if texts else []


def _texts(change: object) -> Sequence[str]:
    if isinstance(change, Add):
        return change.values
    values = getattr(change, "values", None)
    if isinstance(values, dict):
        return tuple(values.values())
    value = getattr(change, "value", "")
    return (value,) if value else ()


def _next(draft: Draft, after: Data) -> list[str]:
    """The next question, or that there is none; nothing to somebody who wants no more of them."""
    if _is_stopped(draft.said):
        return []
    kind = say(f"kind.{draft.doc_type}")
    topic = next_question(after, asked_before=draft.asked_before)
    is_done = wish_of(draft.message.replace("’", "'")) == "done" and after == draft.data
    progress = progress_of(after)
    if topic and not is_done:
        return [question(topic, asked_before=draft.asked_before, resume_lines=draft.resume_lines)]
    if not progress.is_complete:
        what = listed([say(f"section.{name}") for name in progress.missing])
        return [say("done.open", kind=kind, what=what)]
    if progress_of(draft.data).is_complete:
        return [say("done.still", kind=kind)]
    extras = _extras(after)
    ending = say("done.complete", kind=kind)
    return [f"{ending} {say('done.extras', what=listed(extras))}" if extras else ending]


def _extras(data: Data) -> list[str]:
    if not isinstance(data, CvData):
        return []
    there = {
        "language_fluency": bool(data.skills.language_fluency),
        "certifications": bool(data.skills.certifications),
        "awards_and_recognitions": bool(data.awards_and_recognitions),
        "links": bool(data.personal_info.linkedin or data.personal_info.website),
    }
    return [say(f"section.{name}") for name in EXTRAS if not there[name]]
