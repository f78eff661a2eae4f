"""Resumes, `/api/v1/resumes`."""

from app.api.resumes.routes import blueprint

__all__ = ["blueprint"]
