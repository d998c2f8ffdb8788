"""workspace/didChangeWatchedFiles: configuration, metadata and other modules change on disk."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from flatlint.config.files import OWN_FILES
from flatlint.config.metadata_files import NAMES, PATTERNS
from flatlint.server.language_server import FlatlintServer

WATCHED = (*OWN_FILES, *NAMES, *PATTERNS, "*.py")


def initialized(server: FlatlintServer, params: types.InitializedParams) -> None:
    """Ask the client to tell of changes, if it can."""
    capability = "workspace.did_change_watched_files.dynamic_registration"
    if not get_capability(server.client_capabilities, capability, False):
        return
    watchers = [types.FileSystemWatcher(f"**/{pattern}") for pattern in WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration("flatlint-files", method, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def did_change_watched_files(
    server: FlatlintServer, params: types.DidChangeWatchedFilesParams
) -> None:
    """Look at the open documents again."""
    server.look_again()


def did_change_configuration(
    server: FlatlintServer, params: types.DidChangeConfigurationParams
) -> None:
    """Look again: flatlint has no settings in the editor, but its files may have changed."""
    server.look_again()
