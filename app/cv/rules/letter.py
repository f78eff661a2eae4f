"""A message for a cover letter: to whom it goes, for which role, and why."""

import re
from collections.abc import Iterator, Sequence

from app.cv.changes import Add, Change, Patch, Set
from app.cv.data import Data, LetterData
from app.cv.lead import place_of
from app.cv.rules.bare import is_for_summary
from app.cv.rules.contact import read_contact
from app.cv.rules.corrections import read_correction
from app.cv.rules.deeds import told_deed
from app.cv.rules.doubts import is_doubtful, is_unwilling, puts_right
from app.cv.rules.identity import answered_name, own_lines, pieces, read_identity, read_name
from app.cv.rules.manners import is_courtesy, is_order, is_question, is_refusal, is_wish_to_change
from app.cv.rules.passages import Passage, passages
from app.cv.rules.roles import is_title, without_article
from app.cv.rules.text import TAKEN, as_title, capital, leading_name, trim

_COMPANY_END = re.compile(
    r"[,;:!?()\n]|\.(?= |$)| (?:as|for|because|since|and (?=[a-z])|where|who|which|to|in|it's|its|is|but|with|on"
    r"|please)\b|\ue000",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"\b(?:apply|applying|application|applied|write|writing|letter|cover letter|job|work|position|role|opening"
    r"|vacancy|opportunity)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?P<how>at|to|with|for|join) (?:the company |the team at )?(?P<the>the )?(?=[^\W\d_])", re.IGNORECASE
)
_POST_OF = re.compile(r"^(?:position|role|job|post|opening) (?:of|as|for) ", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:as|for|to be|become|is for|it's for|role:|position:)(?: an?| the| your"
    r"| their)? (?P<role>[^.,;:!?\n]{2,80}?)(?: (?:role|position|job|opening|vacancy|post|opportunity))?(?= at "
    r"| with | in | for |[.,;:!?\n]|$| and | because )",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    r"\b(?:address(?:ed)? (?:it )?to|addressed to|recipient(?: is|:)|dear|to the attention of|attn:?"
    r"|hiring manager(?:'s name)? is|contact person is|write (?:it )?to|writing to|send it to|goes to"
    r"|recruiter is|manager is|is for) (?P<who>[^.;!?\n][^;!?\n]{1,100})",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Miss|Herr|Frau|Mme|M)\b\.? ?")
_OFFICE = re.compile(
    r"(?:the )?(?P<who>hiring (?:manager|team|committee)|recruitment team|recruiting team|hr (?:team|department"
    r"|manager)|head of [\w ]{2,30}?|talent (?:team|acquisition team))(?= at | of | in |[,.;]|$)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:i (?:really |would |'d )*(?:want|like|love|wish|hope|chose|choose|picked|am applying|'m applying"
    r"|want to join)\b[^.!?\n]{0,80}?\bbecause|why (?:them|this company|i want it)\s*:|i (?:admire|love|respect"
    r"|believe in|share) (?=(?:how|that|what|their|your|the|its|working|this))|because|what (?:attracts"
    r"|draws) me (?:to [\w ]{2,40} )?is)\s+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:\bclosing\s*:\s*|\b(?:end|close|finish|sign off) (?:it |the letter )?with:? )(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABELS = {
    "recipient": "recipient",
    "to": "recipient",
    "company": "company",
    "employer": "company",
    "role": "role",
    "position": "role",
    "job": "role",
    "job title": "role",
    "closing": "closing",
    "why": "why_company",
}
_LABELLED = re.compile(r"^(?P<label>[A-Za-z ]{2,12}?)\s?:\s+(?P<rest>\S.*)$")
_LEAD_IN = re.compile(
    r"^(?:(?:it's|its|it is|to|the|that's|that would be|sure|ok|yes|well|so|hmm+|just|as an?|for an?|for the|at"
    r"|address it|please)\b[\s,:-]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s(?:please|pls|thanks|thank you)$", re.IGNORECASE)
