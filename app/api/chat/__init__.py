"""The resume chat, `/api/chat`: tailor a stored resume to a stored posting in a session that is kept."""

from app.api.chat.routes import blueprint

__all__ = ["blueprint"]
