"""What a message is besides information: a refusal, a question, thanks, a wish for help; none of it is for a CV."""

import re
from typing import Final, Literal

from app.cv.rules.text import TAKEN, plain

_REFUSAL = re.compile(
    r"(?:no|nope|nah|none|nothing|skip|pass|next|later|not (?:now|yet|really|applicable)|n a|na"
    r"|no thanks?(?: you)?|i d rather not|i have none|i ve none|rather not|don t have (?:any|one|it)"
    r"|i don t have (?:any|one|it|that|them)|i haven t (?:any|got any|got one)|there (?:is|are) none|don t know"
    r"|i don t know|no idea|idk|not sure|i m not sure|no clue|unknown|let s skip"
    r"|move on|can we skip|(?:i )?(?:don t|can t|do not) (?:remember|recall)|ask me (?:again )?later)\b"
)
_LITTLE = frozenset(
    str.split(
        "know who what name idea sure i m am d ll ve s t a an the this that it them those one any some of for to "
        "on at in and or so but not no none don dont do have haven havent hasn got use using need needs want yet "
        "really please thanks thank you now moment all me us let move skip question section part next thing there "
        "are is sorry think just would rather prefer nothing else more ever never had did didn can my add ok okay "
        "either"
    )
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
_ASKED_TO = re.compile(
    r"(?:(?:and|so|ok|okay|hi|hello|please|also),? )*(?:can|could|would|will) you (?:please |also |just )?"
    r"(?:add|put|include|remove|delete|drop|change|replace|correct|fix|note|write down)\b(?! (?:it|that"
    r"|this) \w+ for me)",
    re.IGNORECASE,
)
_TO_CHANGE = re.compile(
    r"(?:(?:no|please|and|also|ok|okay|can you|could you|just|actually) )*"
    r"(?:drop|remove|delete|take (?:out|off|the|my)|get rid of|erase|forget|scratch|undo|replace|change|swap|rename)\b"
)
_STOP = re.compile(
    r"^(?:(?:please|ok|okay|no|just|hey|can you|could you) )*(?:stop|enough|that s enough|quit|leave me alone)"
    r"(?: (?:it|now|please|asking|with|the|questions?|me|that|this|these|all|so|much|many|already|for|today))*$"
    r"|\bi (?:ve |have )?(?:already |just )(?:told|said|gave|given|answered|mentioned|wrote|written|did)\b"
    r"(?: (?:you|that|this|it|so|all|them|before|twice|above|everything|me|about))*$"
    r"|\b(?:stop asking|no more questions|don t ask (?:me )?(?:again|anything|any ?more|more)"
    r"|asked (?:me )?that already)\b"
)
_GO_ON = re.compile(r"^(?:(?:ok|okay|please|let s|we can|you can|yes) )*(?:go on|continue|carry on|resume|next|ask)\b")
Wish = Literal["help", "show", "done", "thanks", "hello", ""]
_WISHES: Final[tuple[tuple[Wish, re.Pattern[str]], ...]] = (
    (
        "help",
        re.compile(
            r"^(?:(?:please|can|could|you|i|need) )*help(?: me)?(?: out| please)?$|\b(?:what can you do|who are you"
            r"|are you (?:a |an )?(?:bot|human|ai|real|robot)|how does (?:this|it) work|what is this"
            r"|where (?:do i|to) start"
            r"|what do i (?:do|write|say)|help me with my (?:cv|resume|letter))\b"
        ),
    ),
    (
        "show",
        re.compile(
            r"\b(?:show (?:me )?(?:my|the|it|what)|preview|what do you have|what have you got|what have i told"
            r"|(?:see|view|read) (?:my|the) (?:cv|resume|letter)|what(?: s| is) (?:missing|left|in my))\b"
        ),
    ),
    (
        "done",
        re.compile(
            r"^(?:ok |okay )?(?:i m |im |i am |we re |we are )?(?:all )?(?:done|finished|that s (?:it|all|everything)"
            r"|thats (?:it|all)|finali[sz]e|finish|complete it|nothing else|no more|that is all)\b"
        ),
    ),
    (
        "thanks",
        re.compile(r"^(?:(?:great|ok|okay|perfect|cool|super|wonderful) )?(?:many )?(?:thanks?|thx|cheers|ty)\b"),
    ),
    ("hello", re.compile(r"^(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon|day))\b")),
)
WISH_WORDS = 12
COURTESY_WORDS = 6
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


def is_stop(message: str) -> bool:
    """Whether a short message wants no further questions: "stop", "I already told you"."""
    said = plain(message[:300])
    return len(said.split()) <= WISH_WORDS and bool(_STOP.search(said))


def is_go_on(message: str) -> bool:
    """Whether a short message wants the questions to go on."""
    said = plain(message[:300])
    return len(said.split()) <= WISH_WORDS and bool(_GO_ON.match(said))


def is_question(sentence: str) -> bool:
    """Whether a sentence asks something."""
    said = sentence.rstrip(" )\"'")
    if _ASKED_TO.match(said):
        return False
    return said.endswith("?") or (
        len(said) < 200 and bool(_ASKS.match(plain(said))) and not re.search(r"\d", said) and "," not in said
    )


def is_courtesy(message: str) -> bool:
    """Whether a short message is a greeting, thanks, a word of agreement or a wish, and has nothing beside it."""
    said = plain(message)
    if wish_of(message) in ("help", "show", "done"):
        return True
    return TAKEN not in message and len(said.split()) <= COURTESY_WORDS and bool(_COURTESY.match(said))


def is_order(sentence: str) -> bool:
    """Whether a sentence tells the assistant to do something with its rules, or to make something up."""
    return bool(_TO_THE_ASSISTANT.search(plain(sentence[:1_000])))


def is_wish_to_change(sentence: str) -> bool:
    """Whether a sentence wants something removed or replaced, be it there or not."""
    return bool(_TO_CHANGE.match(plain(sentence[:200])))


def wish_of(message: str) -> Wish:
    """What a short message wants of the assistant; nothing where it tells something or is long."""
    said = plain(message[:500])
    if len(said.split()) > WISH_WORDS:
        return ""
    return next((wish for wish, pattern in _WISHES if pattern.search(said)), "")
