"""Job postings as people have them: text, Markdown, web pages, schema.org data, JSON Resume's job form."""

from app.formats.posting.reading import LIMIT_BYTES, ParsedPosting, SourceFormat, detect, read_description, read_posting

__all__ = ["LIMIT_BYTES", "ParsedPosting", "SourceFormat", "detect", "read_description", "read_posting"]
