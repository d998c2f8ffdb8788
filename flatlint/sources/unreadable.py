"""What is raised when a file holds no text that could be checked."""

from __future__ import annotations


class UnreadableSource(Exception):
    """A file that cannot be read or decoded; the message says why, without the file's name."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
