"""GitLab's Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from flatlint.diagnostics import Diagnostic, Severity
from flatlint.reporting.report import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def as_gitlab(report: Report) -> str:
    """One list of issues; a fingerprint stays the same while code above a finding moves."""
    seen: Counter[str] = Counter()
    return (
        json.dumps([_issue(found, report, seen) for found in report.diagnostics], indent=2) + "\n"
    )


def _issue(diagnostic: Diagnostic, report: Report, seen: Counter[str]) -> dict[str, Any]:
    start, end = diagnostic.place.start, diagnostic.place.end
    path = report.shown(diagnostic.place.filename).replace("\\", "/")
    subject = f"{path}\0{diagnostic.code}\0{diagnostic.message}"
    seen[subject] += 1
    cell = "" if start.cell is None else f" (cell {start.cell})"
    return {
        "check_name": diagnostic.code,
        "description": f"{diagnostic.name}: {diagnostic.message}{cell}",
        "severity": _SEVERITIES[diagnostic.severity],
        "fingerprint": sha256(f"{subject}\0{seen[subject]}".encode()).hexdigest(),
        "location": {
            "path": path,
            "lines": {"begin": start.row, "end": end.row},
            "positions": {
                "begin": {"line": start.row, "column": start.column},
                "end": {"line": end.row, "column": end.column},
            },
        },
    }
