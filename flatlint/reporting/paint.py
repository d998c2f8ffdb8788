"""Colours for the terminal, or none: reporters say what a word is, and this says how it looks."""

from __future__ import annotations

from dataclasses import dataclass

import click

from flatlint.diagnostics import Severity

_SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@dataclass(frozen=True)
class Paint:
    """Wraps words in the escape codes of their role; plain where the output has no colours."""

    is_coloured: bool = False

    def severity(self, severity: Severity) -> str:
        """The word for a severity, in its colour."""
        return self.as_severe(severity.value, severity)

    def as_severe(self, text: str, severity: Severity) -> str:
        """Text in the colour of a severity."""
        return self._styled(text, fg=_SEVERITY_COLOURS[severity], bold=True)

    def code(self, text: str) -> str:
        """A rule's code."""
        return self._styled(text, fg="red", bold=True)

    def bold(self, text: str) -> str:
        """What the eye should find first."""
        return self._styled(text, bold=True)

    def frame(self, text: str) -> str:
        """Line numbers, bars and arrows of a code frame."""
        return self._styled(text, fg="blue", bold=True)

    def dim(self, text: str) -> str:
        """What stands aside."""
        return self._styled(text, dim=True)

    def added(self, text: str) -> str:
        """A line that a diff adds."""
        return self._styled(text, fg="green")

    def removed(self, text: str) -> str:
        """A line that a diff removes."""
        return self._styled(text, fg="red")

    def _styled(self, text: str, fg: str | None = None, **style: bool) -> str:
        if not self.is_coloured or not text:
            return text
        return click.style(text, fg=fg, **style)
