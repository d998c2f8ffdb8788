"""textDocument/didOpen, didChange, didSave, didClose."""

from __future__ import annotations

from lsprotocol import types

from flatlint.server.documents import Document
from flatlint.server.language_server import PYTHON, FlatlintServer


def did_open(server: FlatlintServer, params: types.DidOpenTextDocumentParams) -> None:
    """Look at a program as soon as it is opened."""
    item = params.text_document
    if item.language_id == PYTHON or item.uri.endswith((".py", ".pyi")):
        server.keep(Document.opened(item, server.encoding))


def did_change(server: FlatlintServer, params: types.DidChangeTextDocumentParams) -> None:
    """Look at the new text when the typing pauses."""
    server.change(params)


def did_save(server: FlatlintServer, params: types.DidSaveTextDocumentParams) -> None:
    """Look at all documents again, as others may import the saved one."""
    server.look_again()


def did_close(server: FlatlintServer, params: types.DidCloseTextDocumentParams) -> None:
    """Forget the document."""
    server.drop(params.text_document.uri)
