"""What a message is besides information: a refusal, a question, thanks, a wish for help; none of it is for a CV."""

import re

from app.cv.rules.text import plain

_REFUSAL = re.compile(
    r"(?:no|nope|nah|none|nothing|skip|pass|next|later|not (?:now|yet|really|applicable)|n a|na"
    r"|no thanks?(?: you)?|i d rather not|rather not|don t have (?:any|one|it)"
    r"|i don t have (?:any|one|it|that|them)|i haven t (?:any|got any|got one)|there (?:is|are) none|don t know"
    r"|i don t know|no idea|idk|not sure|i m not sure|no clue|unknown|let s skip"
    r"|move on|can we skip)\b"
)
_LITTLE = frozenset(
    [
        "i",
        "m",
        "am",
        "d",
        "ll",
        "ve",
        "s",
        "t",
        "a",
        "an",
        "the",
        "this",
        "that",
        "it",
        "them",
        "those",
        "one",
        "any",
        "some",
        "of",
        "for",
        "to",
        "on",
        "at",
        "in",
        "and",
        "or",
        "so",
        "but",
        "not",
        "no",
        "none",
        "don",
        "dont",
        "do",
        "have",
        "haven",
        "havent",
        "hasn",
        "got",
        "use",
        "using",
        "need",
        "needs",
        "want",
        "have",
        "yet",
        "really",
        "please",
        "thanks",
        "thank",
        "you",
        "now",
        "moment",
        "all",
        "me",
        "us",
        "let",
        "move",
        "skip",
        "question",
        "section",
        "part",
        "next",
        "thing",
        "there",
        "are",
        "is",
        "sorry",
        "think",
        "just",
        "would",
        "rather",
        "prefer",
        "nothing",
        "else",
        "more",
        "ever",
        "never",
        "had",
        "did",
        "didn",
        "can",
        "t",
        "my",
        "add",
        "ok",
        "okay",
        "either",
    ]
)
_COURTESY = re.compile(
    r"(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon|day)|thanks?|thank you|thx|cheers|great|ok|okay|cool"
    r"|perfect|nice|awesome|sounds good|yes|yeah|yep|sure|alright|got it|bye|lol|sorry|hmm+|haha)\b"
)
_TO_THE_ASSISTANT = re.compile(
    r"\b(?:ignore (?:your|all|the|previous|every)|your (?:rules|instructions|prompt)|you are now|you re now"
    r"|developer mode|system prompt|make (?:it )?up|invent|pretend|jailbreak|whatever (?:you|sounds)"
    r"|you can think of|you like|output|act as|best you can|write that i|set personal info|fill (?:it "
    r"|them )?in (?:with|for me))\b"
    r"|^(?:system|assistant|instruction)\b"
)
_WISHES = re.compile(
    r"(?:(?:and|so|ok|okay|hi|hello|please|also),? )*(?:can|could|would|will) you (?:please |also |just )?"
    r"(?:add|put|include|remove|delete|drop|change|replace|correct|fix|note|write down)\b(?! (?:it|that"
    r"|this) \w+ for me)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:and|so|but|ok|okay|hi|hello|hey|hi there|please) )*(?:what|how|why|when|where|who|which|should"
    r"|can you|could you|would you|do you|is it|is|are|does|did you|may i|can i|shall|will)\b"
)


def is_refusal(message: str) -> bool:
    """Whether somebody has nothing to say to what was asked, or does not want to."""
    said = plain(message)
    return (
        bool(said)
        and len(said.split()) <= 14
        and bool(_REFUSAL.match(said))
        and (set(_REFUSAL.sub("", said, count=1).split()) <= _LITTLE)
    )


def is_question(sentence: str) -> bool:
    """Whether a sentence asks something."""
    said = sentence.rstrip(" )\"'")
    if _WISHES.match(said):
        return False
    return said.endswith("?") or (
        len(said) < 200 and bool(_ASKS.match(plain(said))) and not re.search(r"\d", said) and "," not in said
    )


def is_courtesy(message: str) -> bool:
    """Whether a short message is a greeting, thanks or a word of agreement."""
    said = plain(message)
    return len(said.split()) <= 6 and bool(_COURTESY.match(said))


def is_order(sentence: str) -> bool:
    """Whether a sentence tells the assistant to do something with its rules, or to make something up."""
    return bool(_TO_THE_ASSISTANT.search(plain(sentence[:1_000])))
