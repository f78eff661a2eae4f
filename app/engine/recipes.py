"""What makes one surface's turn differ from another's, as data."""

from dataclasses import dataclass
from pathlib import Path

PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a surface's turns are made. `system` is byte-identical for every user, so that providers can cache it."""

    surface: str
    system: str


def _prompt(name: str) -> str:
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8").strip()


RESUME_CHAT = Recipe(surface="chat", system=_prompt("resume_chat"))
