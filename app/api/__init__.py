"""The HTTP side: one folder a surface, one module a small resource."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every surface and resource, how errors look, and how requests are read."""
