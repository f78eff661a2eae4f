"""What the process that reads a file answers: a draft and its receipt, or why there is none."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.errors import InvalidInput
from app.formats import json_resume
from app.formats.intake.docx import read_docx
from app.formats.intake.lines import Text
from app.formats.intake.pdf import read_pdf
from app.formats.intake.refusals import Refused
from app.formats.intake.sections import draft_of

BYTES = 256 * 1024  # of the document, as much as can be stored
READERS: Mapping[str, Callable[[bytes], Text]] = {"pdf": read_pdf, "docx": read_docx}


def answer_of(kind: str, data: bytes) -> dict[str, Any]:
    """`{"resume", "receipt"}`, or `{"refused": <reason>}`; a fault of ours has `fault` besides, without the text."""
    try:
        return _import(READERS[kind](data))
    except Refused as refused:
        return {"refused": refused.reason}
    except (MemoryError, RecursionError):
        return {"refused": "unfolds"}
    except Exception as error:  # noqa: BLE001  (a crash here would only say less)
        return {"refused": "damaged", "fault": _whereabouts(error)}


def _import(text: Text) -> dict[str, Any]:
    draft = draft_of(text)
    try:
        json_resume.read(draft.resume)
    except InvalidInput:
        raise Refused("too_long") from None
    if len(json.dumps(draft.resume, ensure_ascii=False).encode()) > BYTES:
        raise Refused("too_long")
    blank = [{"text": f"Page {number} holds no text.", "section": ""} for number in text.blank_pages]
    return {
        "resume": draft.resume,
        "receipt": {
            "understood": [asdict(one) for one in draft.understood],
            "not_understood": [*(asdict(one) for one in draft.not_understood), *blank],
            "pages": text.pages,
            "source": text.source,
        },
    }


def _whereabouts(error: BaseException) -> str:
    """The kind of an error and where it was raised: its words may be the resume's."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    return f"{type(error).__name__} at {place}"
