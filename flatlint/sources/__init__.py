"""Where text comes from: files, notebooks and stdin, read into one kind of source."""

from flatlint.sources.source_file import Cell, Position, SourceFile

__all__ = ["Cell", "Position", "SourceFile"]
