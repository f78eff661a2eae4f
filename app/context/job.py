"""What a posting asks for and is about, and the sections of the prompt that are made of it.

The budget drops boilerplate first and requirements last: see `LAYOUT`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from app.conditions import is_condition
from app.context.budget import Item, Section, Uncounted, count_items, count_texts, split_sentences
from app.context.fence import harmless_data
from app.context.job_parts import ASKS, BULLET, Part, split_posting
from app.formats.posting.labels import Kind, asks_nothing
from app.tokens import Tokenizer
from app.vocabulary import Marks, mark, marks, union

__all__ = ["Part", "job_sections", "posting_reading", "requirement_lines", "responsibility_lines", "split_posting"]

_ASIDE_ASKS = (
    " must have ", " should have ", " should be proficient", " should be able",
    " is required", " are required",
    " will have ", " is preferred",
    " is essential", " is a plus", " is an asset", "est exigé", "est requis", "est un atout",
    "est essentiel", "devez avoir", "devez posséder",
)  # fmt: skip
# Sentences that say to the reader, or of whom they look for, what he or she should be, have, know.
_ADDRESSED = re.compile(
    r"\byou(?: should| must|(?: will|[’']ll)? need to) (?:be|have|understand|know|enjoy|possess|care)\b"
    r"|\b(?:perfect|right|ideal|great)(?: fit| role| job)? for you if you\b"
    r"|\blooking for (?:an? |some(?:body|one)\b|people\b)[^.]{0,60}\bwho (?:is|are|has|have|can|knows?|enjoys?)\b"
    r"|\bvous dev(?:r?ez|riez) (?:être|avoir|posséder|connaître|savoir|comprendre|maîtriser)\b"
    r"|\bnous (?:re)?cherchons\b[^.]{0,60}\bqui (?:est|a|ont|sont|sait|savent|possède|maîtrise|aime)\b",
    re.IGNORECASE,
)
_TRAIT = re.compile(
    r"(?:demonstrate|exhibit|possess|have|show|faire preuve|posséder|démontrer|avoir)\b", re.IGNORECASE
)  # a duty that begins so is no deed, but what one is to bring
_ASIDES = 12
_OPTIONAL = (
    " a plus", " a bonus", " an asset", "is preferred", "are preferred", "preferred but", "desirable", "nice to have",
    "bonus points", "un atout", "un plus", "souhait", "priority will be given", "preference will be given",
    "best candidates", "priorité sera donnée", "préférence sera donnée",
)  # fmt: skip
_OPTIONAL_START = ("ideally", "preferably", "bonus", "idéalement", "de préférence")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-Ý])")
_SEMICOLON = re.compile(r"; +(?:and |et )?(?![^()]{0,200}\))")
_COMMA = re.compile(r", +(?![^()]{0,200}\))")
_STARTER = re.compile(
    r"(?:and |et )?(?:\d+ ?\+|\d+ (?:years|ans)|(?:very |hands-on |proven |working |practical |some )?(?:strong"
    r"|solid|deep"
    r"|good|excellent|advanced|experience|experienced|proficien\w+|knowledge|familiar\w*|understanding|abilit\w+"
    r"|fluen\w+|degree"
    r"|expertise|bachelor\S*|master\S*|background|track record|comfortable|skilled|maîtrise|connaissance\w*|expérience"
    r"|bonne|solide|excellente|capacité|aisance|diplôme)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"^(?:and|et) ")
_LONG = 110
_PLACEHOLDER = 25  # a longer line in capitals is what a template forgot to replace
_MOST_ASKED = 300
_DUTIES_WEIGHED = 100  # lines that say what the resume is ranked by; no real posting has as many

LAYOUT: tuple[tuple[Kind, str, str, int, int, int | None], ...] = (
    ("summary", "job_summary", "## About the job", 45, 80, 800),
    ("responsibilities", "job_responsibilities", "## Responsibilities", 35, 60, 1500),
    ("requirements", "job_requirements", "## Requirements", 10, 700, 2500),
    ("nice_to_have", "job_nice_to_have", "## Nice to have", 15, 60, 600),
    ("benefits", "job_benefits", "## Benefits", 70, 0, 300),
    ("boilerplate", "job_boilerplate", "## Small print", 80, 0, 400),
)
"""Kind, section, heading, priority, floor and cap in tokens, in reading order; the resume's sections lie between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReading:
    """All that follows from a description alone: its parts as counted items, what it asks for, what is to be done."""

    items: Mapping[Kind, tuple[Item, ...]]
    asked: tuple[tuple[str, bool], ...]
    asked_marks: tuple[Marks, ...]
    duties: tuple[str, ...]
    wanted: Marks


