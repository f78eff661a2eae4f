"""`python -m benchmarks [name …]`: run all benchmarks, or those named, and print their table."""

import argparse
import importlib

from benchmarks.figures import Figure, progress, report

NAMES = ("context", "relay", "history", "requirements", "match", "credits", "cv", "documents")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    chosen = parser.parse_args().names or NAMES
    if unknown := set(chosen) - set(NAMES):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    figures: list[Figure] = []
    for name in chosen:
        progress(f"{name} …")
        figures += importlib.import_module(f"benchmarks.{name}").run()
    report(figures)


if __name__ == "__main__":
    main()
