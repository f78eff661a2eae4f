"""A bullet rewritten with its own words, and what to add only if it is true."""

from app import vocabulary
from app.providers.base import Line, Requirement
from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, are_two_names, spelling
from app.providers.embedded.sharpen import sharpen, shorten
from app.providers.embedded.targets import Target, find_targets
from app.providers.embedded.text import counts_something, distinct, fold, number_in
from app.providers.embedded.voice import Voice, bullets


def rewrite(ask: Ask, reading: Reading, voice: Voice, *, asks: bool = True) -> list[str]:
    """The bullet the question means, sharpened; or, if it means none, the two that gain most.

    Unless `asks` is false, each is followed by what could be added to it if it is true.
    """
    if not reading.facts.lines and not ask.quoted:
        return nothing_to_hold(reading, voice)
    found = find_targets(ask, reading, gains=lambda line: _gain(line, reading))
    blocks = [] if found.named else [voice.say("rewrite.which")]
    if found.sought and not found.named:
        blocks = [voice.say("rewrite.not_found"), *blocks]
    for target in found.targets:
        blocks += _otherwise(target, ask, reading, voice) if ask.form else _one(target, reading, voice, asks)
    if not found.targets and found.sought:
        return [voice.say("rewrite.not_found")]
    return blocks if found.targets else [voice.say("empty.more", job=voice.job(reading))]


def _otherwise(target: Target, ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The bullet shorter, or in another wording; where its own words allow none, that."""
    heading = _heading(target, voice)
    sharp, short = sharpen(target.text, renamed=_renamed(target, reading)), shorten(target.text)
    if ask.form == "shorter":
        if len(short) >= len(target.text) or ask.tries > 1:
            return [heading, voice.say("rewrite.no_shorter")]
        return [heading, f"{voice.say('rewrite.shorter')}\n> {short}", voice.say("rewrite.check_shorter")]
    versions = distinct(text for text in (sharp, short) if fold(text) != fold(target.text))
    if ask.tries >= len(versions) + (not versions):
        return [heading, voice.say("rewrite.no_other")]
    return [heading, f"{voice.say('rewrite.other')}\n> {versions[ask.tries]}"]


def _heading(target: Target, voice: Voice) -> str:
    before = voice.line(target.line, 600) if target.line else voice.quote(target.text, 600)
    return voice.say("rewrite.intro", line=before)


def _one(target: Target, reading: Reading, voice: Voice, asks: bool) -> list[str]:
    serves = _served(target, reading)
    better = sharpen(target.text, renamed=_renamed(target, reading))
    blocks = [_heading(target, voice)]
    if fold(better) != fold(target.text):
        blocks.append(f"{voice.say('rewrite.done')}\n> {better}")
    else:
        number = number_in(target.text)
        blocks.append(voice.say("rewrite.kept_number", number=number) if number else voice.say("rewrite.kept"))
    if target.line is None:
        blocks.append(voice.say("rewrite.foreign"))
    if serves:
        blocks.append(voice.say("rewrite.serves", requirement=voice.asked(serves)))
    elif reading.facts.requirements:
        blocks.append(voice.say("rewrite.serves_none", job=voice.job(reading)))
    open_points = _questions(target, serves, reading, voice) if asks else []
    return [*blocks, f"{voice.say('rewrite.ask')}\n{bullets(open_points)}"] if open_points else blocks


def _questions(target: Target, serves: Requirement | None, reading: Reading, voice: Voice) -> list[str]:
    """What the bullet leaves open: a figure, a skill its requirement asks for and no line has, a result."""
    absent = [term for term in serves.missing_terms if term not in target.terms] if serves else []
    rows = [] if counts_something(target.text) else [voice.say("rewrite.ask_number")]
    if absent:
        rows.append(voice.say("rewrite.ask_terms", terms=voice.named(reading.names(absent[:3]))))
    return [*rows, voice.say("rewrite.ask_result")] if serves or not reading.facts.requirements else rows


def _served(target: Target, reading: Reading) -> Requirement | None:
    """The requirement that the bullet answers, or with which it shares a skill."""
    proven = (one for one in reading.wanted if target.line in one.evidence)
    shared = (one for one in reading.wanted if target.terms & set(one.terms))
    return next(proven, None) or next(shared, None)


def _renamed(target: Target, reading: Reading) -> dict[str, str]:
    """The bullet's spellings of a skill that the posting spells otherwise."""
    pairs = {}
    for term in target.terms & {term for one in reading.wanted for term in one.terms}:
        ours, theirs = spelling(term, target.text), reading.name(term)
        if ours and are_two_names(ours, theirs) and vocabulary.terms(theirs) == {term}:
            pairs[ours] = theirs
    return pairs


def _gain(line: Line, reading: Reading) -> float:
    """How much a rewrite of this line would gain: changed words count most, then that the posting asks for it."""
    target = Target.of(line)
    changed = fold(sharpen(line.text, renamed=_renamed(target, reading))) != fold(line.text)
    return 2 * changed + 1.5 * (_served(target, reading) is not None) + 0.5 * (not counts_something(line.text))