def posting_reading(description: str, tokenizer: Tokenizer) -> PostingReading:
    """Make a description harmless, tell its parts, count them, and read what it asks for; 35 ms for 200 KB."""
    parts = split_posting(harmless_data(description))
    asked, duties = requirement_lines(parts), responsibility_lines(parts)
    asked_marks = tuple(marks([text for text, _ in asked]))
    return PostingReading(
        items={kind: count_items(items, tokenizer) for kind, items in _items(parts).items()},
        asked=asked,
        asked_marks=asked_marks,
        duties=duties,
        wanted=union(mark("\n".join(duties[:_DUTIES_WEIGHED])), *asked_marks),
    )


def requirement_lines(parts: Sequence[Part]) -> tuple[tuple[str, bool], ...]:
    """What a posting asks for, one thing a line, and whether it must be: in the posting's order, none twice."""
    found: dict[str, bool] = {}
    for part in parts:
        if part.kind in ("requirements", "nice_to_have"):
            for text in islice(_asked(part.lines), _MOST_ASKED - len(found)):
                found[text] = found.get(text, False) or (part.kind == "requirements" and not _is_optional(text))
    for text in _asides(parts):
        found.setdefault(text, not _is_optional(text))
    return tuple(found.items()) or tuple((text, not _is_optional(text)) for text in _mentions(parts))


def responsibility_lines(parts: Sequence[Part]) -> tuple[str, ...]:
    """What the job is to do, one duty a line; a long paragraph of duties is parted at its semicolons."""
    lines = [line for part in parts if part.kind == "responsibilities" for line in part.lines if line[-1] != ":"]
    return tuple(
        words for line in lines for one in _SEMICOLON.split(line.removeprefix(BULLET)) if (words := one.strip())
    )


def job_sections(
    reading: PostingReading, *, title: str, company: str, location: str, tokenizer: Tokenizer
) -> tuple[Section, ...]:
    """The posting as sections, its names before all."""
    facts = (("Title", title), ("Company", company), ("Location", location))
    named = "\n".join(f"{name}: {harmless_data(value)}" for name, value in facts if value)
    items = count_items([("", [(named, 0)])] if named else [], tokenizer)
    job = Section(name="job", items=items, priority=5, floor=150, cap=300)
    headings = count_texts([heading for _, _, heading, *_ in LAYOUT], tokenizer)
    return (
        job,
        *(
            Section(name=name, heading=heading, items=reading.items[kind], priority=priority, floor=floor, cap=cap)
            for (kind, name, _, priority, floor, cap), heading in zip(LAYOUT, headings, strict=True)
            if reading.items.get(kind)
        ),
    )


def _items(parts: Sequence[Part]) -> dict[Kind, list[Uncounted]]:
    """Each kind's headers with the texts below; what has no heading goes on under the last one of its kind."""
    items: dict[Kind, list[tuple[str, list[tuple[str, float]]]]] = {}
    for part in parts:
        of_kind = items.setdefault(part.kind, [("", [])])
        header = f"### {part.heading}" if part.heading else of_kind[-1][0]
        if header != of_kind[-1][0]:
            of_kind.append((header, []))
        of_kind[-1][1].extend(_ranked(part))
    return {kind: [item for item in of_kind if item[1]] for kind, of_kind in items.items()}


