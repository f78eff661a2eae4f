"""A rewording keeps the sense of what was said: its numbers in their places, its doubts, and who did it."""

import pytest

from app.cv.changes import Put
from app.cv.truth import judge


def stored(text: str, said: str) -> tuple[str, ...]:
    """What is stored of a bullet that is said to be made from a message."""
    patch = (Put(section="experience", which="Acme", lists={"description_bullets": (text,)}),)
    kept = judge(patch, ["I was at Acme", said], polished={text: said}).patch
    return tuple(bullet for put in kept if isinstance(put, Put) for bullet in put.lists["description_bullets"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Managed a team of 200", "I managed a team of 5 and 200 clients"),
        ("Managed a team of 200 and 5 clients", "I managed a team of 5 and 200 clients"),
        ("Sold 2 cars in 300 years", "I sold 300 cars in 2 years"),
        ("Cut costs from $3M to $5M", "I cut costs from $5M to $3M"),
        ("Improved sales", "I was unable to improve sales"),
        ("Doubled sales", "I almost doubled sales"),
        ("Doubled sales", "I nearly doubled sales"),
        ("Managed the shop", "I want to manage the shop"),
        ("Opened a second shop", "I hoped to open a second shop"),
        ("Reduced costs of shipping", "I tried to reduce costs of shipping"),
        ("Opened a second shop", "I planned to open a second shop"),
        ("Closed the deals", "I watched my boss close the deals"),
        ("Increased revenue", "My manager increased revenue"),
        ("Increased revenue of the shop", "He increased revenue of the shop"),
        ("Won the prize", "I was there when my old boss won the prize"),
    ],
)
def test_a_rewording_of_another_sense_gives_way_to_the_users_own_sentence(text: str, said: str) -> None:
    assert stored(text, said) == (said,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Managed a team of 5 and 200 clients", "I managed a team of 5 and 200 clients"),
        ("Sold 300 cars in 2 years", "I sold 300 cars in 2 years"),
        ("Sold 300 cars", "I sold 300 cars in 2 years"),
        ("Almost doubled sales", "I almost doubled sales"),
        ("Built the booking app", "I built the booking app, and my team loved it"),
        ("Planned the move of the office", "I planned the move of the office"),
        ("Increased revenue with the team", "My team and I increased revenue"),
        ("Supported the manager", "I supported my manager"),
    ],
)
def test_a_rewording_of_the_same_sense_is_stored(text: str, said: str) -> None:
    assert stored(text, said) == (text,)
