"""What `make` does on a machine that isn't ready yet, with stand-ins for Python and pip."""

import subprocess
from pathlib import Path

import pytest

from config import ROOT

OLD_PYTHON = """#!/bin/sh
case "$1" in --version) echo "Python 3.9.2" ;; -c) exit 1 ;; esac
"""
NEW_PYTHON = """#!/bin/sh
echo "python $*" >> calls
[ "$2" = venv ] && mkdir -p .venv/bin && cp pip-stand-in .venv/bin/python || true
"""
PIP = """#!/bin/sh
echo "pip $*" >> calls
[ "$3" = --version ] || [ ! -e broken ]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone with nothing installed, and a Python that pretends."""
    for name in ("Makefile", "requirements.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for name, text in (("old-python", OLD_PYTHON), ("new-python", NEW_PYTHON), ("pip-stand-in", PIP)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    return tmp_path


def make(checkout: Path, target: str, python: str) -> subprocess.CompletedProcess[str]:
    command = ["make", target, f"PYTHON={python}"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("python", ["./old-python", "no-such-python"])
def test_an_old_or_missing_python_is_said_with_what_to_do(checkout: Path, python: str) -> None:
    ended = make(checkout, "run", python)
    assert ended.returncode != 0
    first, *_ = ended.stderr.splitlines()
    assert first.startswith(f"Python 3.11 or newer is needed, and `{python}` is ")
    assert first.endswith("Name another: make run PYTHON=python3.12")
    assert not (checkout / ".venv").exists()


def test_an_interrupted_installation_is_taken_up_again(checkout: Path) -> None:
    (checkout / "broken").touch()
    assert make(checkout, ".venv/runtime", "./new-python").returncode != 0
    assert not (checkout / ".venv" / "runtime").exists()
    (checkout / "broken").unlink()
    assert make(checkout, ".venv/runtime", "./new-python").returncode == 0
    assert (checkout / ".venv" / "runtime").exists()


def test_what_is_installed_is_not_installed_again(checkout: Path) -> None:
    make(checkout, ".venv/runtime", "./new-python")
    (checkout / "calls").unlink()
    assert make(checkout, ".venv/runtime", "./new-python").returncode == 0
    assert not (checkout / "calls").exists()


def test_only_the_locked_requirements_are_installed(checkout: Path) -> None:
    make(checkout, ".venv/runtime", "./new-python")
    installs = [call for call in (checkout / "calls").read_text().splitlines() if " install " in call]
    assert len(installs) == 1
    assert installs[0].endswith("--require-hashes -r requirements.txt")


def test_every_command_is_listed_with_what_it_does(checkout: Path) -> None:
    listed = make(checkout, "help", "python3").stdout
    for target in ("run", "test", "lint", "check", "bench", "migrate", "seed", "lock"):
        assert f"  make {target} " in listed
