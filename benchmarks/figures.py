"""What a benchmark gives: a figure, and the most or least it should be."""

import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table. `most` and `least` are targets; a figure with neither is there for comparison."""

    what: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""

    @property
    def met(self) -> bool:
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)


def report(figures: list[Figure]) -> None:
    """Print the table."""
    width = max((len(figure.what) for figure in figures), default=0)
    for figure in figures:
        value = f"{figure.value:,.0f}" if abs(figure.value) >= 100 else f"{figure.value:.3g}"
        mark = "" if not figure.target else "ok" if figure.met else "MISSED"
        print(f"{figure.what:<{width}}  {value:>9} {figure.unit:<8} {figure.target:<8} {mark}".rstrip())


_started = time.monotonic()


def progress(doing: str) -> None:
    """Say on stderr what is being done."""
    print(f"[{time.monotonic() - _started:5.0f} s] {doing}", file=sys.stderr, flush=True)
