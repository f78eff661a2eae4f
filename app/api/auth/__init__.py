"""Accounts and their tokens, `/api/v1/auth`."""

from app.api.auth.routes import blueprint

__all__ = ["blueprint"]
