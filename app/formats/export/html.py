"""A page as one file of HTML that needs nothing else: no script, no picture, no font from elsewhere.

Everything of the page is escaped by the template engine, and the file forbids itself whatever it does not have.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.formats.export.outline import Outline

TEMPLATES = Path(__file__).with_name("templates")
STYLE = "page.css"


def render_html(page: Outline, *, template_code: str, title: str) -> str:
    """The file."""
    return _template().render(page=page, template_code=template_code, title=title, style=STYLE, policy=html_policy())


@cache
def html_policy() -> str:
    """What the page may load, as a `Content-Security-Policy`: its own style, by its hash, and nothing more."""
    style = f"\n{(TEMPLATES / STYLE).read_text()}\n"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _template() -> Template:
    # A style sheet is one of ours and must not be escaped; only what stands in double braces is.
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template("page.html")
