"""A match as a section of the prompt: what is missing first, in plain words, with where the rest is shown."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.context.budget import Section, count_items, count_texts
from app.tokens import Tokenizer

HEADING = "## Match analysis"
SAYS = {"met": "Met", "partly": "Partly met", "missing": "Missing"}
ORDER = ("missing", "partly", "met")
SECTIONS = {"summary": "the profile", "skills": "the list of skills", "other": "the further entries"}
"""What to call a line that stands under no item."""


def analysis_section(result: Mapping[str, Any], tokenizer: Tokenizer) -> Section:
    """The section of a match's result (as stored): its score, then one piece a requirement.

    The musts that are missing stand first and survive longest, what is met stands last.
    """
    requirements = sorted(result["requirements"], key=_order)
    told = [_score(result), *map(_told, requirements)]
    ranked = [(text, float(len(told) - place)) for place, text in enumerate(told)]
    (heading,) = count_texts([HEADING], tokenizer)
    return Section(
        name="match", heading=heading, items=count_items([("", ranked)], tokenizer), priority=12, floor=0, cap=500
    )


def _order(row: Mapping[str, Any]) -> tuple[bool, bool, int]:
    return row["verdict"] == "met", not row["must"], ORDER.index(row["verdict"])


def _score(result: Mapping[str, Any]) -> str:
    must, nice = result["parts"]["must_have"], result["parts"]["nice_to_have"]
    parts = f"{must['points']} of {must['of']} for the musts, {nice['points']} of {nice['of']} for the nice-to-haves"
    return f"Score: {result['score']} of 100 ({parts})."


def _told(row: Mapping[str, Any]) -> str:
    """ "- Partly met (must): 5+ years of Python. Only listed, in the list of skills. Worth 9 points more." """
    head = f"- {SAYS[row['verdict']]} ({'must' if row['must'] else 'nice to have'}): {row['text'].rstrip('.')}"
    return ". ".join((head, *_details(row))) + "."


def _details(row: Mapping[str, Any]) -> Iterator[str]:
    shown = " and ".join(dict.fromkeys(_place(line) for line in row["evidence"]))
    if shown:
        yield f"Only listed, in {shown}" if row["listed_only"] else f"Shown in {shown}"
    if row["missing_terms"] and row["verdict"] == "partly":
        yield f"Not shown: {', '.join(row['missing_terms'])}"
    if row["delta"]:
        yield f"Worth {row['delta']} more point{'s' if row['delta'] > 1 else ''}"


def _place(line: Mapping[str, Any]) -> str:
    return str(line["item"] or SECTIONS.get(line["section"], line["section"]))
