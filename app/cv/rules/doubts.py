"""What is no fact about the user, though it has the form of an answer: a denial, a correction, or another's story."""

import re

from app.cv.rules.manners import is_order, is_refusal, is_stop, is_wish_to_change
from app.cv.rules.passages import section_of
from app.cv.rules.text import sentences

_NOT = re.compile(r"\b(?:not(?! only\b)|never|cannot|no longer|nobody|neither|nor|without any)\b|n't\b", re.IGNORECASE)
_PUT_RIGHT = re.compile(
    r"(?:(?:oh|oops|ah|no|and|but|well)\b[,.! ]*)*"
    r"(?:actually|correction|sorry|wait|i meant?|i mean|that's wrong|that is wrong|wrong|it should)\b",
    re.IGNORECASE,
)
_UNWILLING = re.compile(
    r"\b(?:(?:don't|do not|can't|cannot|couldn't|didn't|not) (?:really )?"
    r"(?:know|remember|recall|understand|think of|see|get|want to (?:say|tell|write|answer|talk)|sure|certain)"
    r"|no idea|no clue|nothing (?:comes|special|really|much|else|to)|i (?:think|guess|suppose) (?:i|so|it)\b"
    r"|^(?:lots of|all sorts of|all kinds of|many|some|the usual|a bit of everything)(?: things| stuff)?\W*$"
    r"|i'd rather|rather not|(?:write|do|fill) (?:it|that|this|one) for me|for me,? please|already (?:told|said)"
    r"|(?:ask|tell) (?:me|you) (?:again )?(?:later|tomorrow|another time|that later)"
    r"|(?:come|get) back to (?:it|that|this|you)|what (?:do you mean|should i|to (?:say|write|put))"
    r"|(?:you|please) (?:decide|choose|write it)|why do you|none of your)\b",
    re.IGNORECASE,
)
_PEOPLE = (
    "wife|husband|spouse|partner|girlfriend|boyfriend|fiance|fiancee|friend|mate|flatmate|roommate|neighbou?r|mother"
    "|father|mum|mom|dad|parents|brother|sister|siblings?|son|daughter|kids?|children|child|uncle|aunt|cousin|nephew"
    "|niece|grand(?:mother|father|ma|pa)|boss|manager|supervisor|colleagues?|co-?workers?|teammates?|team leader"
    "|referees?|landlord|assistant|secretary|ex"
)
_OTHER = re.compile(
    rf"(?:(?:and|but|also|so|well|because|that was|this was|it was|it's|that's)\b,? )*"
    rf"(?:(?:my|our|his|her|their|an?) (?:(?:best|old|former|ex|big|little|older|younger|late|good) |ex-)*"
    rf"(?:{_PEOPLE})\b(?! and i\b)(?!, (?:i|my)\b)|(?:he|she)(?:'s)?\b)",
    re.IGNORECASE,
)
_ONESELF = re.compile(r"(?:,|;|\band|\bbut|\bwhile|\bwhereas)\s+(?=(?:i|i'm|i've|my own|mine)\b)", re.IGNORECASE)
_REFERENCES = re.compile(
    r"\W{0,8}(?:(?:my|professional|personal) )?(?:references?|referees?)\b(?=\s*(?:[:–—-]|are\b|available\b|$))",
    re.IGNORECASE,
)
_I = re.compile(r"(?:(?:and|but|also) )?(?:i|i'm|i've|my)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:i|i'm|i've|you|we|they|he|she|me|am|is|are|was|were|have|has|had|do|does|did|can|could|will|would|should"
    r"|use|used|know|want|like|think|finished|worked|studied|left|went|told|said|ask|need)\b",
    re.IGNORECASE,
)


def is_doubtful(text: str) -> bool:
    """Whether a text denies, corrects, orders, refuses or speaks of somebody else, so that it is no bare answer."""
    return bool(
        _NOT.search(text)
        or _PUT_RIGHT.match(text)
        or is_unwilling(text)
        or _OTHER.match(text)
        or is_order(text)
        or is_wish_to_change(text)
    )


def is_unwilling(text: str) -> bool:
    """Whether a text says that there is no answer, or not now."""
    return is_refusal(text) or is_stop(text) or bool(_UNWILLING.search(text[:200]))


def puts_right(text: str) -> bool:
    """Whether a text begins as a correction does: "Actually my name is ...", "sorry, I meant ..."."""
    return bool(_PUT_RIGHT.match(text))


def says_something(text: str) -> bool:
    """Whether a text has a pronoun or a verb, so that it is a sentence and not a name."""
    return bool(_VERB.search(text))


def own_part(sentence: str) -> str:
    """The sentence from where it speaks of the user: nothing of "My wife is a doctor", all of "I am a doctor"."""
    if not _OTHER.match(sentence):
        return sentence
    own = _ONESELF.search(sentence)
    return sentence[own.end() :] if own else ""


def without_references(text: str) -> str:
    """The text without those who may be asked about the user: the lines under such a heading, and such sentences."""
    kept: list[str] = []
    skipping = False
    for line in text.split("\n"):
        found = _REFERENCES.match(line)
        if found and not line[found.end() :].strip(" :*_–—-"):
            skipping = True
        elif skipping and not section_of(line.strip("#*_: ")):
            continue
        else:
            skipping = False
            kept.append(_without(line) if found else line)
    return "\n".join(kept)


def _without(line: str) -> str:
    """A line that begins with references, from the sentence on that is about the user again."""
    said = list(sentences(line))
    own = next((at for at, sentence in enumerate(said) if at and _I.match(sentence)), len(said))
    return " ".join(said[own:])
