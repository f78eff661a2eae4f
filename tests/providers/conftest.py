from tests.fakes.fixtures import upstream

__all__ = ["upstream"]
