"""Counting is offline, exact, and done once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.tokens import TABLES, prompt_tokens, safe_lines, tokenizer_for

MODELS = ("gpt-4o", "gpt-4")  # one of each encoding
PARTS = [
    "word",
    " ",
    "  ",
    "\n",
    "\r",
    "\r\n",
    "/",
    "//",
    ".",
    "\t",
    "'s",
    "\u2028",
    "\x85",
    "1",
    "é",
    "漢",
    "- ",
    "...",
    "\u0301",
]
awkward = st.lists(st.sampled_from(PARTS)).map("".join) | st.text()


@given(st.sampled_from(MODELS), awkward)
@example("gpt-4o", "end.\n/path")
@example("gpt-4o", "a\n \n b")
def test_the_counts_of_safe_lines_add_up_to_the_count_of_their_text(model: str, text: str) -> None:
    tokenizer = tokenizer_for(model)
    lines = safe_lines(text)
    assert sum(tokenizer.count_lines(lines)) == tokenizer.count("".join(f"{line}\n" for line in lines))


@given(st.sampled_from(MODELS), st.lists(awkward))
def test_each_line_is_counted_as_if_it_stood_alone_whatever_the_lines_hold(model: str, lines: list[str]) -> None:
    tokenizer = tokenizer_for(model)
    assert tokenizer.count_lines(lines) == [tokenizer.count(f"{line}\n") for line in lines]


@given(awkward)
def test_safe_lines_keep_every_word(text: str) -> None:
    assert " ".join(safe_lines(text)).split() == text.split()


@given(st.sampled_from(MODELS), awkward, st.integers(0, 30))
def test_a_truncated_text_is_a_beginning_within_the_limit(model: str, text: str, limit: int) -> None:
    tokenizer = tokenizer_for(model)
    cut = tokenizer.truncate(text, limit)
    assert text.startswith(cut)
    assert tokenizer.count(cut) <= limit
    assert cut == text or tokenizer.count(text) > limit


def test_a_long_text_is_counted_in_slices_without_a_token_of_difference() -> None:
    tokenizer = tokenizer_for("gpt-4o")
    text = "".join(f"- Ran {number} services on Kubernetes.\n\n/opt\n" for number in range(9000))
    assert len(text) > 250_000
    assert tokenizer.count(text) == len(tokenizer._encode(text))


@pytest.mark.parametrize(
    "text", [" " * 1_000_000, "a" * 1_000_000, "\n" * 1_000_000], ids=["spaces", "letters", "newlines"]
)
def test_a_million_equal_characters_are_counted(text: str) -> None:
    assert 0 < tokenizer_for("gpt-4o").count(text) < 1_000_000


@pytest.mark.parametrize(
    ("model", "encoding", "exact"),
    [
        ("gpt-4.1-mini", "o200k_base", True),
        ("openai/gpt-5", "o200k_base", True),
        ("openai/gpt-oss-120b", "o200k_base", True),
        ("gpt-3.5-turbo", "cl100k_base", True),
        ("text-davinci-003", "o200k_base", False),
        ("mistralai/mistral-small", "o200k_base", False),
        ("", "o200k_base", False),
    ],
)
def test_a_model_has_its_encoding_or_an_estimate(model: str, encoding: str, exact: bool) -> None:
    tokenizer = tokenizer_for(model)
    assert (tokenizer.name, tokenizer.exact) == (encoding, exact)


def test_special_tokens_in_a_text_are_plain_characters() -> None:
    assert tokenizer_for("gpt-4o").count("<|endoftext|>") > 1


@pytest.mark.parametrize("model", MODELS)
def test_a_role_is_one_token_as_the_overhead_says(model: str) -> None:
    tokenizer = tokenizer_for(model)
    assert [tokenizer.count(role) for role in ("system", "user", "assistant")] == [1, 1, 1]
    assert prompt_tokens([("system", 10), ("user", 5)]) == (3 + 1 + 10) + (3 + 1 + 5) + 3


def test_workers_that_start_at_once_lay_out_the_tables_without_a_network(tmp_path: Path) -> None:
    environment = {**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path), "https_proxy": "http://127.0.0.1:9"}
    code = "from app.tokens import tokenizer_for; print(tokenizer_for('gpt-4').count('hello world'))"
    workers = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [worker.communicate()[0].strip() for worker in workers] == ["2"] * 3
    assert [file.name for file in tmp_path.iterdir()] == [TABLES["cl100k_base"]]


def test_a_damaged_table_is_laid_out_anew(tmp_path: Path) -> None:
    (tmp_path / TABLES["cl100k_base"]).write_text("cut")
    test_workers_that_start_at_once_lay_out_the_tables_without_a_network(tmp_path)
