"""`/healthz`: the process answers. `/readyz`: what it stands on answers too. Neither needs a token."""

import threading
import time
from collections.abc import Callable
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text

from app.api.blueprints import Blueprint
from app.extensions import db, migrate

blp = Blueprint("health", __name__, description="Whether the service lives and is ready.")
CACHE_SECONDS = 5.0
Check = Callable[[], None]


@blp.get("/healthz")
def healthz() -> Response:
    """Say that the process is alive."""
    return jsonify(status="ok")
