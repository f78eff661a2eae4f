"""The README's transcript, typed in again: every command against a real server with the demo data, every answer compared.

In the README `…` stands for anything; ids and numbers are compared by their form, since they differ from run to run.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config import ROOT
from tests.api_client import PASSWORD
from tests.server import Server

pytestmark = pytest.mark.server
ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def transcript() -> list[tuple[str, str]]:
    """The commands of the README's transcripts, which are one session, each with what it printed."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert blocks, "The README has no transcript."
    parts = re.split(r"^\$ ((?:.*\\\n)*.*)\n", "".join(blocks), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_the_transcript_is_what_really_happens(server: Callable[..., Server], tmp_path: Path) -> None:
    running = server()
    _seed_demo(running)
    script = ["set -euo pipefail"]
    for number, (command, _) in enumerate(transcript()):
        script += [f"exec >{number}.out", _filled_in(command, running)]
    subprocess.run(["bash", "-c", "\n".join(script)], cwd=tmp_path, check=True, timeout=60)
    for number, (command, expected) in enumerate(transcript()):
        printed = (tmp_path / f"{number}.out").read_text()
        exact = "/v1/ai/match" in command  # a score is the same on every machine
        assert re.fullmatch(_pattern(expected, exact=exact), printed.rstrip()), f"$ {command}\n{printed}"


def test_the_transcript_shows_a_whole_conversation() -> None:
    commands = " ".join(command for command, _ in transcript())
    for step in (
        "/auth/login",
        "/api/chat/start",
        "text/event-stream",
        "/message",
        "/context",
        "/v1/ai/match",
        "/v1/ai/chat",
        "/v1/ai/credits",
    ):
        assert step in commands


def _seed_demo(running: Server) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "seed", "demo", "--password", PASSWORD]
    subprocess.run(command, cwd=ROOT, env=running.environ, check=True, stdout=subprocess.DEVNULL)


def _filled_in(command: str, running: Server) -> str:
    """The command with what a reader would fill in: the server's address, the password, the ids shown before."""
    first, latest = (
        f"""$(ls -tr *.out | xargs cat | grep -o '"session_id": *"[^"]*' | {which} -n 1 | grep -o '[^"]*$')"""
        for which in ("head", "tail")
    )
    return (
        command.replace("http://127.0.0.1:8000", running.url)
        .replace("<password>", PASSWORD)
        .replace("<session_id>", first)
        .replace("<cv_session_id>", latest)
    )


def _pattern(expected: str, *, exact: bool) -> str:
    """What must have been printed: the text itself, but for ids, numbers unless they are `exact`, and what is left out."""
    form_of = {"id": ID, "gap": r"[\s\S]*?", "number": r"\d+"}
    pattern, end = "", 0
    for match in re.finditer(f"(?P<id>{ID})|(?P<gap>…)|(?P<number>[0-9]+)", expected.rstrip()):
        is_exact = exact and match.lastgroup == "number"
        pattern += re.escape(expected[end : match.start()])
        pattern += match[0] if is_exact else form_of[str(match.lastgroup)]
        end = match.end()
    return pattern + re.escape(expected[end:].rstrip())
