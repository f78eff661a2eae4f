"""Who a resume is about: the name and the headline at its top, e-mail, phone, links and place wherever they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from phonenumbers import Leniency, PhoneNumberMatcher

from app.formats.intake.ledger import Ledger
from app.formats.intake.lines import COLUMN, Line
from app.formats.intake.places import is_place, location_of

_EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_TOP = (
    "com|org|net|io|dev|me|ai|app|co|fr|de|uk|ca|ch|be|eu|es|it|nl|pt|pl|se|no|fi|dk|ie|us|in|"
    "tech|info|page|xyz|site|blog|pro"
)
LINK = re.compile(
    rf"(?:https?://|www\.)[^\s,;|)>\]]+|(?<![\w@.])(?:[\w-]+\.)+(?:{_TOP})(?:/[^\s,;|)>\]]*)?(?![\w@])", re.IGNORECASE
)
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "twitter.com": "Twitter",
    "x.com": "X",
    "stackoverflow.com": "Stack Overflow",
    "medium.com": "Medium",
    "behance.net": "Behance",
    "dribbble.com": "Dribbble",
    "kaggle.com": "Kaggle",
    "orcid.org": "ORCID",
    "scholar.google.com": "Google Scholar",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "youtube.com": "YouTube",
    "huggingface.co": "Hugging Face",
    "bsky.app": "Bluesky",
}
_LABEL = re.compile(
    r"(?:e-?mail|courriel|m[ée]l|phone|telephone|t[ée]l[ée]phone|t[ée]l|mobile|cell|portable|address|adresse|location|lieu|"
    r"website|site web|web|portfolio|blog|linkedin|github|gitlab|twitter|name|nom)\.?[ ]*:?[ ]*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\t|[ ]*[|•·⋅◦]+[ ]*|[ ]+[–—/-][ ]+|;[ ]*|\x1f")
_NAME_WORDS = 5
_HEADLINE_WORDS = 12


@dataclass(slots=True)
class Contacts:
    """`basics` as it fills, without a summary. A value is taken once; what comes second is left where it stands."""

    ledger: Ledger
    basics: dict[str, Any] = field(default_factory=dict)

    def read_top(self, lines: Sequence[Line]) -> list[Line]:
        """Read what stands above the first heading; return the lines that are sentences, for the summary."""
        rest = [(line, chunk) for line in lines for chunk in self._without_contacts(line)]
        if rest and "name" not in self.basics:
            named = max(rest[:4], key=lambda one: (_may_be_name(one[1]), one[0].size))
            if _may_be_name(named[1]):
                self._put("name", named[1], named[0])
                rest.remove(named)
        sentences = []
        for line, chunk in rest:
            words = len(chunk.split())
            if is_place(chunk, alone=True):
                self._put_place(chunk, line)
            elif (
                "name" in self.basics
                and "label" not in self.basics
                and words <= _HEADLINE_WORDS
                and _is_plain(chunk, line)
            ):
                self._put("label", chunk, line)
            elif words > _HEADLINE_WORDS / 2 and line.text.replace(COLUMN, " ") == chunk:
                sentences.append(line)
        return sentences

    def read_section(self, lines: Sequence[Line]) -> None:
        """Read a section of contacts and links, often in a side bar."""
        for line in lines:
            for chunk in self._without_contacts(line):
                if is_place(chunk, alone=True):
                    self._put_place(chunk, line)
                elif "name" not in self.basics and _may_be_name(chunk):
                    self._put("name", chunk, line)

    def _without_contacts(self, line: Line) -> Iterator[str]:
        """Take e-mail, phone and links out of a line; yield what stands between them."""
        text = line.text
        for pattern, take in ((_EMAIL, self._put_email), (LINK, self._put_link)):
            for match in pattern.finditer(text):
                take(match[0].rstrip("."), line)
            text = pattern.sub("\x1f", text)
        for number in list(PhoneNumberMatcher(text, "US", leniency=Leniency.POSSIBLE)):
            self._put("phone", number.raw_string, line)
            text = text.replace(number.raw_string, "\x1f", 1)
        for each in _SEPARATORS.split(text):
            chunk = each.strip(" ,;:\t")
            if label := _LABEL.match(chunk):
                if not label[0].strip().endswith(":") and label.end() < len(chunk):
                    label = None
                else:
                    self.ledger.take(line, label[0], "basics")
                    chunk = chunk[label.end() :].strip()
            if any(c.isalnum() for c in chunk):
                yield chunk

    def _put(self, name: str, text: str, line: Line) -> None:
        if self.basics.setdefault(name, text) == text:
            self.ledger.take(line, text, f"basics.{name}")

    def _put_email(self, text: str, line: Line) -> None:
        self._put("email", text, line)

    def _put_place(self, text: str, line: Line) -> None:
        place = location_of(text)
        if self.basics.setdefault("location", place) == place:
            self.ledger.take(line, text, "basics.location")

    def _put_link(self, text: str, line: Line) -> None:
        url = text if text.startswith("http") else f"https://{text}"
        host, _, path = url.split("//", 1)[1].removeprefix("www.").partition("/")
        network = next(
            (name for domain, name in _NETWORKS.items() if host == domain or host.endswith("." + domain)), ""
        )
        if not network and self.basics.get("url", url) == url:
            self.basics["url"] = url
            self.ledger.take(line, text, "basics.url")
            return
        profiles = self.basics.setdefault("profiles", [])
        if url not in [profile["url"] for profile in profiles]:
            user = {"username": path.strip("/").split("/")[-1]} if path.strip("/") and network else {}
            profiles.append({"network": network or host, **user, "url": url})
        self.ledger.take(line, text, "basics.profiles")


def _may_be_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _NAME_WORDS or any(c.isdigit() or c in "@:/" for c in text):
        return False
    return all(
        word[:1].isupper()
        or not word[:1].isascii()
        or word in {"de", "van", "von", "der", "da", "di", "du", "el", "bin", "la"}
        for word in words
    )


def _is_plain(text: str, line: Line) -> bool:
    """Whether a text may be a headline: words, in a line that has neither an address nor a link."""
    return not (
        text.endswith(":") or any(c.isdigit() for c in text) or _EMAIL.search(line.text) or LINK.search(line.text)
    )
