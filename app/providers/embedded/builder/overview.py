"""The CV or the letter so far, for somebody who asks to see it."""

from collections.abc import Iterator

from app.cv.data import CvData, Data, to_json
from app.cv.paths import PERSONAL, paths_of
from app.providers.embedded.builder.understood import item_line
from app.providers.embedded.builder.wording import bulleted, say, shown


def overview(data: Data, kind: str) -> list[str]:
    """Its parts in a list, each with its label; what is missing has none."""
    rows = list(_rows(data))
    return [say("show.intro"), bulleted(rows)] if rows else [say("show.empty", kind=kind)]


def _rows(data: Data) -> Iterator[str]:
    info = data.personal_info
    if person := [shown(getattr(info, name)) for name in PERSONAL if getattr(info, name)]:
        yield _row("personal_info", ", ".join(person))
    tree = to_json(data)
    for path, value in tree.items():
        if path == "personal_info" or not value:
            continue
        if isinstance(value, str):
            yield _row(path, shown(value, 200))
        elif path in paths_of(data).sections and isinstance(value, list | tuple):
            yield _row(path, "; ".join(item_line(path, item) for item in value))
        elif isinstance(data, CvData) and isinstance(value, dict):
            yield from (_row(name, ", ".join(map(shown, texts))) for name, texts in value.items() if texts)
        elif isinstance(value, list | tuple):
            yield _row(path, "; ".join(shown(text, 200) for text in value))


def _row(name: str, text: str) -> str:
    return f"**{say(f'label.{name}')}**: {text}"
