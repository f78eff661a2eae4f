"""The built-in assistant while a CV or a letter is built: it reads a message by rules, and says what it understood."""

from app.providers.embedded.builder.conversation import Answered, answer_draft

__all__ = ["Answered", "answer_draft"]
