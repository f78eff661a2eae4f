"""Run by test_openai.py in a process of its own: calls from greenlets, ended by other greenlets and by deadlines."""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

sys.path.insert(0, ".")

from app.errors import ModelFailed  # noqa: E402
from app.providers.base import Cancellation, Cancelled, Delta, Message, Prompt  # noqa: E402
from app.providers.openai import OpenAIProvider  # noqa: E402

PROMPT = Prompt(messages=(Message(role="user", content="hi", tokens=1),), model="m", max_tokens=5, prompt_tokens=8)


def outcome(model: OpenAIProvider, *, cancel_after: float | None) -> str:
    cancellation = Cancellation()
    if cancel_after is not None:
        threading.Timer(cancel_after, cancellation.cancel).start()
    try:
        return "".join(piece.text for piece in model.stream(PROMPT, cancellation) if isinstance(piece, Delta))
    except (ModelFailed, Cancelled) as error:
        return type(error).__name__


def main(url: str) -> None:
    started = time.monotonic()
    model = OpenAIProvider(api_key="k", base_url=url, connect_timeout=1, silence_timeout=0.8, total_timeout=5)
    outcomes = [outcome(model, cancel_after=after) for after in (None, 0.3, 0.3, None)]
    assert time.monotonic() - started < 5
    print(json.dumps(outcomes))  # noqa: T201


main(sys.argv[1])
