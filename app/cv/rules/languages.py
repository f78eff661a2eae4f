"""The languages that somebody speaks, each with its level."""

import re

from app.cv.changes import Add, Patch
from app.cv.rules.text import as_title
from app.vocabulary import fold

_NAMES = (
    "english|french|spanish|german|italian|portuguese|dutch|polish|russian|ukrainian|czech|slovak|hungarian|romanian"
    "|bulgarian|serbian|croatian|bosnian|slovenian|slovene|greek|turkish|arabic|hebrew|persian|farsi|dari|pashto|urdu"
    "|hindi|bengali|punjabi|gujarati|marathi|tamil|telugu|kannada|malayalam|sinhala|nepali|chinese|mandarin|cantonese"
    "|japanese|korean|vietnamese|thai|lao|khmer|burmese|indonesian|malay|tagalog|filipino|swahili|yoruba|igbo|hausa"
    "|zulu|xhosa|afrikaans|amharic|somali|danish|swedish|norwegian|finnish|icelandic|estonian|latvian|lithuanian|irish"
    "|gaelic|welsh|basque|catalan|galician|maltese|albanian|macedonian|armenian|georgian|azerbaijani|kazakh|uzbek"
    "|mongolian|latin|esperanto|luxembourgish|wolof|lingala|twi|shona|creole|asl|american sign language|sign language"
)
_LEVELS = (
    r"mother tongue|first language|native(?:ly)?(?: speaker| level)?|bilingual|fluent(?:ly)?|full professional"
    r"|professional(?: working)?"
    r"(?: proficiency)?|working (?:knowledge|proficiency)|business(?: level| fluent)?|conversational(?: level)?"
    r"|upper[- ]intermediate"
    r"|lower[- ]intermediate|intermediate|advanced|proficient|basic(?:s)?|beginner|elementary|a bit(?: of)?"
    r"|a little(?: bit of)?|some"
    r"|good|very good|excellent|limited|school|rusty|[abc][12]\b\+?"
)
_TOKEN = re.compile(
    rf"\b(?P<name>{_NAMES})\b|\b(?P<level>{_LEVELS})\b|(?P<end>[.;\n]|\b(?:but|although|i)\b)|(?P<open>[(:–—-])"
    rf"|(?P<comma>,|\band\b|\bplus\b)",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"\b(?:speaks?|spoken|speaking|fluent|fluently|native|natively|mother tongue|first language|second language"
    r"|languages?"
    r"|bilingual|trilingual|conversational|[abc][12])\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:don't|do not|no longer|can't|cannot|never|not) (?:really |actually )?(?:speak|know|fluent|use)",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?:{_NAMES})", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:programming|query|markup|scripting|teacher|taught|teaching|literature|studied|translat\w+|native app)\b",
    re.IGNORECASE,
)


def is_language(word: str) -> bool:
    """Whether a word names a language that people speak."""
    return bool(_NAME.fullmatch(word.strip()))


def speaks(sentence: str) -> bool:
    """Whether a sentence is about languages that people speak."""
    return bool(
        _TRIGGER.search(sentence)
        and not _OTHER.search(sentence)
        and not _DENIED.search(sentence)
        and re.search(rf"\b(?:{_NAMES})\b", sentence, re.IGNORECASE)
    )


def is_list_of_languages(text: str) -> bool:
    """Whether a text is nothing but two or more languages, with or without their levels: "English and Polish"."""
    rest = re.sub(r"[\s()/&]+|\b(?:and|plus)\b", "", _TOKEN.sub(" ", fold(text)))
    return not rest.strip(" .!") and len(re.findall(rf"\b(?:{_NAMES})\b", text, re.IGNORECASE)) >= 2


def read_languages(text: str) -> Patch:
    """The languages of a text, each with the level that stands before a run of them or right after one."""
    found = [f"{name} ({level})" if level else name for name, level in _levelled(text)]
    return (Add(path="skills.language_fluency", values=tuple(found)),) if found else ()


def _levelled(text: str) -> list[tuple[str, str]]:
    names: list[str] = []
    levels: list[str] = []
    before, fresh = "", False
    for token in _TOKEN.finditer(fold(text)):
        if name := token["name"]:
            names.append(as_title(name) if len(name) > 3 else name.upper())
            levels.append(before)
            fresh = True
        elif token["level"]:
            level = _level(token["level"])
            if fresh:
                levels[-1] = level
            else:
                before = level
        elif token["comma"]:
            fresh = False
        elif token["end"]:
            before, fresh = "", False
    return list(zip(names, levels, strict=True))


def _level(words: str) -> str:
    level = re.sub(r" of$", "", words, flags=re.IGNORECASE)
    return level.upper() if re.fullmatch(r"[abc][12]\+?", level, re.IGNORECASE) else level.lower()
