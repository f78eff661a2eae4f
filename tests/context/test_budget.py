"""The one truncation policy: within the budget, whole pieces, best first, in their own order, and a receipt that adds up."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.context.budget import Packed, Section, Uncounted, count_items, count_texts, pack, split_sentences
from app.tokens import tokenizer_for

TOKENIZER = tokenizer_for("gpt-4o")

texts = st.lists(
    st.sampled_from(["Python", "- led a team of five", "/etc", "x" * 30, "a\nb", "é", "", " "]), min_size=1, max_size=4
).map(" ".join)
items = st.tuples(
    st.sampled_from(["", "### Engineer, Parcelwise", "### Clerk, Tillpoint"]),
    st.lists(st.tuples(texts, st.integers(0, 3).map(float)), min_size=1, max_size=3),
)
section = st.builds(
    Section,
    name=st.just(""),
    heading=st.sampled_from(["", "## Experience"]).map(lambda text: count_texts([text], TOKENIZER)[0]),
    items=st.lists(items, max_size=3).map(lambda drawn: count_items(drawn, TOKENIZER)),
    priority=st.integers(0, 3),
    floor=st.integers(0, 25),
    cap=st.none() | st.integers(0, 60),
)
sections = st.lists(section, max_size=4).map(
    lambda drawn: [replace(one, name=f"section {number}") for number, one in enumerate(drawn)]
)


def packed(drawn: list[Section], budget: int) -> Packed:
    return pack(drawn, budget=budget)


def a_section(name: str, *items: Uncounted, heading: str = "") -> Section:
    return Section(name=name, heading=count_texts([heading], TOKENIZER)[0], items=count_items(items, TOKENIZER))


def pieces_of(section: Section) -> list[str]:
    return [piece.text for item in section.items for piece in item.pieces]


@given(sections, st.integers(0, 150))
def test_the_budget_and_the_caps_are_never_exceeded(drawn: list[Section], budget: int) -> None:
    result = packed(drawn, budget)
    assert result.tokens <= budget
    for one, receipt in zip(drawn, result.receipt.sections, strict=True):
        assert one.cap is None or receipt.tokens_kept <= one.cap


@given(sections, st.integers(0, 150))
def test_what_was_counted_is_what_came_out(drawn: list[Section], budget: int) -> None:
    result = packed(drawn, budget)
    assert result.tokens == TOKENIZER.count("".join(result.texts.values()))
    for one, receipt in zip(drawn, result.receipt.sections, strict=True):
        assert receipt.tokens_kept == TOKENIZER.count(result.texts[one.name])


@given(sections, st.integers(0, 150))
def test_the_receipt_adds_up(drawn: list[Section], budget: int) -> None:
    receipt = packed(drawn, budget).receipt
    assert receipt.tokens_kept == sum(one.tokens_kept for one in receipt.sections)
    assert receipt.tokens_available == sum(one.tokens_available for one in receipt.sections)
    for one, was in zip(receipt.sections, drawn, strict=True):
        assert one.tokens_kept <= one.tokens_available
        assert (one.state == "kept") == (one.pieces_left_out == 0)
        assert (one.state == "left_out") == (one.pieces_left_out == len(pieces_of(was)) > 0)
        assert len(one.left_out_labels) == min(5, one.pieces_left_out)
        assert all(len(label) <= 60 for label in one.left_out_labels)


@given(sections, st.integers(0, 150))
def test_pieces_stay_whole_and_in_their_order_under_their_headers(drawn: list[Section], budget: int) -> None:
    result = packed(drawn, budget)
    for one, receipt in zip(drawn, result.receipt.sections, strict=True):
        lines = result.texts[one.name].splitlines()
        assert is_subsequence(lines, whole(one))
        kept = len(pieces_of(one)) - receipt.pieces_left_out
        assert can_be_made_of_pieces(lines, one, kept)


@given(sections, st.integers(0, 100), st.integers(0, 50))
def test_a_bigger_budget_never_keeps_fewer_tokens(drawn: list[Section], budget: int, more: int) -> None:
    assert packed(drawn, budget + more).tokens >= packed(drawn, budget).tokens


@given(sections, st.integers(0, 150))
def test_every_section_keeps_what_fits_under_its_floor_if_all_floors_fit(drawn: list[Section], budget: int) -> None:
    floored = [replace(one, cap=None) for one in drawn]
    result = packed(floored, max(budget, sum(one.floor for one in floored)))
    for one, receipt in zip(floored, result.receipt.sections, strict=True):
        alone = packed([replace(one, floor=0)], one.floor)
        assert receipt.tokens_kept >= alone.tokens


@given(sections, st.integers(0, 150))
def test_packing_is_deterministic_and_what_fits_is_kept(drawn: list[Section], budget: int) -> None:
    assert packed(drawn, budget) == packed(drawn, budget)
    uncapped = [replace(one, cap=None) for one in drawn]
    everything = packed(uncapped, 100_000)
    assert all(one.state == "kept" for one in everything.receipt.sections)
    assert everything.tokens == everything.receipt.tokens_available


def test_the_best_pieces_survive_not_the_first() -> None:
    done = [(f"- Did thing number {number}", rank) for number, rank in enumerate((1, 5, 2, 4, 3))]
    result = packed([a_section("work", ("", done))], 14)
    assert result.texts["work"] == "- Did thing number 1\n- Did thing number 3\n"
    assert result.receipt.sections[0].left_out_labels == (
        "- Did thing number 0",
        "- Did thing number 2",
        "- Did thing number 4",
    )


def test_a_header_goes_with_its_items_and_can_stand_alone() -> None:
    section = a_section(
        "work",
        ("### Clerk, Tillpoint", [("- Swept the floor", 0)]),
        ("### Engineer, Parcelwise", [("", 2), ("- Built the router", 1)]),
        heading="## Experience",
    )
    whole_text = (
        "## Experience\n### Clerk, Tillpoint\n- Swept the floor\n### Engineer, Parcelwise\n- Built the router\n"
    )
    assert packed([section], 100).texts["work"] == whole_text
    assert packed([section], 12).texts["work"] == "## Experience\n### Engineer, Parcelwise\n"


def test_a_piece_that_alone_is_over_the_budget_is_left_out_and_named() -> None:
    long = "One sentence that goes on and on and on and never comes to any end at all, whatever one does."
    receipt = packed([a_section("about", ("", [(long, 0)]))], 10).receipt.sections[0]
    assert (receipt.state, receipt.pieces_left_out) == ("left_out", 1)
    assert receipt.left_out_labels[0].startswith("One sentence that goes on")


def test_a_long_paragraph_is_split_between_sentences_only() -> None:
    text = "We used e.g. Python for the U.S. Government. " * 6 + "Then we stopped! À demain."
    sentences = split_sentences(text)
    assert sentences == ["We used e.g. Python for the U.S. Government."] * 6 + ["Then we stopped!", "À demain."]
    assert split_sentences("Short. It stays.\n\nSo does this.") == ["Short. It stays.", "So does this."]


def whole(section: Section) -> list[str]:
    """All lines of a section if nothing is left out, its headers wherever they may be needed."""
    return "".join(
        [
            section.heading.text,
            *(text for item in section.items for piece in item.pieces for text in (item.header.text, piece.text)),
        ]
    ).splitlines()


def is_subsequence(lines: list[str], of: list[str]) -> bool:
    rest = iter(of)
    return all(line in rest for line in lines)


def can_be_made_of_pieces(lines: list[str], section: Section, kept: int) -> bool:
    """Whether the lines are the heading, then `kept` whole pieces in order, with nothing but headers between them."""
    if not kept:
        return not lines
    heading = section.heading.text.splitlines()
    if lines[: len(heading)] != heading:
        return False
    places = {(len(heading), 0)}  # lines read, pieces kept
    for item in section.items:
        header = item.header.text.splitlines()
        for body in (piece.text.splitlines() for piece in item.pieces):
            for at, count in tuple(places):
                for part in (body, header + body):
                    if lines[at : at + len(part)] == part:
                        places.add((at + len(part), count + 1))
    return (len(lines), kept) in places
