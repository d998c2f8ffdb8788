"""An editor made of pytest-lsp's client, speaking to the real server in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds: a first look imports libcst, and the machine may be busy."""

PUSHED = "visual-studio-code@v1.65.2"
"""Takes pushed diagnostics and documentChanges, tells of files, counts in UTF-16."""
PULLING = "neovim@v0.11.0"
"""Asks for diagnostics, wants `changes`, prefers UTF-8."""


class Editor:
    """One client with its open buffers."""

    capabilities: types.ServerCapabilities

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registrations: list[types.RegistrationParams] = []
        self._versions: dict[str, int] = {}
        # In place of pytest-lsp's own, which forgets the versions.
        features = client.protocol.fm.features
        features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = self._publish
        features.setdefault(types.CLIENT_REGISTER_CAPABILITY, self.registrations.append)

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        if params.uri in self._versions:
            self.published.append(params)

    def open(self, where: Path | str, text: str) -> str:
        """Show a text as the buffer of a file, or of a uri; gives the uri."""
        uri = where.as_uri() if isinstance(where, Path) else where
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, "python", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> int:
        """Change a buffer; gives its new version."""
        self._versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(document, list(changes))
        )
        return self._versions[uri]

    def replace(self, uri: str, text: str) -> int:
        """Put another text in place of the whole buffer."""
        return self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def open_buffers(self) -> list[str]:
        """The buffers that are still open."""
        return list(self._versions)

    def close(self, uri: str) -> None:
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """What the server pushes of the newest version of a buffer."""
        version = self._versions[uri]
        told = await self.until(lambda: self._told(uri, version))
        return list(told.diagnostics)

    def _told(self, uri: str, version: int) -> types.PublishDiagnosticsParams | None:
        ours = [one for one in self.published if one.uri == uri and one.version == version]
        return ours[-1] if ours else None

    async def until(
        self, look: Callable[[], types.PublishDiagnosticsParams | None]
    ) -> types.PublishDiagnosticsParams:
        """Wait for what `look` looks for."""
        deadline = time.monotonic() + PATIENCE
        while (found := look()) is None:
            assert time.monotonic() < deadline, "the server did not answer"
            await asyncio.sleep(0.02)
        return found

    async def pulled(self, uri: str) -> list[types.Diagnostic]:
        """What the server answers when it is asked."""
        report = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        )
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def hover(self, uri: str, line: int, character: int) -> str | None:
        """The text that shows up over a place."""
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        )
        if found is None:
            return None
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def hints(self, uri: str, lines: int = 1000) -> list[tuple[int, int, str]]:
        """Line, character and text of each inlay hint within the first `lines` lines."""
        shown = types.Range(types.Position(0, 0), types.Position(lines, 0))
        found = await self.client.text_document_inlay_hint_async(
            types.InlayHintParams(types.TextDocumentIdentifier(uri), shown)
        )
        return [(h.position.line, h.position.character, str(h.label)) for h in found or ()]

    async def actions(
        self, uri: str, at: types.Range, only: list[str] | None = None
    ) -> list[types.CodeAction]:
        """The code actions that are offered for a range."""
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), at, types.CodeActionContext([], only)
            )
        )
        return [action for action in found or () if isinstance(action, types.CodeAction)]


@asynccontextmanager
async def editor(folder: Path, like: str = PUSHED) -> AsyncIterator[Editor]:
    """An editor on a workspace of its own, with what a known editor can do."""
    client = make_test_lsp_client()
    shown = Editor(client)
    try:
        await _start(client, folder, like, shown)
        yield shown
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
    finally:
        await _stop(client)


_running: dict[str, Editor] = {}


@asynccontextmanager
async def shared_editor(like: str = PUSHED) -> AsyncIterator[Editor]:
    """An editor that other tests have used before, on a workspace that is of no account.

    Starting a server takes longer than most of what a test asks of it.
    """
    first = _running.get(like)
    if first is None:
        first = Editor(make_test_lsp_client())
        await _start(first.client, CHECKOUT / "fixtures", like, first)
        _running[like] = first
    shown = Editor(first.client)
    shown.capabilities = first.capabilities
    yield shown
    for uri in shown.open_buffers():
        shown.close(uri)


async def stop_shared_editors() -> None:
    """End the servers that tests have shared."""
    while _running:
        _, shown = _running.popitem()
        await asyncio.wait_for(shown.client.shutdown_session(), PATIENCE)
        await _stop(shown.client)


async def _start(client: LanguageClient, folder: Path, like: str, shown: Editor) -> None:
    await client.start_io(
        sys.executable,
        *("-m", "flatlint", "server"),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    answer = await client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(like),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        )
    )
    shown.capabilities = answer.capabilities


async def _stop(client: LanguageClient) -> None:
    process = client._server
    if process is not None and process.returncode is None:
        process.kill()
    await client.stop()


def applied(text: str, edits: list[types.TextEdit], encoding: str) -> str:
    """The text after edits, with columns in units of `encoding`; written for the tests alone.

    `encoding` is one of Python's with a fixed unit: utf-8, utf-16-le, utf-32-le.
    """
    unit = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[encoding]
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        before = "".join(f"{line}\n" for line in lines[: position.line])
        row = lines[position.line].encode(encoding)[: position.character * unit]
        return len(before) + len(row.decode(encoding))

    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character))[::-1]:
        start, end = offset(edit.range.start), offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def edits_of(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits that an action makes in its one document."""
    assert action.edit is not None
    if action.edit.changes is not None:
        [edits] = action.edit.changes.values()
        return list(edits)
    assert action.edit.document_changes is not None
    [change] = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
