"""Plays the scenarios of `tests/vectors`; `docs/scenarios.md` says how they are written."""

from .player import Failure, play

__all__ = ["Failure", "play"]
