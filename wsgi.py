"""What gunicorn and the flask command load. gunicorn.conf.py has patched the process before this is imported."""

import sys

import config
from app import create_app

try:
    app = create_app(config.load())
except config.ConfigError as error:
    sys.exit(f"bespoke: {error}")