def _ranked(part: Part) -> Iterator[tuple[str, float]]:
    """Small print stays or goes as a whole; of the rest, conditions that no resume can show go first."""
    if part.kind == "boilerplate":
        if part.lines:
            yield "\n".join(part.lines), 0
        return
    for line in part.lines:
        if part.kind == "summary":
            for sentence in split_sentences(line):
                yield sentence, float(any(cue in sentence for cue in _ASIDE_ASKS))
        else:
            yield line, float(not is_condition(line, ()))


def _is_optional(text: str) -> bool:
    text = text.lower()
    last_word = text.endswith("preferred") and "," not in text
    return last_word or text.startswith(_OPTIONAL_START) or any(word in text for word in _OPTIONAL)


def _asked(lines: Sequence[str]) -> Iterator[str]:
    bullets = any(line.startswith(BULLET) for line in lines)
    for line in lines:
        is_bullet = line.startswith(BULLET)
        text = line.removeprefix(BULLET)
        if text.isupper() and len(text) > _PLACEHOLDER:
            continue
        whole = is_bullet and len(text) <= _LONG and not text.endswith(":")
        sentences = [text] if whole else _SENTENCE.split(text)
        for sentence in sentences:
            if sentence.endswith(":") or (bullets and not is_bullet and not _asks(sentence)):
                continue
            yield from _single(_bare(sentence), is_bullet=is_bullet)


def _bare(text: str) -> str:
    """A text without the signs around it; a full stop before a word is part of a name (".NET")."""
    bare = text.strip(" ;,").rstrip(" .;,")
    return bare if bare[1:2].isalpha() else bare.lstrip(" .;,")


def _single(sentence: str, *, is_bullet: bool) -> Iterator[str]:
    """Part a list written as a sentence into what it lists."""
    for listed in _SEMICOLON.split(sentence) if ";" in sentence else (sentence,):
        pieces = [listed] if is_bullet and len(listed) <= _LONG else _COMMA.split(listed)
        short = not is_bullet and all(len(piece.split()) <= 3 for piece in pieces)
        listing = not is_bullet and any(_STARTER.match(piece) for piece in pieces[1:])
        joined = [pieces[0]]
        for piece in pieces[1:]:
            if short or _STARTER.match(piece) or (listing and "(" in piece and piece.count(" ") > 1):
                joined.append(piece)
            else:
                joined[-1] += f", {piece}"
        for piece in joined:
            words = _bare(_JOINT.sub("", piece))
            if words and words.lower() not in ("and", "or", "et", "ou"):
                yield words


def _asks(sentence: str) -> bool:
    return ASKS.search(sentence) is not None or _ADDRESSED.search(sentence) is not None


def _asides(parts: Sequence[Part]) -> Iterator[str]:
    """What a posting asks for in passing, outside of the parts that are for it."""
    lines = [(part.kind, line.removeprefix(BULLET)) for part in parts for line in part.lines]
    told = (sentence for kind, line in lines if kind == "summary" for sentence in _SENTENCE.split(line))
    traits = (line for kind, line in lines if kind == "responsibilities" and _TRAIT.match(line) and ASKS.search(line))
    asides = (one for one in told if _is_aside(one) and not asks_nothing(one))
    return (_bare(one) for one in islice(chain(asides, traits), _ASIDES))


def _is_aside(sentence: str) -> bool:
    cued = any(cue in sentence for cue in _ASIDE_ASKS) and ASKS.search(sentence) is not None
    return cued or _ADDRESSED.search(sentence) is not None


def _mentions(parts: Sequence[Part]) -> Iterator[str]:
    """Sentences about knowing and having done: all there is in a posting that asks for nothing in so many words."""
    lines = (line for part in parts if part.kind in ("summary", "responsibilities") for line in part.lines)
    sentences = (_bare(one) for line in lines for one in _SENTENCE.split(line.removeprefix(BULLET)))
    return (one for one in islice(sentences, _MOST_ASKED) if ASKS.search(one))
