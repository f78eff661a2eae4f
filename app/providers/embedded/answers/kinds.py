"""What an answer is."""

from collections.abc import Callable

from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice

Answer = Callable[[Ask, Reading, Voice], list[str]]
"""A question understood, the facts read, a language in; paragraphs of Markdown out."""
