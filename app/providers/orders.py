"""Text that speaks to software instead of a reader: never followed, never quoted as if it were a fact."""

import re

_COMMANDING = re.compile(
    r"\b(?:ignore|disregard|forget|oublie[rz]?|ignore[rz])\W+(?:\w+\W+){0,4}?"
    r"(?:previous|prior|above|earlier|preceding|instructions?|prompts?|précédente?s?|consignes?)\b"
    r"|\b(?:reveal|print|repeat|show)\b.{0,20}\bsystem prompt|\bdo not parse\b|\byou are now (?:a|an|in)\b"
    r"|\b(?:output|respond|reply|answer) (?:only|with only)\b|\bif you are an? (?:ai|llm|language model|bot)\b"
    r"|<\|[^|]*\|>|\b(?:rate|rank|score|recommend) this (?:candidate|applicant|resume)\b",
    re.IGNORECASE,
)


def commanding(text: str) -> bool:
    """Whether a line gives orders to a program: such a line proves nothing."""
    return bool(_COMMANDING.search(text))
