"""One request to the model, fitted into its budget: instructions, data in a fence, the conversation, the question.

Whatever is counted here is what is sent: every line is encoded once, and the sum of the counts, with the chat format's
own tokens, is exactly what the provider will report (for a model whose encoding is known).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.context.budget import Packed, Receipt, Section, SectionReceipt, pack
from app.context.fence import harmless_message, new_delimiter
from app.context.history import HistoryMessage, held, recent
from app.errors import InvalidInput
from app.providers.base import Message, Prompt, Role
from app.tokens import Tokenizer, prompt_tokens, tokenizer_for


class Limits(NamedTuple):
    """Which model is asked, and the most tokens of a request and of its answer."""

    model: str
    context_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """A part of the data: the line of the fence that stands before it, with `{mark}` in it, and its sections."""

    fence: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPrompt:
    """A prompt, what the budget did to get it, and the packed text of each part of the data, without the fence."""

    prompt: Prompt
    receipt: Receipt
    texts: tuple[str, ...]
    question_tokens: int


def build_request(
    *,
    system: str,
    parts: Sequence[Data],
    history: Sequence[HistoryMessage],
    question: str,
    limits: Limits,
    question_field: str = "message",
) -> BuiltPrompt:
    """Build the request so that all of it takes at most `limits.context_tokens`.

    Raises `InvalidInput` naming the `question_field` if instructions and question alone leave no room for the rest.
    """
    tokenizer = tokenizer_for(limits.model)
    instructions = Message(role="system", content=system, tokens=_count_once(tokenizer, system))
    asking = _message("user", harmless_message(question), tokenizer)
    past = [_harmless(message, tokenizer) for message in history]
    fence = _fence(parts, tokenizer)
    fence_tokens = sum(message.tokens for message in fence)
    frame = prompt_tokens((("system", 0), ("user", fence_tokens), ("user", 0)))
    room = limits.context_tokens - frame - instructions.tokens - asking.tokens
    if room < 0:
        raise InvalidInput(
            "The message is too long for the model.", fields={question_field: [f"Must be {-room} tokens shorter."]}
        )
    sections = [section for part in parts for section in part.sections]
    packed = pack(sections, budget=room - held(past, room), exact=tokenizer.exact)
    earlier, history_receipt = recent(past, room - packed.tokens)
    texts = tuple("".join(packed.texts[section.name] for section in part.sections) for part in parts)
    fenced = "".join(message.content + text for message, text in zip(fence, (*texts, ""), strict=True))
    context = Message(role="user", content=fenced, tokens=fence_tokens + packed.tokens)
    messages = (instructions, context, *earlier, asking)
    fixed = (("instructions", instructions.tokens), ("question", asking.tokens), ("frame", frame))
    return BuiltPrompt(
        prompt=Prompt(
            messages=messages,
            model=limits.model,
            max_tokens=limits.reply_tokens,
            prompt_tokens=prompt_tokens((message.role, message.tokens) for message in messages),
        ),
        receipt=_receipt(packed, limits.context_tokens, fixed, history_receipt),
        texts=texts,
        question_tokens=asking.tokens,
    )


def _fence(parts: Sequence[Data], tokenizer: Tokenizer) -> list[Message]:
    """What stands before each part, and after the last; its mark stands in none of them."""
    delimiter = new_delimiter(text for part in parts for section in part.sections for text in section.texts())
    lines = [*(part.fence for part in parts), "{mark} END\n"]
    return [_message("user", line.replace("{mark}", delimiter), tokenizer) for line in lines]


def _message(role: Role, content: str, tokenizer: Tokenizer) -> Message:
    return Message(role=role, content=content, tokens=tokenizer.count(content))


def _harmless(message: HistoryMessage, tokenizer: Tokenizer) -> HistoryMessage:
    """A stored message as it is sent; counted again only in the rare case that something had to be taken out."""
    content = harmless_message(message.content)
    if content == message.content:
        return message
    return HistoryMessage(role=message.role, content=content, tokens=tokenizer.count(content))


@lru_cache(maxsize=32)
def _count_once(tokenizer: Tokenizer, text: str) -> int:
    """The length of a recipe's instructions, which are the same in every request."""
    return tokenizer.count(text)


def _receipt(packed: Packed, context_tokens: int, fixed: Sequence[tuple[str, int]], history: SectionReceipt) -> Receipt:
    """The whole request's receipt: its sections' tokens add up to the prompt's."""
    whole = [
        SectionReceipt(name=name, state="kept", tokens_available=tokens, tokens_kept=tokens) for name, tokens in fixed
    ]
    sections = (*whole, *packed.receipt.sections, history)
    return Receipt(
        budget=context_tokens,
        tokens_available=sum(section.tokens_available for section in sections),
        tokens_kept=sum(section.tokens_kept for section in sections),
        exact=packed.receipt.exact,
        sections=sections,
    )
