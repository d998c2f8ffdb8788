"""The server with all that it answers: one line a request."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from lsprotocol import types

from flatlint.server import synchronisation, watching
from flatlint.server.code_actions import KINDS, code_actions
from flatlint.server.hover import hover
from flatlint.server.inlay_hints import inlay_hints
from flatlint.server.language_server import FlatlintServer
from flatlint.server.pulled_diagnostics import pulled_diagnostics

PULLING = types.DiagnosticOptions(
    inter_file_dependencies=True, workspace_diagnostics=False, identifier="flatlint"
)


def new_server() -> FlatlintServer:
    """A server that waits for its client."""
    server = FlatlintServer(own_version())
    server.feature(types.INITIALIZED)(watching.initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(synchronisation.did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(synchronisation.did_change)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(synchronisation.did_save)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(synchronisation.did_close)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, PULLING)(pulled_diagnostics)
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
    server.feature(types.TEXT_DOCUMENT_INLAY_HINT)(inlay_hints)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(KINDS))(code_actions)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(watching.did_change_watched_files)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(watching.did_change_configuration)
    server.feature(types.SHUTDOWN)(shutdown)
    return server


def shutdown(server: FlatlintServer, params: None) -> None:
    """Stop working: the client is about to leave."""
    server.analyses.stop()


def own_version() -> str:
    """The version of the installed flatlint."""
    try:
        return version("flatlint")
    except PackageNotFoundError:
        return "0+unknown"
