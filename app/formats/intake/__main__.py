"""The process that reads one file: from stdin, to JSON on stdout, within limits of its own.

The parsers are C that strangers' files are fed to: one may hang, eat the memory or crash. In a thread it could not be
ended and would take the worker along; a process can be killed, and its limits are the kernel's. It gets neither the
service's settings nor its environment, and begins in a fraction of a second because it loads none of the service: `app`
is made a bare package here, so that its factory, and Flask, stay out.
"""

import json
import resource
import signal
import sys
import types
from pathlib import Path
from typing import Any

MEMORY = 1_000_000_000  # bytes of address space; Python and both parsers take a quarter
SECONDS = 10


def main() -> None:
    """Read the file that stdin holds, of the kind that the first argument names, and say what was read."""
    package = types.ModuleType("app")
    package.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["app"] = package
    print(json.dumps(_answer(sys.argv[1], sys.stdin.buffer)))  # noqa: T201  (how this process answers)


def limit(seconds: int = SECONDS) -> None:
    """Let the kernel end this process when it takes too long or too much; from here on it can write no file."""
    bounds = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))
    signal.alarm(seconds)


def _answer(kind: str, source: Any) -> dict[str, Any]:
    from app.formats.intake.imported import answer_of  # noqa: PLC0415  (after `app` is what it must be here)

    limit()
    return answer_of(kind, source.read())


if __name__ == "__main__":
    main()
