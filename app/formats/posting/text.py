"""From text or Markdown to the lines we store: one a paragraph, bullet (`- `) or heading (`## `)."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.formats.posting.labels import heading_kind, label_kind

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SPACE_RUN = re.compile(" {2,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")

_IMAGE = re.compile(r"!\[[^\]\[]*\]\([^()\s]*\)")
_LINK = re.compile(r"\[([^\]\[]+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*|(?<!\w)__([^_]+)__(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])|`([^`]+)`")

_RULE = re.compile(r"[-*_=~ |:]{3,}$")
_HEADING = re.compile(r"#{1,6}\s+(\S.*)$")
_BULLET = re.compile(r"(?:[-*+•·▪▫‣◦●○■□⁃➢➤►✓✔→»–—]|\d{1,2}[.)]|[a-z]\))(?:\s+|$)")
_BOLD_LINE = re.compile(r"\*\*([^*]+)\*\*\s*:?$|__([^_]+)__\s*:?$")
_INNER_LABEL = re.compile(r"(?:^|(?<=[.!?;)] ))([A-ZÀ-Ý][\w'’/& -]{2,45}?) ?: ")
_LABELLED = re.compile(r"[A-ZÀ-Ý][\w'’/& -]{2,60}:(?: |$)")
_CHROME = re.compile(
    r"(?:(?:go )?back to (?:all )?(?:jobs?|search results|job listings?|listings?|careers|results)"
    r"|skip to (?:main )?content"
    r"|apply(?: now| here| for this (?:job|position|role))?|save(?: this)? job|share(?: this(?: job)?)?|print"
    r"|e-?mail this job"
    r"|sign in|log ?in|register|menu|home|(?:see|view) all (?:open )?(?:jobs|positions|openings)"
    r"|accept(?: all)?(?: cookies)?"
    r"|(?:we|this (?:web)?site) uses? cookies\b.*|cookie (?:settings|policy|preferences)|reject all|got it"
    r"|postuler(?: maintenant)?|partager|imprimer|se connecter|accueil|retour (?:à|aux) .{0,40}"
    r"|voir toutes les offres.{0,20}|(?:nous utilisons|ce site utilise) des cookies\b.*|tout accepter"
    r"|tout refuser)[.!]?",
    re.IGNORECASE,
)
_CHROME_CHARS = 200
_CLOSED = re.compile(
    r"(?:has|have|is) (?:been )?closed|no longer (?:open|accepting)|n['’]est plus|est fermée?|a été pourvu",
    re.IGNORECASE,
)
HEADING_CHARS = 120
_CAPS_CHARS = 45
_WRAP_MIN, _WRAP_MAX = 60, 140


def clean(text: str) -> str:
    """`text` without control and invisible characters, line ends `\\n`, one space at a time."""
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", text)))
    return unicodedata.normalize("NFC", _SPACE_RUN.sub(" ", text))


def clean_line(text: str) -> str:
    """`text` cleaned, as one line without markup: for a title, a company, a place."""
    return _SPACE_RUN.sub(" ", _plain(clean(unescape(text)).replace("\n", " "))).strip()


def unescape(text: str) -> str:
    """Undo HTML's entities, also where they were escaped again (`&amp;amp;`)."""
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def lines_of(text: str) -> list[str]:
    """The stored lines of a text or Markdown description; chrome such as "Back to all jobs" is left out."""
    lines = [line for block in _blocks(clean(unescape(text))) for line in _labelled(block)]
    for number, (line, below) in enumerate(pairwise(lines)):
        if below.startswith("- ") and _announces(line):
            lines[number] = f"## {line.rstrip(' :')}"
    return lines


def _announces(line: str) -> bool:
    """Whether these are short words that, right above a list, say what it lists."""
    short = len(line) <= _CAPS_CHARS and line[0] not in "-#" and line[-1] not in ".!?;,"
    return short and heading_kind(line) is not None


def _plain(line: str) -> str:
    """A line without Markdown's inline signs; the words of a link stay, its address goes."""
    if "[" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    if "*" in line or "_" in line or "`" in line:
        line = _BOLD.sub(lambda m: m[1] or m[2], line.replace("****", ""))
        line = _EMPHASIS.sub(lambda m: m[1] or m[2], line).replace("**", "")
    return line.strip()


def _blocks(text: str) -> Iterator[str]:
    """Headings, bullets and paragraphs, one string each; lines that an editor wrapped are one again."""
    paragraph: list[str] = []
    bullet = False  # a bullet's sign stood alone, or its text goes on
    for raw in (*text.split("\n"), ""):
        line = raw.strip(" |")  # the ends of a table's row
        sign = _BULLET.match(line)
        heading = None if sign else _heading(line)
        if line and not sign and not heading and not _RULE.match(line):
            paragraph.append(line)
            continue
        if line or not bullet or paragraph:
            yield from _unwrapped(paragraph, bullet=bullet)
            paragraph, bullet = [], False
        if heading:
            yield f"## {heading}"
        elif sign and not _RULE.match(line):
            bullet = True
            if rest := line[sign.end() :]:
                paragraph.append(rest)


def _heading(line: str) -> str | None:
    if marked := _HEADING.match(line) or _BOLD_LINE.match(line):
        words = next(group for group in marked.groups() if group)
        heading = _plain(words.rstrip("# ")).rstrip(": ")
        return heading if heading and len(heading) <= HEADING_CHARS * 2 else None
    if not line or len(line) > HEADING_CHARS:
        return None
    bare = _plain(line).rstrip(" :")
    if label_kind(bare) or (line.endswith(":") and len(bare) <= HEADING_CHARS // 2 and heading_kind(bare)):
        return bare
    loud = line.isupper() and len(line) <= _CAPS_CHARS and line[-1] not in ".!?;,"
    # "AWS" and "REST API" are more likely entries of a list that has no signs.
    return bare if loud and ((line.count(" ") > 1 and "|" not in line) or heading_kind(bare)) else None


def _unwrapped(lines: Sequence[str], *, bullet: bool) -> Iterator[str]:
    """Join the lines that only a line length parted; a list without signs stays a list."""
    if not lines:
        return
    width = max(map(len, lines))
    wrapped = _WRAP_MIN <= width <= _WRAP_MAX
    joined = [[lines[0]]]
    for last, line in pairwise(lines):
        full = wrapped and len(last) + 1 + len(line.partition(" ")[0]) > width * 0.9
        if last[-1] not in ".!?:" and (line[0].islower() or (full and not _LABELLED.match(line))):
            joined[-1].append(line)
        else:
            joined.append([line])
    for number, parts in enumerate(joined):
        if words := _plain(" ".join(parts)):
            yield f"- {words}" if bullet and number == 0 else words


def _labelled(line: str) -> Iterator[str]:
    """A paragraph, parted where a label such as "Requirements:" begins a sentence; nothing for a line of chrome."""
    if line.startswith("## "):
        yield line[3:] if _CLOSED.search(line) else line  # a notice, whatever it was set in
        return
    if len(line) <= _CHROME_CHARS and _CHROME.fullmatch(line.removeprefix("- ")):
        return
    if line.startswith("- ") or ":" not in line:
        yield line
        return
    start = 0
    for label in _INNER_LABEL.finditer(line):
        if label_kind(label[1]):
            if before := line[start : label.start()].strip():
                yield before
            yield f"## {label[1].strip()}"
            start = label.end()
    if rest := line[start:].strip():
        yield rest
