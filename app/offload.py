"""Blocking C calls, run in a few native threads so that one of them never stops the other greenlets of a worker.

Under gevent a patched `ThreadPoolExecutor` would be greenlets again, so gevent's own pool of native threads is used
where the process is patched. Each kind of work has its own small pool, so that a rush of one cannot starve another.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Kind = Literal["hash", "encode", "document"]
THREADS: dict[Kind, int] = {"hash": 1, "encode": 2, "document": 1}


def run(kind: Kind, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `function` in a native thread of its kind and wait for the result, letting other greenlets run."""
    return start(kind, function, *args, **kwargs)()


def start(kind: Kind, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
    """Begin the call in a native thread; what is returned waits for its result."""
    pool: Any = _pool(kind)
    if hasattr(pool, "spawn"):
        return pool.spawn(function, *args, **kwargs).get  # type: ignore[no-any-return]
    return pool.submit(function, *args, **kwargs).result  # type: ignore[no-any-return]


@cache
def _pool(kind: Kind) -> Any:
    try:
        from gevent import monkey, threadpool  # noqa: PLC0415  (the one place that may ask)
    except ImportError:  # pragma: no cover
        return ThreadPoolExecutor(THREADS[kind], thread_name_prefix=kind)
    if monkey.is_module_patched("threading"):
        return threadpool.ThreadPool(THREADS[kind])
    return ThreadPoolExecutor(THREADS[kind], thread_name_prefix=kind)