_ENDS = re.compile(
    r"(?:(?:i|we)(?:'m| am)? )?(?:look(?:ing)? forward to|(?:(?:kind|best|warm)(?:est)? )?regards\b|yours (?:sincerely|"
    r"faithfully|truly)|sincerely\b|thank you for (?:your (?:time|consideration)|considering|reading))",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"(?:(?:well|just|simply|honestly),? )?because (?=\S+ \S+)", re.IGNORECASE)
WHY_WORDS = 4
PROOF_WORDS = 3
_SHORT = {"recipient": 12, "role": 8}


def read_letter(text: str, letter: Data, asked: str) -> Patch:
    """The changes of a letter that a tidy message asks for."""
    if is_refusal(text):
        return ()
    asked = place_of(asked)
    contact, rest = read_contact(text)
    found: list[Change] = list(contact)
    if (
        asked in ("why_company", "closing")
        and not contact
        and not (asked == "why_company" and _ENDS.match(rest))
        and (is_for_summary(rest) or (asked == "closing" and _is_closing(rest)))
    ):
        return (Set(path=asked, value=_whole(rest)),)
    left: list[Passage] = []
    for part in passages(rest, frozenset()):
        changes = _sentence(part, letter, asked)
        found += changes
        if not changes and trim(part.text) and not is_courtesy(part.text):
            left.append(part)
    found += _bare(asked, [part for part in left if not is_order(part.text) and not is_question(part.text)])
    return tuple(found)


def _is_closing(text: str) -> bool:
    """Whether a whole message, said when the closing was asked for, is one."""
    return len(text.split()) > 1 and not (
        is_question(text)
        or is_order(text)
        or is_courtesy(text)
        or is_wish_to_change(text)
        or is_unwilling(text)
        or puts_right(text)
    )


def _whole(text: str) -> str:
    return " ".join(text.replace(TAKEN, " ").split())


def _sentence(part: Passage, letter: Data, asked: str) -> Patch:
    sentence = part.text
    if is_order(sentence) or is_question(sentence):
        return ()
    if part.section == "personal_info" and part.label:
        path = "role" if part.label == "title" else f"personal_info.{part.label}"
        return (Set(path=path, value=as_title(sentence)),)
    told = read_correction(sentence, letter) or _labelled(sentence)
    if not told and _ENDS.match(sentence) and not _closing_of(letter):
        return (Set(path="closing", value=sentence.strip()),)
    if told or asked == "proofs":
        return told
    if asked == "why_company" and (because := _BECAUSE.match(sentence)):
        return (Set(path="why_company", value=capital(trim(sentence[because.end() :]))),)
    return (*_target(sentence), *_why(sentence), *_who(sentence))


def _closing_of(letter: Data) -> str:
    return letter.closing if isinstance(letter, LetterData) else ""


def _labelled(sentence: str) -> Patch:
    """What a sentence says it is: "Recipient: Ms. Chen", "end it with: Kind regards"."""
    match = _LABELLED.match(sentence)
    if match and (path := _LABELS.get(match["label"].lower())):
        return (Set(path=path, value=trim(match["rest"])),)
    if match := _CLOSING.search(sentence):
        return (Set(path="closing", value=capital(match["what"].strip())),)
    return ()


def _who(sentence: str) -> Patch:
    if not _APPLY.search(sentence):
        return read_identity(sentence)
    return tuple(
        change for change in read_name(sentence) if isinstance(change, Set) and change.path.endswith("full_name")
    )


