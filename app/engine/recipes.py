"""What makes one surface's turn differ from another's, as data."""

from dataclasses import dataclass
from pathlib import Path

from app.providers.base import Manner

SHAPED = 4_000  # tokens of a structured answer that tells a whole page of a CV
PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a surface's turns are made. `system` is byte-identical for every user, so that providers can cache it.

    `price` is in credits; `manner` is how the built-in assistant speaks; `reply_tokens` is the least room for an answer
    that needs more than an ordinary one.
    """

    surface: str
    system: str
    price: int = 0
    manner: Manner = "tailor"
    reply_tokens: int = 0


def _prompt(name: str) -> str:
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8").strip()


RESUME_CHAT = Recipe(surface="chat", system=_prompt("resume_chat"))
STUDIO_CHAT = Recipe(surface="studio", system=_prompt("studio_chat"), price=1, manner="chat")
STUDIO_COACH = Recipe(surface="studio", system=_prompt("studio_coach"), price=1, manner="coach")
CV_BUILDER = Recipe(surface="cv", system=_prompt("cv_builder"), reply_tokens=SHAPED)
COVER_LETTER = Recipe(surface="cv", system=_prompt("cover_letter"), reply_tokens=SHAPED)
