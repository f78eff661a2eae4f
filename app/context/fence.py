"""Making what others wrote harmless to a model: it is data, and must not read as the chat's own structure.

Nothing here tries to recognise bad intentions; it takes away the means: characters nobody sees, the control tokens of
chat formats, and lines that pose as a turn of the conversation.
"""

import re
import secrets
from collections.abc import Iterable

BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
# Zero-width and bidirectional controls, soft hyphens, the tag block, the controls of music and shorthand, C0 and C1;
# variation selectors, which can spell bytes: of them stays one behind what is, or can be, an emoji.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
    "(?!(?<=[#*0-9]\ufe0f)\u20e3)"
    "(?<![\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]\ufe0f)"
)
CONTROL = re.compile(
    r"[<|｜\[](?i:[|｜]+|(?<=[|｜])>|(?<=\[)/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_(?:CALLS|RESULTS|CONTENT))\]"
    r"|(?<=<)</?SYS>>|(?<=<)/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|start_header_id|end_header_id|eot_id|think"
    r"|tools?|tool_(?:call|response)s?)>)"
)
BRACKETS = str.maketrans("<>[]|｜", "()()//")
ROLE = re.compile(
    r"\n([ \t>*_#=\-\[]*+)(?i:(system|syst[eè]me|assistant|user|utilisateur|developer|human|instructions?|response))"
    r"([ \t*_\]]*:[ \t*_]*|[ \t*_\]#]*(?=\n))"
)
MARKUP = frozenset("#*_=[")


def harmless_message(text: str) -> str:
    """A message of the conversation, its lines ended in one way, without invisible characters and control tokens."""
    text = INVISIBLE.sub("", BREAK.sub("\n", text))
    if "<" in text or "|" in text or "[" in text or "｜" in text:
        return CONTROL.sub(lambda match: match[0].translate(BRACKETS), text)
    return text


def harmless_data(text: str) -> str:
    """A resume's or a posting's text; besides, no line of it begins like another turn ("System: …", "### System")."""
    return ROLE.sub(_quoted, f"\n{harmless_message(text)}\n")[1:-1]


def _quoted(match: re.Match[str]) -> str:
    lead, role, tail = match.groups()
    if ":" not in tail and MARKUP.isdisjoint(lead + tail):
        return match[0]
    bullet = "- " if lead.strip() == "-" else ""
    return f"\n{bullet}({role}) " if ":" in tail else f"\n{bullet}({role})"


def new_delimiter(texts: Iterable[str]) -> str:
    """A random mark that stands in none of the texts.

    Digits, since those always take one token for three: however the mark falls out, the same context fits beside it.
    """
    everything = tuple(texts)
    mark = _eighteen_digits()
    while any(mark in text for text in everything):
        mark = _eighteen_digits()
    return mark


def _eighteen_digits() -> str:
    return f"{secrets.randbelow(10**18):018d}"
