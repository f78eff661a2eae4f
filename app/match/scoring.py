"""The score of a match: what each requirement is worth, and how that becomes whole points. Pure, exact, without floats.

A must weighs three times a nice-to-have; what is told in ordinary words alone weighs one, must or not, since a resume
says such things in other words. A requirement is worth 1 where all that it needs is shown, 0 where nothing of it is,
and between them the share that is shown. What is only listed counts a tenth, so that naming every skill of a posting
in a list lifts the score by at most ten points; what is merely touched on counts half. The score is a hundred times
the weighed mean, rounded down: 100 means that everything is met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.context.evidence import Finding, Piece
from app.context.proofs import Trust
from app.providers.base import Verdict

SCORE_VERSION: Final = 2
"""To be raised by whoever changes what a pair scores, or what its result holds; a test knows when that is."""
MUST, NICE_TO_HAVE = 3, 1
WORTH: Final[Mapping[Trust | None, Fraction]] = {
    "shown": Fraction(1),
    "touched": Fraction(1, 2),
    "listed": Fraction(1, 10),
    None: Fraction(0),
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A requirement and what it is worth, from 0 to 1; `points` and `delta` are of the hundred that all have together.

    `delta` is what the score would rise by if this requirement alone were met as well.
    """

    finding: Finding
    value: Fraction
    points: int
    delta: int

    @property
    def verdict(self) -> Verdict:
        """That of what was found: there is one only."""
        return self.finding.requirement.verdict

    @property
    def is_only_listed(self) -> bool:
        """Whether nothing but lists speaks for it."""
        trusts = {piece.trust for piece in self.finding.pieces if piece.needed}
        return "listed" in trusts and trusts <= {"listed", None}


@dataclass(frozen=True, slots=True)
class Part:
    """The musts, or the nice-to-haves: the points that they have of those that they could have."""

    points: int
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a match; those of the parts, and of the requirements in their order, add up to the score."""

    score: int
    must_have: Part
    nice_to_have: Part
    requirements: tuple[Weighed, ...]
    earned: Fraction  # the weights times what they are worth
    total: int

    def gain(self, more: Fraction) -> int:
        """What the score would rise by if so much more weight were earned."""
        return _points(self.earned + more, self.total) - self.score


def score_of(findings: Sequence[Finding]) -> Score:
    """Score what was found; there is at least one requirement."""
    weights = [weight_of(one) for one in findings]
    values = [value_of(one) for one in findings]
    exact = [weight * value for weight, value in zip(weights, values, strict=True)]
    earned, total = sum(exact, Fraction()), sum(weights)
    score = _points(earned, total)
    sides = [[place for place, one in enumerate(findings) if one.requirement.must is side] for side in (True, False)]
    per_side = _apportioned(score, [_sum(exact, side) * 100 / total for side in sides])
    most = _apportioned(100, [_sum(weights, side) * Fraction(100, total) for side in sides])
    points: dict[int, int] = {}
    for side, of_side in zip(sides, per_side, strict=True):
        texts = [findings[place].requirement.text for place in side]
        whole = _apportioned(of_side, [exact[place] * 100 / total for place in side], texts)
        points.update(zip(side, whole, strict=True))
    return Score(
        score=score,
        must_have=Part(per_side[0], most[0]),
        nice_to_have=Part(per_side[1], most[1]),
        requirements=tuple(
            Weighed(one, value, points[place], _points(earned + weight * (1 - value), total) - score)
            for place, (one, weight, value) in enumerate(zip(findings, weights, values, strict=True))
        ),
        earned=earned,
        total=total,
    )


def value_of(finding: Finding, named: frozenset[str] = frozenset()) -> Fraction:
    """What a requirement is worth; `named` are skills to be taken for told in a deed, for as long as is asked."""
    told = WORTH["touched" if finding.is_easily_said else "shown"]
    needed = [piece for piece in finding.pieces if piece.needed]
    values = (max(told if named & set(one.terms) else Fraction(), _worth(one, finding.years)) for one in needed)
    return sum(values, Fraction()) / len(needed)


def weight_of(finding: Finding) -> int:
    """What a requirement weighs; never by what the resume says, else another line could lower the score."""
    return MUST if finding.requirement.must and not finding.is_in_ordinary_words else NICE_TO_HAVE


def _worth(piece: Piece, years: int | None) -> Fraction:
    """Half of a skill that is wanted for years is to have it, half to have it for so long."""
    share = (1 + piece.share) / 2 if years and piece.terms else piece.share
    return WORTH[piece.trust] * share


def _points(earned: Fraction, total: int) -> int:
    return int(100 * earned / total)


def _sum(numbers: Sequence[Fraction] | Sequence[int], places: Sequence[int]) -> Fraction:
    return sum((Fraction(numbers[place]) for place in places), Fraction())


def _apportioned(total: int, exact: Sequence[Fraction], names: Sequence[str] = ("", "")) -> list[int]:
    """Whole numbers near the exact ones that add up to `total`: the largest remainders are rounded up.

    Of equal remainders the first by name is, never by place: the order of a posting's lines decides nothing.
    """
    whole = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], names[place], place))
    for place in order[: total - sum(whole)]:
        whole[place] += 1
    return whole
