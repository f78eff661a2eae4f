"""Job postings as people have them: text, Markdown, web pages, schema.org data, JSON Resume's job form."""

from app.formats.posting.reading import (
    LIMIT_BYTES,
    NAME_CHARS,
    PLACE_CHARS,
    URL_CHARS,
    ParsedPosting,
    SourceFormat,
    detect,
    read_description,
    read_posting,
)
from app.formats.posting.text import clean_line

__all__ = [
    "LIMIT_BYTES",
    "NAME_CHARS",
    "PLACE_CHARS",
    "URL_CHARS",
    "ParsedPosting",
    "SourceFormat",
    "clean_line",
    "detect",
    "read_description",
    "read_posting",
]
