"""The newest turns stay, whole and without a gap."""

from hypothesis import given
from hypothesis import strategies as st

from app.context.history import HistoryMessage, held, recent

turns = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40) | st.none()), max_size=6)


def conversation(drawn: list[tuple[int, int | None]]) -> list[HistoryMessage]:
    """Turns by the tokens of question and answer; None for an answer that never came."""
    messages: list[HistoryMessage] = []
    for number, (question, answer) in enumerate(drawn):
        messages.append(HistoryMessage(role="user", content=f"question {number}", tokens=question))
        if answer is not None:
            messages.append(HistoryMessage(role="assistant", content=f"answer {number}", tokens=answer))
    return messages


@given(turns, st.integers(0, 300))
def test_the_newest_whole_turns_are_kept_within_the_budget(drawn: list[tuple[int, int | None]], budget: int) -> None:
    history = conversation(drawn)
    kept, receipt = recent(history, budget)
    assert [one.content for one in kept] == [one.content for one in history[len(history) - len(kept) :]]
    assert not kept or kept[0].role == "user"
    assert receipt.tokens_kept == sum(one.tokens + 4 for one in kept) <= budget
    assert receipt.pieces_left_out == len(history) - len(kept)
    if len(kept) < len(history):
        one_more = conversation(
            drawn[
                : len([one for one in history if one.role == "user"]) - len([one for one in kept if one.role == "user"])
            ]
        )
        last = next(index for index in range(len(one_more) - 1, -1, -1) if one_more[index].role == "user")
        assert receipt.tokens_kept + sum(one.tokens + 4 for one in one_more[last:]) > budget


@given(turns, st.integers(0, 300))
def test_room_is_held_for_the_last_turns_but_never_more_than_half(
    drawn: list[tuple[int, int | None]], room: int
) -> None:
    history = conversation(drawn)
    holding = held(history, room)
    assert holding <= room // 2
    assert len(recent(history, holding)[0]) <= 4
    assert recent(history, holding)[1].tokens_kept == holding


def test_nothing_said_yet_is_no_loss() -> None:
    messages, receipt = recent([], 100)
    assert (messages, receipt.state, receipt.tokens_kept) == ((), "kept", 0)
