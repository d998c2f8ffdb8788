"""From flatlint's diagnostics to those of the protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from flatlint.diagnostics import Diagnostic, Place, Severity
from flatlint.server.documents import Document
from flatlint.server.positions import ClientPositions
from flatlint.sources.reading import read_file
from flatlint.sources.unreadable import UnreadableSource

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Hint,
}
SOURCE = "flatlint"


@dataclass(frozen=True)
class Finding:
    """A diagnostic beside what the client is shown of it."""

    diagnostic: Diagnostic
    item: types.Diagnostic
    is_here: bool
    """Whether it stands in the document itself rather than in a file that the document uses."""


class Translation:
    """Puts findings on a document into the client's words and positions."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._others: dict[str, ClientPositions | None] = {}

    def finding(self, diagnostic: Diagnostic) -> Finding:
        """The diagnostic as the client is to show it."""
        is_here = self._is_here(diagnostic.place)
        text = diagnostic.message if diagnostic.help is None else _with_help(diagnostic)
        if not is_here:
            where = diagnostic.place
            text = f"{text}\n(in {where.filename}:{where.start.row}:{where.start.column})"
        item = types.Diagnostic(
            range=self._range_here(diagnostic),
            message=text,
            severity=SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=_description(diagnostic.url),
            source=SOURCE,
            related_information=list(self._related(diagnostic)) or None,
        )
        return Finding(diagnostic, item, is_here)

    def _is_here(self, place: Place) -> bool:
        return place.filename == self._document.source.name

    def _range_here(self, diagnostic: Diagnostic) -> types.Range:
        """Where it stands; of a finding in another file, what in this document leads there."""
        places = (diagnostic.place, *(note.place for note in diagnostic.related))
        here = next(filter(self._is_here, places), None)
        positions = self._document.positions
        if here is None:
            return positions.range(0, 0)
        return positions.range(here.start_offset, here.end_offset)

    def _related(self, diagnostic: Diagnostic) -> Iterator[types.DiagnosticRelatedInformation]:
        for note in diagnostic.related:
            yield types.DiagnosticRelatedInformation(self._location(note.place), note.message)
        if not self._is_here(diagnostic.place):
            location = self._location(diagnostic.place)
            yield types.DiagnosticRelatedInformation(location, "the layer stands here")
        for step in diagnostic.trail:
            message = f"{step.text} gives {step.shape}"
            yield types.DiagnosticRelatedInformation(self._location(step.place), message)

    def _location(self, place: Place) -> types.Location:
        if self._is_here(place):
            positions: ClientPositions | None = self._document.positions
            uri = self._document.uri
        else:
            positions = self._elsewhere(place.filename)
            uri = from_fs_path(str(Path(place.filename).absolute())) or self._document.uri
        if positions is None:
            return types.Location(uri, _in_code_points(place))
        return types.Location(uri, positions.range(place.start_offset, place.end_offset))

    def _elsewhere(self, filename: str) -> ClientPositions | None:
        if filename not in self._others:
            try:
                source = read_file(Path(filename))
            except UnreadableSource:
                self._others[filename] = None
            else:
                self._others[filename] = ClientPositions(source, self._document.encoding)
        return self._others[filename]


def _with_help(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}\n{diagnostic.help}"


def _description(url: str | None) -> types.CodeDescription | None:
    return None if url is None else types.CodeDescription(url)


def _in_code_points(place: Place) -> types.Range:
    start, end = place.start, place.end
    return types.Range(
        types.Position(start.row - 1, start.column - 1), types.Position(end.row - 1, end.column - 1)
    )
