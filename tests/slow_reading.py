"""The application as a worker serves it, whose reader of files hangs: gunicorn loads this instead of `wsgi`."""

from pathlib import Path

from app.formats.intake import reader
from wsgi import app

__all__ = ["app"]

HANGING = Path(__file__).with_name("hanging_reader.py")
reader._READER = str(HANGING)
reader.SECONDS = 3.0
