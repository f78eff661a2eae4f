"""The built-in assistant's answers about the score, from the match that is stored."""

import pytest

from tests.api.studio.conftest import Asker
from tests.builders import a_resume

ASKED = "What is my match score?"


@pytest.mark.parametrize("kind", ["chat", "coach"])
def test_the_score_is_told_while_it_is_true(embedded_asker: Asker, kind: str) -> None:
    ask = embedded_asker
    assert "compute the match first" in ask.ask_studio(ASKED, context_type=kind).text
    pair = {"job_id": ask.job["uuid"], "resume_id": ask.resume["uuid"]}
    match = ask.post("/v1/ai/match", json=pair).get_json()["data"]
    text = ask.ask_studio(ASKED, context_type=kind).text
    assert f"Match score: {match['score']} of 100" in text
    heaviest = max(match["requirements"], key=lambda row: row["delta"])
    assert heaviest["text"].rstrip(".") in text
    assert str(heaviest["delta"]) in text
    ask.put(f"/api/v1/resumes/{ask.resume['uuid']}", json=a_resume(skills=[]))
    assert "compute the match first" in ask.ask_studio(ASKED, context_type=kind).text
