"""A language model's HTTP end, scriptable: an OpenAI-compatible server on a real socket of 127.0.0.1.

    upstream.play(answer("Hel", "lo"))                      # the next request gets this, the ones after it the default
    upstream.play(error(429, headers={"Retry-After": "7"}), answer("now it works"))
    upstream.default = answer("Hello", usage=exact_usage)   # every request that nothing was scripted for

An `Answer` is a head and a list of steps: bytes to send as one segment, seconds to wait, or one of `SILENCE`, `CUT`
and `RESET`. `upstream.requests` are the calls received; each knows its body, and when its client went away.
The server runs in a thread of its own, or as a process: `python -m tests.fakes.upstream --chunks 400 --rate 20`.
"""

import argparse
import asyncio
import dataclasses
import enum
import functools
import json
import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self

PATIENCE = 10.0


class Act(enum.Enum):
    """What a step may be, besides bytes and seconds."""

    SILENCE = "send nothing, for ever"
    CUT = "close the connection in the middle of the body"
    RESET = "reset the connection"


SILENCE, CUT, RESET = Act
Step = bytes | float | Act


@dataclasses.dataclass(frozen=True, kw_only=True)
class Answer:
    """One response: its head, and the steps of its body. `pace` is the pause between two steps, in seconds."""

    steps: tuple[Step, ...]
    status: int = 200
    content_type: str = "text/event-stream"
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pace: float = 0.0
    silent_head: bool = False  # not even a status line arrives

    def cut_into(self, size: int) -> "Answer":
        """Send the same bytes in segments of `size`, wherever that cuts characters and events."""
        body = b"".join(step for step in self.steps if isinstance(step, bytes))
        steps = tuple(body[at : at + size] for at in range(0, len(body), size))
        return dataclasses.replace(self, steps=steps, pace=self.pace or 0.001)

    def after(self, count: int, *steps: Step) -> "Answer":
        """Send the first `count` steps of this answer, then `steps` instead of the rest."""
        return dataclasses.replace(self, steps=(*self.steps[:count], *steps))


@dataclasses.dataclass(kw_only=True)
class Request:
    """One call received. `disconnected_at` (monotonic) is set if its client left before the answer's end."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    connection: int
    received_at: float = dataclasses.field(default_factory=time.monotonic)
    disconnected_at: float | None = None
    answered: bool = False

    def prompt_tokens(self) -> int:
        """Count this exact request, with the chat format's overhead: 3 a message and 3 to prime the reply."""
        import tiktoken  # noqa: PLC0415  (benchmarks run this module without it)

        from app.tokens import tokenizer_for  # noqa: PLC0415

        tokenizer_for("gpt-4.1-mini")  # puts the tables where tiktoken looks for them
        encode = tiktoken.get_encoding("o200k_base").encode_ordinary
        return 3 + sum(3 + len(encode(m["role"])) + len(encode(m["content"])) for m in self.body["messages"])


Script = Answer | Callable[[Request], Answer]


def event(payload: object, *, newline: str = "\n") -> bytes:
    """One server-sent event; `payload` is JSON-encoded unless it is a string."""
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return f"data: {text}{newline}{newline}".encode()


def chunk(delta: object, *, finish_reason: str | None = None, **extra: object) -> dict[str, object]:
    """One `chat.completion.chunk`; a string is its content."""
    delta = {"content": delta} if isinstance(delta, str) else delta
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    head = {"id": "chatcmpl-fake", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "fake"}
    return {**head, "choices": [choice], **extra}


