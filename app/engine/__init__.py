"""The one lifecycle of a turn, for every surface."""
