"""textDocument/diagnostic: the diagnostics of a document, for clients that ask for them."""

from __future__ import annotations

from lsprotocol import types

from flatlint.server.language_server import FlatlintServer


async def pulled_diagnostics(
    server: FlatlintServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    """The findings in the newest version, once it has been looked at."""
    analysis = await server.analyses.of(params.text_document.uri)
    findings = () if analysis is None else analysis.findings
    return types.RelatedFullDocumentDiagnosticReport([finding.item for finding in findings])