def _target(sentence: str) -> Iterator[Change]:
    """The recipient, the company and the role that a sentence names."""
    before_reasons = sentence.split(" because ", maxsplit=1)[0]
    if recipient := _recipient(before_reasons):
        yield Set(path="recipient", value=recipient)
    if not _APPLY.search(before_reasons):
        return
    parts = [part for part in before_reasons.split(",")[1:] if len(part.split()) <= 6]
    for said in (*(match["role"] for match in _ROLE.finditer(before_reasons)), *parts):
        role = without_article(_POST_OF.sub("", without_article(said)))
        if is_title(role) and not _OFFICE.match(role):
            yield Set(path="role", value=as_title(role))
            break
    if company := _company(before_reasons):
        yield Set(path="company", value=company)


def _company(sentence: str) -> str:
    anchors = sorted(_AT.finditer(sentence), key=lambda match: match["how"].lower() in ("for", "with"))
    for match in anchors:
        rest = sentence[match.end() : match.end() + 80]
        end = _COMPANY_END.search(rest)
        name = trim(rest[: end.start()] if end else rest)
        if (
            name[:1].isupper()
            and not is_title(name)
            and len(name.split()) <= 6
            and not _TITLED.match(name)
            and not _OFFICE.match(name)
        ):
            return name
    return ""


def _recipient(sentence: str) -> str:
    if match := _RECIPIENT.search(sentence):
        said = _TAIL.sub("", trim(match["who"]))
        if office := _OFFICE.match(said):
            return as_title(office["who"])
        titled = _TITLED.match(said)
        name = leading_name(said[titled.end() :]) if titled else leading_name(said)
        if name and (titled or len(name.split()) >= 2) and not is_title(name):
            return (titled.group() if titled else "") + name
    return ""


def _why(sentence: str) -> Iterator[Change]:
    match = _WHY.search(sentence)
    if not match:
        return
    whole = (
        match.group().lower().startswith(("i admire", "i love", "i respect", "i believe", "i share"))
        and "because" not in match.group().lower()
    )
    said = sentence[match.start() :] if whole else sentence[match.end() :]
    if len(said.split()) >= WHY_WORDS:
        yield Set(path="why_company", value=capital(trim(said)))


def _bare(asked: str, left: Sequence[Passage]) -> Patch:
    """What the sentences that say nothing of themselves say to what was asked."""
    texts = [part.text for part in left if part.is_bullet or not is_doubtful(part.text)]
    if not texts:
        return ()
    said = trim(_TAIL.sub("", trim(_LEAD_IN.sub("", trim(texts[0])))))
    if asked.startswith("personal_info"):
        return _personal(asked, said, texts)
    if asked == "proofs":
        proofs = tuple(told_deed(text) for text in texts if len(text.split()) >= PROOF_WORDS)
        return (Add(path="proofs", values=proofs),) if proofs else ()
    if asked == "company":
        return _company_and_role(said)
    return _text(asked, said, texts)


def _text(asked: str, said: str, texts: Sequence[str]) -> Patch:
    """One text of a letter: its recipient or its role in few words, or why this company in a sentence."""
    if asked == "why_company" and len(texts) == 1 and len(texts[0].split()) >= PROOF_WORDS:
        return (Set(path=asked, value=capital(trim(texts[0]))),)
    if asked not in _SHORT or len(said.split()) > _SHORT[asked]:
        return ()
    value = as_title(without_article(said)) if asked == "role" or said.islower() else said
    return (Set(path=asked, value=value),)


def _personal(asked: str, said: str, texts: Sequence[str]) -> Patch:
    lines = own_lines([piece for text in texts for piece in pieces(text)])
    if not lines and asked.endswith("full_name") and (name := answered_name(said)):
        return (Set(path=asked, value=name),)
    return lines


def _company_and_role(said: str) -> Patch:
    parts = [trim(part) for part in re.split(r",| at | - | – ", said) if trim(part)]
    roles = [part for part in parts if is_title(without_article(part))]
    others = [part for part in parts if part not in roles and len(part.split()) <= 6]
    changes = [Set(path="role", value=as_title(without_article(roles[0])))] if roles else []
    return (*changes, *([Set(path="company", value=others[0])] if others else []))
