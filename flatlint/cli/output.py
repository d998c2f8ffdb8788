"""The one place that writes to stdout or to a report file, and that knows about terminals."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from flatlint.reporting.paint import Paint

COLOUR_CHOICES = ("auto", "always", "never")


color_option = click.option(
    "--color",
    type=click.Choice(COLOUR_CHOICES),
    default="auto",
    show_default=True,
    help="When to use colours.",
)


class Output:
    """Where the report of a run goes: stdout, or a file."""

    def __init__(self, color: str = "auto", file: Path | None = None) -> None:
        self.file = file
        self.is_coloured = file is None and wants_colour(color)
        self.is_written = False
        self._parts: list[str] = []

    @property
    def paint(self) -> Paint:
        """Colours, or none."""
        return Paint(self.is_coloured)

    @property
    def width(self) -> int | None:
        """Columns of the terminal; None where the output is none."""
        if self.file is not None or not sys.stdout.isatty():
            return None
        return shutil.get_terminal_size().columns

    def write(self, text: str) -> None:
        """Write text to where the report goes.

        A character that the terminal's encoding lacks is replaced: a report must not fail on it.
        """
        self.is_written = self.is_written or bool(text)
        if self.file is not None:
            self._parts.append(text)
            return
        stdout = sys.stdout
        encoding = getattr(stdout, "encoding", None) or "utf-8"
        stdout.write(text.encode(encoding, "replace").decode(encoding, "replace"))

    def write_to_stderr(self, text: str) -> None:
        """Write text beside the output proper, where stdout is taken by code."""
        click.echo(text, nl=False, err=True)

    def write_bytes(self, data: bytes) -> None:
        """Write a file's content to stdout, byte for byte."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)

    def finish(self) -> None:
        """Put a report file in place; raises click's FileError where that is impossible."""
        if self.file is None:
            sys.stdout.flush()
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("w", encoding="utf-8", newline="") as file:
                file.write("".join(self._parts))
        except OSError as error:
            raise click.FileError(str(self.file), error.strerror or str(error)) from error


def wants_colour(choice: str) -> bool:
    """Whether stdout gets colours: the option, then FORCE_COLOR, NO_COLOR, then the terminal.

    NO_COLOR counts when it is set and not empty (https://no-color.org).
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") not in (None, "", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def complain(sentence: str) -> None:
    """Say on stderr, under flatlint's name, what the user should know beside the report."""
    click.echo(f"flatlint: {sentence}", err=True)
