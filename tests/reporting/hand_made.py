"""Findings made by hand, so that reporters are tested without linting anything."""

from __future__ import annotations

from pathlib import Path

from flatlint.diagnostics import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Note,
    Place,
    Severity,
    TrailStep,
)
from flatlint.reporting.report import Report
from flatlint.sources import SourceFile
from flatlint.sources.reading import from_text

CWD = Path("/project")

PROGRAM = """\
from keras import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(16, input_shape=(3, 2)))
model.add(Dense(4))
"""


def source_of(text: str, name: str = "model.py") -> SourceFile:
    return from_text(text, name)


def place_of(source: SourceFile, words: str, *, after: int = 0) -> Place:
    """The place of `words` in the source, the first after the offset `after`."""
    start = source.text.index(words, after)
    end = start + len(words)
    return Place(source.name, source.position_of(start), source.position_of(end), start, end)


def edit_at(source: SourceFile, words: str, content: str) -> Edit:
    """An edit that puts `content` in the place of `words`."""
    place = place_of(source, words)
    return Edit(content, place.start, place.end, place.start_offset, place.end_offset)


def insertion_before(source: SourceFile, words: str, content: str) -> Edit:
    place = place_of(source, words)
    return Edit(content, place.start, place.start, place.start_offset, place.start_offset)


def dense_finding(source: SourceFile, words: str = "Dense(4)") -> Diagnostic:
    """A finding with everything that a finding can have."""
    return Diagnostic(
        "FL001",
        "dense-on-unflattened-input",
        Severity.WARNING,
        "Dense(4) gets (None, 3, 16)",
        place_of(source, words),
        related=(Note("the input shape is set here", place_of(source, "input_shape=(3, 2)")),),
        trail=(
            TrailStep(place_of(source, "input_shape=(3, 2)"), "input_shape=(3, 2)", "(None, 3, 2)"),
            TrailStep(place_of(source, "Dense(16"), "Dense(16)", "(None, 3, 16)"),
        ),
        help="Put Flatten() before it.",
        fix=Fix(
            Applicability.UNSAFE,
            "Add Flatten() before Dense(4)",
            (insertion_before(source, "model.add(Dense(4))", "model.add(Flatten())\n"),),
        ),
        url="https://example.org/FL001",
    )


def bare_finding(
    source: SourceFile, words: str, message: str = "message", severity: Severity = Severity.ERROR
) -> Diagnostic:
    """A finding with nothing but what every finding has."""
    return Diagnostic("FL102", "refused-layer-input", severity, message, place_of(source, words))


def report_on(source: SourceFile, *diagnostics: Diagnostic) -> Report:
    return Report(diagnostics, {source.name: source}, CWD, version="1.2.3")
