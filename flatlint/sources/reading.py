"""Bytes from disk or stdin into a `SourceFile`, or a plain reason why not."""

from __future__ import annotations

import io
import re
import sys
import tokenize
from pathlib import Path

from flatlint.sources.notebook import read_notebook
from flatlint.sources.source_file import SourceFile
from flatlint.sources.unreadable import UnreadableSource

__all__ = ["STDIN", "UnreadableSource", "from_bytes", "from_text", "read_file", "read_stdin"]

STDIN = Path("-")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_file(path: Path) -> SourceFile:
    """Read a Python file or a notebook. Raises UnreadableSource."""
    if path == STDIN:
        return read_stdin()
    return from_bytes(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableSource."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"cannot be read: {error.strerror or error}") from error


def read_stdin(filename: Path | None = None) -> SourceFile:
    """Read what is piped in, taken for the content of `filename`. Raises UnreadableSource."""
    return from_bytes(sys.stdin.buffer.read(), filename)


def from_text(text: str, name: str) -> SourceFile:
    """A source that is no file, as an editor or a test has it.

    Text of a name that ends in `.ipynb` is taken for a notebook. Raises UnreadableSource.
    """
    if name.endswith(".ipynb"):
        return read_notebook(text.encode("utf-8", "surrogatepass"), None, name)
    has_mark = text.startswith("\ufeff")
    return SourceFile(None, name, text.removeprefix("\ufeff"), has_byte_order_mark=has_mark)


def from_bytes(data: bytes, path: Path | None) -> SourceFile:
    """The source that these bytes hold, were they read from `path`. Raises UnreadableSource."""
    name = "<stdin>" if path is None else str(path)
    if path is not None and path.suffix == ".ipynb":
        return read_notebook(data, path, name)
    if b"\0" in data:
        raise UnreadableSource("is no Python source: it contains NUL bytes")
    encoding = _encoding_of(data)
    has_mark = data.startswith(_BYTE_ORDER_MARK)
    body = data[len(_BYTE_ORDER_MARK) :] if has_mark else data
    return SourceFile(
        path, name, _decode(body, encoding), encoding=encoding, has_byte_order_mark=has_mark
    )


def _encoding_of(data: bytes) -> str:
    """The encoding that PEP 263 finds: byte order mark, cookie in the first two lines, UTF-8."""
    head = b"\n".join(re.split(rb"\r\n|\r|\n", data, maxsplit=2)[:2]) + b"\n"
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
    except SyntaxError as error:
        if "cookie" in str(error) or "unknown encoding" in str(error):
            raise UnreadableSource(f"cannot be decoded: {error.msg}") from error
        encoding = "utf-8"
    except LookupError as error:  # From 3.14 on Python decodes the lines that it looks at.
        raise _no_text_encoding(error) from error
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = len(re.split(rb"\r\n|\r|\n", data[: error.start]))
        byte = data[error.start]
        raise UnreadableSource(
            f"cannot be decoded: byte 0x{byte:02x} in line {row} is not {_spoken(encoding)}"
            + (
                " (a file in another encoding has to declare it: # -*- coding: latin-1 -*-)"
                if encoding == "utf-8"
                else ""
            )
        ) from error
    except LookupError as error:
        raise _no_text_encoding(error) from error
    except ValueError as error:
        raise UnreadableSource(f"cannot be decoded: {encoding} is no text encoding") from error


def _no_text_encoding(error: LookupError) -> UnreadableSource:
    reason, _, _ = str(error).partition(";")
    return UnreadableSource(f"cannot be decoded: {reason}")


def _spoken(encoding: str) -> str:
    return "UTF-8" if encoding == "utf-8" else encoding