def answer(
    *deltas: str,
    pace: float = 0.0,
    finish: str | None = "stop",
    usage: object = None,
    done: bool = True,
    comments: bool = False,
    newline: str = "\n",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Give an ordinary streamed answer, less whatever is switched off: a finish reason, usage, `[DONE]`."""
    steps = [event(chunk({"role": "assistant", "content": ""}), newline=newline)]
    for delta in deltas:
        steps += [f": keep-alive{newline}{newline}".encode()] if comments else []
        steps += [event(chunk(delta), newline=newline)]
    steps += [event(chunk({}, finish_reason=finish), newline=newline)] if finish else []
    steps += [event({**chunk({}), "choices": [], "usage": usage}, newline=newline)] if usage is not None else []
    steps += [event("[DONE]", newline=newline)] if done else []
    return Answer(steps=tuple(steps), pace=pace, headers=headers or {})


def error(status: int, *, message: str = "upstream words", headers: Mapping[str, str] | None = None) -> Answer:
    """Refuse in OpenAI's form."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode()
    return Answer(status=status, steps=(body,), content_type="application/json", headers=headers or {})


def silence(*, head: bool = False) -> Answer:
    """Send nothing for ever; with `head`, after the response head."""
    return Answer(steps=(SILENCE,), silent_head=not head)


def trickle(byte: bytes = b":", *, pace: float = 1.0) -> Answer:
    """Send one byte every `pace` seconds for an hour, which is no event."""
    return Answer(steps=(byte,) * 3600, pace=pace)


def exact_usage(request: Request) -> Answer:
    """Answer with the usage that a real endpoint would report for this exact request."""
    usage = {"prompt_tokens": request.prompt_tokens(), "completion_tokens": 5, "total_tokens": 0}
    return answer("I counted ", "your prompt.", usage=usage)


class _Connection(asyncio.Protocol):
    """One client connection: reads requests one after the other, and plays their answers."""

    def __init__(self, upstream: "Upstream") -> None:
        self._upstream = upstream
        self._received = bytearray()
        self._request: Request | None = None
        self._playing: asyncio.Task[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._socket: socket.socket = transport.get_extra_info("socket")
        self._upstream.connections += 1
        self._number = self._upstream.connections
        self._upstream.live.add(self)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = bytes(self._received).partition(b"\r\n\r\n")
        if not found:
            return
        start, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if len(body) < int(headers.get("content-length", 0)):
            return
        self._received.clear()
        method, path, _version = start.split(" ")
        parsed = json.loads(body) if body else None
        self._request = Request(method=method, path=path, headers=headers, body=parsed, connection=self._number)
        self._playing = asyncio.get_running_loop().create_task(self._play(self._request))

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def eof_received(self) -> None:
        self._left()

    def connection_lost(self, exc: Exception | None) -> None:
        self._upstream.live.discard(self)
        self._left()

    def drop(self) -> None:
        """Close it from this end."""
        self._transport.abort()

    def _left(self) -> None:
        self._writable.set()
        if self._request and not self._request.answered and self._request.disconnected_at is None:
            self._request.disconnected_at = time.monotonic()
        if self._playing:
            self._playing.cancel()

    async def _play(self, request: Request) -> None:
        self._upstream.requests.append(request)
        self._upstream.open += 1
        try:
            script = self._upstream.script_for(request)
            played = await self._send(script(request) if callable(script) else script, request)
            request.answered = True
            if not played:
                self._transport.abort()
        finally:
            self._upstream.open -= 1

    async def _send(self, script: Answer, request: Request) -> bool:
        """Send all of it; False if the connection is to be broken off."""
        if script.silent_head:
            await asyncio.sleep(3600)
        fields = {"Content-Type": script.content_type, "Transfer-Encoding": "chunked", **script.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._transport.write(f"HTTP/1.1 {script.status} Scripted\r\n{lines}\r\n".encode("latin-1"))
        due = time.monotonic()
        for step in script.steps:
            if isinstance(step, bytes):
                self._transport.write(b"%x\r\n%b\r\n" % (len(step), step))
                await self._writable.wait()
            elif isinstance(step, float | int):
                due += step
            elif step is SILENCE:
                await asyncio.sleep(3600)
            else:
                request.answered = True  # the client did not leave: we do
                if step is RESET:
                    self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            due += script.pace
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        request.answered = True
        self._transport.write(b"0\r\n\r\n")
        return True


class Upstream:
    """The server; start it with `with Upstream() as upstream:`. `url` is what OPENAI_BASE_URL wants."""

    def __init__(self, *, port: int = 0) -> None:
        self.default: Script = answer(
            "Hello ", "from the ", "fake model.", usage={"prompt_tokens": 9, "completion_tokens": 5}
        )
        self.requests: list[Request] = []
        self.open = 0  # requests being answered now
        self.connections = 0
        models = json.dumps({"object": "list", "data": [{"id": "fake", "object": "model"}]}).encode()
        self.models = Answer(steps=(models,), content_type="application/json")
        self.live: set[_Connection] = set()
        self._scripts: deque[Script] = deque()
        self._serving = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=1024)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as every real endpoint; inherited
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"
        self._thread = threading.Thread(target=self.serve, name="fake-upstream", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._serving.wait(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)

    def play(self, *scripts: Script) -> None:
        """Answer the next requests with these, in this order."""
        self._scripts.extend(scripts)

    def reset(self) -> None:
        """Forget the scripts and the requests."""
        self._scripts.clear()
        self.requests.clear()

    def drop_connections(self) -> None:
        """Close every open connection from this end, as a server does with those that are idle for long."""
        for connection in list(self.live):
            self._loop.call_soon_threadsafe(connection.drop)
        self.wait_for(lambda upstream: not upstream.live)

    @property
    def last(self) -> Request:
        """The newest chat request."""
        return self.chats[-1]

    @property
    def chats(self) -> list[Request]:
        """The requests for a completion."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def wait_for(self, condition: Callable[["Upstream"], bool], *, seconds: float = PATIENCE) -> None:
        """Wait until `condition(upstream)` holds, or fail."""
        until = time.monotonic() + seconds
        while not condition(self):
            if time.monotonic() > until:
                raise AssertionError(f"the upstream did not get there within {seconds} s")
            time.sleep(0.005)

    def script_for(self, request: Request) -> Script:
        """Choose what to answer."""
        if request.path.endswith("/models"):
            return self.models
        return self._scripts.popleft() if self._scripts else self.default

    def serve(self) -> None:
        """Run until stopped, then close every connection."""
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Connection(self), sock=self._listener, start_serving=True)
        )
        self._loop.call_soon(self._serving.set)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._end())
            server.close()
            self._loop.close()

    async def _end(self) -> None:
        """Close what is open; a connection just accepted takes some turns to be known, and then to be gone."""
        self._loop.remove_reader(self._listener)
        for _ in range(5):
            for connection in list(self.live):
                connection.drop()
            await asyncio.sleep(0.001)


def numbered(count: int) -> Iterable[str]:
    """Give `count` distinct fragments, so that a lost one shows in the joined text."""
    return (f"w{number:05d} " for number in range(count))


@functools.cache
def numbered_answer(chunks: int, rate: float) -> Answer:
    """Build an answer of so many fragments, at so many a second; 0 is as fast as they go."""
    usage = {"prompt_tokens": 9, "completion_tokens": chunks}
    return answer(*numbered(chunks), pace=1 / rate if rate else 0.0, usage=usage)


def main() -> None:
    """Serve until killed; print the address first. A question may ask for more: "answer 200 chunks at 20 a second"."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--chunks", type=int, default=400, help="deltas in an answer (default 400)")
    parser.add_argument("--rate", type=float, default=0, help="deltas a second; 0 is as fast as they go (default)")
    options = parser.parse_args()

    def script(request: Request) -> Answer:
        asked = re.search(r"answer (\d+) chunks at (\d+) a second", request.body["messages"][-1]["content"])
        upstream.requests.clear()
        return numbered_answer(*map(int, asked.groups()) if asked else (options.chunks, options.rate))

    upstream = Upstream(port=options.port)
    upstream.default = script
    print(upstream.url, flush=True)  # noqa: T201
    upstream.serve()


if __name__ == "__main__":
    main()
