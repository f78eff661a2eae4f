"""Why a file is not read, in words for whoever sent it."""

from typing import Literal

Reason = Literal[
    "not_a_document", "encrypted", "no_text", "damaged", "too_many_pages", "too_long", "unfolds", "too_slow"
]
SENTENCES: dict[Reason, str] = {
    "not_a_document": "The file is neither a PDF nor a DOCX. Save your resume as one of them and send that.",
    "encrypted": "The file is protected by a password. Save it without one and send that.",
    "no_text": "The file holds pictures but no text. Send one whose text can be selected, not a scan or a photo.",
    "damaged": "The file is damaged and cannot be read. Save it again and send that.",
    "too_many_pages": "The file has too many pages. A resume may have 20.",
    "too_long": "The file holds too much text for a resume.",
    "unfolds": "The file unfolds to far more than a resume holds.",
    "too_slow": "The file takes too long to read. Save it again in a simpler form and send that.",
}


class Refused(Exception):
    """A file cannot be read, for one of the reasons above."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)
