"""Whatever a model does wrong, the answer is free, the error clear, and the next question answered."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import CreditHold
from tests.api.chat.test_faults import FAULTS
from tests.api.studio.conftest import Asker
from tests.fakes.upstream import Upstream


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_free(name: str, asker: Asker, upstream: Upstream, chat_app: Flask) -> None:
    script, _, code, kept = FAULTS[name]
    upstream.play(script)
    stream = asker.ask_studio()
    assert stream.status == 200
    assert (stream.last[0], stream.last[1]["code"]) == ("error", code)
    assert stream.text.strip() == kept.strip()
    assert "secret" not in str(stream.events)
    assert asker.balance == (10, 0)
    with chat_app.app_context():
        states = db.session.scalars(select(CreditHold.state).where(CreditHold.user_profile_id == asker.id)).all()
    assert states == ["released"]
    assert asker.ask_studio().done["credits_remaining"] == 9


def test_a_model_that_cannot_be_reached_is_free(asker: Asker, chat_app: Flask) -> None:
    chat_app.extensions["provider"] = type(chat_app.extensions["provider"])(
        api_key="k", base_url="http://127.0.0.1:9/v1", connect_timeout=1, silence_timeout=1, total_timeout=2
    )
    name, data = asker.ask_studio().last
    assert (name, data["code"]) == ("error", "AI_UNAVAILABLE")
    assert asker.balance == (10, 0)
