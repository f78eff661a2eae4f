"""What the CV builder and the coach share under `/api/v1/chat`: one set of paths, each session in its own kind's words.

A body with `session_id` is the CV builder's. A side is a module that says how its kind answers a message and shows a
session; which side a request belongs to is decided here alone.
"""

from app.api.v1_chat.routes import blueprint

__all__ = ["blueprint"]
