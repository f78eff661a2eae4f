"""The measure that relaying is held against: what most write. A Flask view under gunicorn and gevent that iterates the
SDK's chunk objects and sends each as an event; no account, no rows, no limits, nothing checked.

Takes `{"message": …}`, answers `event: chunk` for each piece and `event: done` at the end.
"""

import json
import os
from collections.abc import Iterator

from flask import Flask, Response, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI(api_key="none", base_url=os.environ["OPENAI_BASE_URL"], max_retries=0)


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.post("/chat")
def chat() -> Response:
    message = request.get_json()["message"]

    def events() -> Iterator[str]:
        answer = client.chat.completions.create(
            model="any", messages=[{"role": "user", "content": message}], stream=True
        )
        for chunk in answer:
            if chunk.choices and (text := chunk.choices[0].delta.content):
                yield f"event: chunk\ndata: {json.dumps({'content': text})}\n\n"
        yield "event: done\ndata: {}\n\n"

    return Response(events(), mimetype="text/event-stream")
