"""Reading a resume's file: what it is, and a process of its own that reads it and can be ended.

`subprocess` waits in a way that gevent makes yield, so the worker goes on meanwhile. A few at once are enough: whoever
comes later waits, and not for long. One user's files come one after the other, so that nobody's slow ones take all.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import InvalidInput, RateLimited, Unavailable
from app.formats.intake.refusals import SENTENCES, Reason

log = logging.getLogger(__name__)

SECONDS = 10.0  # for a whole file; the process ends itself a little later than that, should nobody end it
AT_ONCE = 2  # processes of one worker
WAIT = 10.0  # seconds for one of them to be free
RETRY_SECONDS = 10
_READER = str(Path(__file__).with_name("__main__.py"))
_PDF_WITHIN = 1024  # bytes that may stand before a PDF's own
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_slots = threading.BoundedSemaphore(AT_ONCE)
_senders: set[int] = set()
_senders_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Imported:
    """A JSON Resume document as a file was read, and the receipt of it: see `imported.answer_of`."""

    resume: dict[str, Any]
    receipt: dict[str, Any]


def read_file(data: bytes, *, sender: int) -> Imported:
    """Read a PDF or a DOCX that a user sends, by the user's id.

    Raises `InvalidInput` with a sentence for one that cannot be read, `RateLimited` while another of the same sender is
    read, `Unavailable` if too many are read already.
    """
    kind = _kind_of(data)
    with _turn_of(sender):
        answer = _in_a_process(kind, data)
    if "fault" in answer:
        log.error("Reading a %s failed: %s.", kind, answer["fault"])
    if "refused" in answer:
        raise _refusal(answer["refused"])
    return Imported(resume=answer["resume"], receipt=answer["receipt"])


@contextmanager
def _turn_of(sender: int) -> Iterator[None]:
    """Hold one of the slots; whoever holds or awaits one already does not get a second."""
    with _senders_lock:
        if sender in _senders:
            raise RateLimited("Another file of yours is being read. Please wait a moment.", retry_after=RETRY_SECONDS)
        _senders.add(sender)
    try:
        if not _slots.acquire(timeout=WAIT):
            raise Unavailable("Too many files are being read. Please try again in a moment.", retry_after=RETRY_SECONDS)
        try:
            yield
        finally:
            _slots.release()
    finally:
        with _senders_lock:
            _senders.discard(sender)


def _kind_of(data: bytes) -> str:
    """What the content is, whatever the file is called."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise _refusal("encrypted")  # how Office keeps a DOCX behind a password
    raise _refusal("not_a_document")


def _in_a_process(kind: str, data: bytes) -> dict[str, Any]:
    environ = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}  # no setting, no secret
    try:
        ended = subprocess.run(  # noqa: S603  (our own module, by its path)
            [sys.executable, "-I", _READER, kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("Reading a %s of %d bytes took more than %.0f s.", kind, len(data), SECONDS)
        raise _refusal("too_slow") from None
    if ended.returncode != 0:
        log.warning("The process that read a %s of %d bytes ended with %d.", kind, len(data), ended.returncode)
        raise _refusal("damaged")
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def _refusal(reason: Reason) -> InvalidInput:
    return InvalidInput(SENTENCES[reason], fields={"file": [SENTENCES[reason]]})
