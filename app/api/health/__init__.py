"""Whether the service lives and is ready, `/healthz` and `/readyz`."""

from app.api.health.readiness import init_app
from app.api.health.routes import blueprint

__all__ = ["blueprint", "init_app"]
