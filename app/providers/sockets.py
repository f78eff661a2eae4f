"""What is done to a socket behind the back of whoever reads from it, thread or greenlet.

These are the kernel's own calls. A TLS socket's `shutdown` would pull the session away from its reader, and gevent's
would raise in it; gevent's `poll` sees nothing if it must not wait, and `select` knows no descriptor above 1023.
"""

import _socket
import socket
import ssl


def shut(connected: socket.socket) -> None:
    """End both directions, which wakes the reader; it takes no descriptor, so it works when there are none left."""
    if connected.fileno() >= 0:  # gevent's holds something else once it is closed
        _socket.socket.shutdown(_kernels(connected), socket.SHUT_RDWR)


def is_quiet(connected: socket.socket) -> bool:
    """Whether there is nothing to read: no byte that nobody asked for, and not the other side's end."""
    if isinstance(connected, ssl.SSLSocket) and connected.pending():
        return False
    try:
        _socket.socket.recv(_kernels(connected), 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _kernels(connected: socket.socket) -> _socket.socket:
    """The innermost object: Python's sockets are such themselves, gevent's hold one."""
    innermost: _socket.socket = getattr(connected, "_sock", connected)
    return innermost
