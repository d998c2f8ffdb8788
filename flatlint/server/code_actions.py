"""textDocument/codeAction: fixes of single findings, and all safe ones at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types
from pygls.capabilities import get_capability

from flatlint.diagnostics import Applicability, Edit
from flatlint.fixing.edits import apply_round, stretch_of
from flatlint.server.analysis import Analysis
from flatlint.server.findings import Finding
from flatlint.server.language_server import FlatlintServer

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.flatlint"
KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, FIX_ALL]


async def code_actions(
    server: FlatlintServer, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """The fixes of the findings that the range touches, in the newest version."""
    analysis = await server.analyses.of(params.text_document.uri)
    if analysis is None:
        return []
    is_versioned = bool(
        get_capability(
            server.client_capabilities, "workspace.workspace_edit.document_changes", False
        )
    )
    offered = Offered(analysis, is_versioned)
    found: list[types.CodeAction] = []
    if is_wanted(types.CodeActionKind.QuickFix, params.context.only):
        found += offered.quick_fixes(params.range)
    if is_wanted(FIX_ALL, params.context.only):
        found += offered.fix_all()
    return found


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether the client asks for actions of this kind: for itself, a kind above it, or for all."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


class Offered:
    """The code actions that an analysis has to offer."""

    def __init__(self, analysis: Analysis, is_versioned: bool) -> None:
        self._document = analysis.document
        self._settings = analysis.settings
        self._fixable = [
            finding
            for finding in analysis.findings
            if finding.is_here
            and finding.diagnostic.fix is not None
            and finding.diagnostic.fix.applicability is not Applicability.DISPLAY_ONLY
        ]
        self._is_versioned = is_versioned

    def quick_fixes(self, within: types.Range) -> Iterator[types.CodeAction]:
        """An action for each fix, also unsafe ones: here somebody looks at what it does."""
        for finding in self._fixable:
            fix = finding.diagnostic.fix
            if fix is not None and self._touches(finding, within):
                yield types.CodeAction(
                    title=" ".join(fix.message.split()),
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[finding.item],
                    is_preferred=fix.applicability is Applicability.SAFE,
                    edit=self._edit(fix.edits),
                )

    def fix_all(self) -> Iterator[types.CodeAction]:
        """One action with the fixes that `flatlint check --fix` would apply first."""
        unsafe = self._settings.unsafe_fixes
        allowed = [
            finding.diagnostic
            for finding in self._fixable
            if finding.diagnostic.fix is not None
            and finding.diagnostic.fix.applicability.is_allowed(unsafe=unsafe)
        ]
        done = apply_round(self._document.source.text, allowed).applied
        edits = [edit for diagnostic in done if diagnostic.fix for edit in diagnostic.fix.edits]
        if edits:
            yield types.CodeAction(
                title="Fix all that flatlint can fix", kind=FIX_ALL, edit=self._edit(edits)
            )

    def _touches(self, finding: Finding, within: types.Range) -> bool:
        positions = self._document.positions
        place = finding.diagnostic.place
        start, end = positions.offset(within.start), positions.offset(within.end)
        return place.start_offset <= end and start <= place.end_offset

    def _edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        positions = self._document.positions
        # Two fixes may share an edit, such as an import: the client is to make it once.
        distinct = sorted({stretch_of(edit) for edit in edits})
        changes = [
            types.TextEdit(positions.range(start, end), content) for start, end, content in distinct
        ]
        uri = self._document.uri
        if not self._is_versioned:
            return types.WorkspaceEdit(changes={uri: changes})
        document = types.OptionalVersionedTextDocumentIdentifier(uri, self._document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
