"""Postings, `/api/v1/jobs`."""

from app.api.jobs.routes import blueprint

__all__ = ["blueprint"]
