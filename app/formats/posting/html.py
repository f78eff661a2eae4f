"""From a web page, or a piece of HTML, to text that `text.lines_of` reads; the page's chrome is left out."""

import re
from collections import Counter
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.errors import InvalidInput
from app.formats.posting.text import clean_line, unescape

DEPTH_LIMIT = 1000
_MAIN_CHARS = 200

_TAG = re.compile(
    r"<(?:!doctype html|/?(?:html|head|body|main|article|section|p|div|ul|ol|li|br|h[1-6]|span|table|strong|em|script"
    r"|a|b)(?=[\s/>]))",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(r"&(?:amp;){0,2}lt;/?(?:p|div|ul|ol|li|br|h[1-6]|span|strong|em|b)\b", re.IGNORECASE)
_ESCAPED_END = re.compile(r"&(?:amp;){0,2}lt;/(?:p|div|ul|ol|li|h[1-6])&(?:amp;){0,2}gt;", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
# HTML re-opens formatting elements in every later paragraph, so that a few kilobytes can unfold to gigabytes;
# under another name they are ordinary elements.
_BOLD = re.compile(r"<(/?)(?:b|strong)(?=[\s/>])", re.IGNORECASE)
_FORMATTING = re.compile(r"<(/?)(?:a|big|code|em|font|i|nobr|s|small|strike|tt|u)(?=[\s/>])", re.IGNORECASE)
_UNNESTED = frozenset(
    str.split(
        "area base br col dd dt embed hr img input li link meta option optgroup p param rp rt source td tfoot th "
        "thead tbody tr track wbr"
    )
)
_CHROME = (
    "script, style, noscript, template, svg, iframe, object, canvas, video, audio, nav, footer, form, button, select, "
    "dialog, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search], "
    "[role=dialog], [role=alertdialog], head"
)
_CHROME_NAMES = (
    "cookie",
    "consent",
    "breadcrumb",
    "skip-",
    "skipnav",
    "share",
    "social",
    "newsletter",
    "related-jobs",
    "similar-jobs",
    "gov-banner",
    "modal",
)
_CHROME_BY_NAME = ", ".join(f'[class*="{name}" i], [id*="{name}" i]' for name in _CHROME_NAMES) + ", header, aside"
# The serialised tree quotes every attribute, so one pass of this finds every tag.
_SERIAL_TAG = re.compile(r'<(?:!--[^>]*-->|(/?)([a-zA-Z][^\s/>]*)(?:[^>"]|"[^"]*")*>)')
_BLOCKS = (
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure hr header main ol p pre "
    "section summary table tbody thead tr ul"
)
# What a tag becomes, opening and closing, in the words of `text.lines_of`.
_MARKS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_BLOCKS.split(), ("\n\n", "\n\n")),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("\n\n## ", "\n\n")),
    **dict.fromkeys(("td", "th"), (" | ", " ")),
    "li": ("\n\n- ", "\n\n"),
    "br": ("\n", "\n"),
    "x-b": ("**", "**"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page parsed once: what it says of itself, and its words."""

    tree: LexborHTMLParser
    title: str  # og:title, else the first h1
    window_title: str  # of <title>: often "Job | Company"
    site: str
    url: str


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: it has one of the usual tags near its beginning."""
    return _TAG.search(text, 0, 20_000) is not None


def unescape_html(text: str) -> str:
    """Undo the escaping of HTML that was escaped once or more; other text comes back as it is."""
    if not looks_like_html(text) and _ESCAPED_TAG.search(text, 0, 20_000):
        return unescape(text)
    return text


def parse(source: str) -> Page:
    """Parse a page or a piece of HTML; raise `InvalidInput` if it is nested beyond any page a person wrote."""
    _refuse_deep(source)
    tree = LexborHTMLParser(_FORMATTING.sub(r"<\1x-i", _BOLD.sub(r"<\1x-b", source)))
    return Page(
        tree=tree,
        title=_meta(tree, 'meta[property="og:title"]') or _words(tree, "h1"),
        window_title=_words(tree, "title"),
        site=_meta(tree, 'meta[property="og:site_name"]'),
        url=_meta(tree, 'meta[property="og:url"]') or _attribute(tree, 'link[rel="canonical"]', "href"),
    )


def page_text(page: Page) -> str:
    """The words of a page without its chrome, marked up as `text.lines_of` reads them. The tree is used up."""
    for node in page.tree.css(_CHROME):
        node.decompose()
    root = _main(page.tree)
    if root is None:
        return ""
    words = len(root.text())
    for node in root.css(_CHROME_BY_NAME):
        if node.tag not in ("body", "main", "article") and len(node.text()) * 3 < words and not node.css_first("h1"):
            node.decompose()
    text = node_text(root)
    return html_text(unescape(text)) if _ESCAPED_END.search(text) else text


def node_text(node: LexborNode) -> str:
    """The words of one element, marked up as `text.lines_of` reads them."""
    return _SERIAL_TAG.sub(_mark, " ".join((node.html or "").split()))


def html_text(source: str) -> str:
    """The words of a piece of HTML."""
    return page_text(parse(source))


def _mark(tag: re.Match[str]) -> str:
    opening, closing = _MARKS.get(tag[2] or "", ("", ""))
    return closing if tag[1] else opening


def _refuse_deep(source: str) -> None:
    depth: Counter[str] = Counter()
    for closing, tag in _ANY_TAG.findall(source):
        name = tag.lower()
        if name in _UNNESTED:
            continue
        if not closing:
            depth[name] += 1
        elif depth[name]:
            depth[name] -= 1
    if depth.total() > DEPTH_LIMIT:
        raise InvalidInput(
            "The HTML is nested too deeply to be a posting.", fields={"description": ["Is nested too deeply."]}
        )


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    for selector in ("main", "[role=main]", '[itemtype*="JobPosting"]', "article"):
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text()) >= _MAIN_CHARS:
            return found[0]
    return tree.body


def _meta(tree: LexborHTMLParser, selector: str) -> str:
    return _attribute(tree, selector, "content")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return clean_line(node.attributes.get(name) or "") if node is not None else ""


def _words(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return clean_line(node.text()) if node is not None else ""
