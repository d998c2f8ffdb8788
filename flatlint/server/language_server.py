"""FlatlintServer: the open documents, what is known of them, and what the client can do."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from flatlint.config.project_era import eras_of_folder
from flatlint.engine.projects import Project
from flatlint.server.analysis import Analysis, analyse
from flatlint.server.documents import Document, path_of
from flatlint.server.newest import PAUSE, NewestAnalyses
from flatlint.server.positions import Encoding
from flatlint.sources.project import roots_of

PYTHON = "python"


class Protocol(LanguageServerProtocol):
    """The protocol, leaving it to our documents to follow changes."""

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Hand the change on without applying it to pygls's own copy."""
        if (handler := self.fm.features.get(types.TEXT_DOCUMENT_DID_CHANGE)) is not None:
            yield handler, (params,), None


class FlatlintServer(LanguageServer):
    """Serves one client; its requests are answered by one module each."""

    def __init__(self, version: str) -> None:
        super().__init__("flatlint", version, protocol_cls=Protocol)
        self.documents: dict[str, Document] = {}
        self.analyses = NewestAnalyses(self._analyse, self._tell)
        self._project = Project()
        self._problems: set[str] = set()

    @property
    def encoding(self) -> Encoding:
        """The unit of columns that client and server agreed upon."""
        return Encoding(self.workspace.position_encoding or Encoding.UTF_16.value)

    @property
    def folder(self) -> Path:
        """The folder whose settings hold for a text without a file."""
        folders = [path_of(uri) for uri in self.workspace.folders]
        root = self.workspace.root_path
        return next((f for f in folders if f is not None), None) or (
            Path(root) if root else Path.cwd()
        )

    @property
    def is_pulled(self) -> bool:
        """Whether the client asks for diagnostics; pushed ones would show up twice."""
        return bool(get_capability(self.client_capabilities, "text_document.diagnostic"))

    def keep(self, document: Document, pause: float = 0) -> None:
        """Take a new version of a document in, and look at it."""
        self.documents[document.uri] = document
        self.analyses.start(document, pause)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow a change of a document that is open."""
        document = self.documents.get(params.text_document.uri)
        if document is not None:
            version = params.text_document.version
            self.keep(document.changed(version, params.content_changes), PAUSE)

    def drop(self, uri: str) -> None:
        """Forget a document, and take its diagnostics away."""
        self.analyses.forget(uri)
        if self.documents.pop(uri, None) is not None and not self.is_pulled:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def look_again(self) -> None:
        """Analyse all open documents anew, as something that they depend on has changed."""
        eras_of_folder.cache_clear()
        roots_of.cache_clear()
        for document in self.documents.values():
            self.analyses.start(document, PAUSE)
        capabilities = self.client_capabilities
        if get_capability(capabilities, "workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)
        if get_capability(capabilities, "workspace.inlay_hint.refresh_support"):
            self.workspace_inlay_hint_refresh(None)

    def _analyse(self, document: Document) -> Analysis:
        return analyse(document, self.folder, self._project)

    def _tell(self, analysis: Analysis) -> None:
        document = analysis.document
        if analysis.failure is not None:
            message = f"flatlint failed on {analysis.failure}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
        if analysis.problem is not None and analysis.problem not in self._problems:
            self._problems.add(analysis.problem)
            self.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"flatlint: {analysis.problem}")
            )
        if not self.is_pulled:
            items = [finding.item for finding in analysis.findings]
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(document.uri, items, document.version)
            )
