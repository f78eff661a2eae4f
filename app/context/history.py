"""The conversation so far: the newest turns that fit, whole, and never one without the turns after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.context.budget import SectionReceipt, State
from app.context.fence import harmless_message
from app.providers.base import Message
from app.tokens import MESSAGE_TOKENS, ROLE_TOKENS, Tokenizer

TURNS_HELD = 2
Said = tuple[Literal["user", "assistant"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryMessage:
    """A stored message, and its content's length in tokens, counted when it was stored."""

    role: Literal["user", "assistant"]
    content: str
    tokens: int

    @property
    def cost(self) -> int:
        """What it takes in a request: its tokens and the chat format's."""
        return self.tokens + MESSAGE_TOKENS + ROLE_TOKENS


def count_messages(said: Sequence[Said], tokenizer: Tokenizer) -> list[HistoryMessage]:
    """Messages that somebody else has kept, made harmless and counted; what says nothing is left out."""
    harmless = [(role, harmless_message(content)) for role, content in said]
    return [
        HistoryMessage(role=role, content=content, tokens=tokenizer.count(content))
        for role, content in harmless
        if content.strip()
    ]


def held(history: Sequence[HistoryMessage], room: int) -> int:
    """The tokens to hold for the newest turns before anything else is packed: two turns, or one, or none.

    They never get more than half of the room, so that a long answer cannot drive out what it was about.
    """
    cost = best = 0
    for turn in islice(_newest_turns(history), TURNS_HELD):
        cost += sum(message.cost for message in turn)
        if cost <= room // 2:
            best = cost
    return best


def recent(history: Sequence[HistoryMessage], budget: int) -> tuple[tuple[Message, ...], SectionReceipt]:
    """The newest turns that fit into `budget` tokens, oldest first, and what became of the history."""
    used = kept = 0
    for turn in _newest_turns(history):
        cost = sum(message.cost for message in turn)
        if used + cost > budget:
            break
        used += cost
        kept += len(turn)
    messages = history[len(history) - kept :]
    state: State = "kept" if kept == len(history) else "shortened" if kept else "left_out"
    receipt = SectionReceipt(
        name="history",
        state=state,
        tokens_available=sum(message.cost for message in history),
        tokens_kept=used,
        pieces_left_out=len(history) - kept,
    )
    return tuple(Message(role=one.role, content=one.content, tokens=one.tokens) for one in messages), receipt


def _newest_turns(history: Sequence[HistoryMessage]) -> Iterator[Sequence[HistoryMessage]]:
    """Turns from the newest to the oldest; each begins with its question."""
    end = len(history)
    for start in range(len(history) - 1, -1, -1):
        if history[start].role == "user":
            yield history[start:end]
            end = start
    if end:
        yield history[:end]
